package dev.plumbline.registry.argo;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a task waits for, and the condition under which it then runs: {@code depends} or {@code dependencies}. */
public sealed interface Depends {

    /** Always true: a task that waits for nothing. */
    record None() implements Depends {}

    /**
     * A task had a result.
     *
     * @param task the task
     * @param result the result
     */
    record Had(String task, TaskResult result) implements Depends {}

    /**
     * All hold.
     *
     * @param terms the terms
     */
    record All(List<Depends> terms) implements Depends {}

    /**
     * One holds.
     *
     * @param terms the terms
     */
    record Any(List<Depends> terms) implements Depends {}

    /**
     * It does not hold.
     *
     * @param term the term
     */
    record Not(Depends term) implements Depends {}

    /** Answers what became of a task. */
    @FunctionalInterface
    interface Outcome {

        /** Whether the task had this result. */
        boolean had(String task, TaskResult result);
    }

    /** The tasks of a dag by name. */
    @FunctionalInterface
    interface Tasks {

        /** The task of this name; null when the dag has none. */
        @Nullable
        DagTask get(String name);
    }

    /**
     * The condition of a task: its {@code depends}, else its {@code dependencies}, all of which must have ended well.
     *
     * @throws ArgoSyntaxException when the text is not a condition, or names a task that the dag does not have
     */
    static Depends of(DagTask task, Tasks tasks) throws ArgoSyntaxException {
        String text = task.depends();
        return text != null && !text.isBlank()
                ? new DependsParser(text, tasks).parse()
                : DependsParser.dependencies(task.dependencies(), tasks);
    }

    /** The tasks that it names, in written order. All must have ended before it is evaluated. */
    default Set<String> tasks() {
        Set<String> names = new LinkedHashSet<>();
        collect(this, names);
        return names;
    }

    /** Whether it holds. */
    default boolean holds(Outcome outcome) {
        return switch (this) {
            case None _ -> true;
            case Had(String task, TaskResult result) -> outcome.had(task, result);
            case All(List<Depends> terms) -> terms.stream().allMatch(term -> term.holds(outcome));
            case Any(List<Depends> terms) -> terms.stream().anyMatch(term -> term.holds(outcome));
            case Not(Depends term) -> !term.holds(outcome);
        };
    }

    private static void collect(Depends depends, Set<String> names) {
        switch (depends) {
            case None _ -> {}
            case Had(String task, TaskResult _) -> names.add(task);
            case All(List<Depends> terms) -> terms.forEach(term -> collect(term, names));
            case Any(List<Depends> terms) -> terms.forEach(term -> collect(term, names));
            case Not(Depends term) -> collect(term, names);
        }
    }
}
