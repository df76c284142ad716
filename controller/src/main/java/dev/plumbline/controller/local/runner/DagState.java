package dev.plumbline.controller.local.runner;

import dev.plumbline.registry.argo.DagTask;
import dev.plumbline.registry.argo.Depends;
import dev.plumbline.registry.json.Tree;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What of a dag has ended, what may start, and what the whole is worth: Argo's rules over the run's nodes. */
final class DagState {

    private final RunStatus status;
    private final Call dag;
    private final Map<String, DagTask> tasks = new LinkedHashMap<>();
    private final Map<String, Depends> depends;
    private final Set<String> targets = new LinkedHashSet<>();

    DagState(RunStatus status, Call dag, List<DagTask> tasks, Map<String, Depends> depends) {
        this.status = status;
        this.dag = dag;
        this.depends = depends;
        tasks.forEach(task -> this.tasks.put(task.name(), task));
        targets.addAll(this.tasks.keySet());
        depends.values().forEach(condition -> targets.removeAll(condition.tasks()));
    }

    /**
     * The tasks that may start now. With {@code failFast} none may once a branch has failed to its end. A task with hooks whose node
     * had ended when the runner was stopped is among them, because its hooks may not have: nothing else of it runs again.
     *
     * @param busy those whose hooks may go on although their node has ended: what depends on them waits
     */
    List<DagTask> ready(Set<String> started, Set<String> busy, boolean failFast) {
        if (failFast && targets.stream().anyMatch(this::failed)) {
            return unfinished(started);
        }
        return tasks.values().stream()
                .filter(task -> !started.contains(task.name()) && !settled(task))
                .filter(task -> condition(task).tasks().stream()
                        .allMatch(name -> Phase.fulfilled(phase(name))
                                && !busy.contains(name)
                                && (started.contains(name) || settled(name))))
                .toList();
    }

    /** Tasks that ran when the runner was stopped are taken up in any case. */
    private List<DagTask> unfinished(Set<String> started) {
        return tasks.values().stream()
                .filter(task -> !started.contains(task.name()))
                .filter(task -> !phase(task.name()).isEmpty() && !settled(task))
                .toList();
    }

    private boolean settled(String task) {
        DagTask one = tasks.get(task);
        return one == null || settled(one);
    }

    /** Whether nothing more happens for a task: its node has ended, and it has no hooks, or was not run, or they were its rounds'. */
    private boolean settled(DagTask task) {
        Map<String, @Nullable Object> node = status.node(id(task.name()));
        String phase = Tree.text(node, "phase");
        boolean rounds = Tree.text(node, "type").equals("TaskGroup");
        return Phase.fulfilled(phase) && (rounds || !HookRun.wanted(task) || TaskScope.notRun(phase));
    }

    /** Whether the condition of a task holds; all that it names has ended. */
    boolean holds(DagTask task) {
        return condition(task).holds((name, result) -> switch (result) {
            case ANY_SUCCEEDED -> rounds(name).contains(Phase.SUCCEEDED);
            case ALL_FAILED ->
                rounds(name).stream().allMatch(Phase.FAILED::equals)
                        && !rounds(name).isEmpty();
            default -> Phase.result(phase(name)) == result;
        });
    }

    /** The phases of a loop's rounds; empty for what is no loop. */
    private List<String> rounds(String task) {
        Map<String, @Nullable Object> node = status.node(id(task));
        return Tree.text(node, "type").equals("TaskGroup")
                ? Tree.list(node, "children").stream()
                        .map(child -> status.phase(String.valueOf(child)))
                        .toList()
                : List.of();
    }

    /** The nodes that a task's node comes after. */
    List<String> parents(DagTask task) {
        Set<String> names = condition(task).tasks();
        if (names.isEmpty()) {
            return List.of(status.id(dag.node()));
        }
        Set<String> parents = new LinkedHashSet<>();
        names.forEach(name -> parents.addAll(status.outbound(id(name))));
        return List.copyOf(parents);
    }

    /** The nodes with which the dag ends. */
    List<@Nullable Object> outbound() {
        List<@Nullable Object> outbound = new ArrayList<>();
        for (String target : targets) {
            if (!phase(target).isEmpty()) {
                outbound.addAll(status.outbound(id(target)));
            }
        }
        return outbound;
    }

    /** The phase of the dag after everything that starts has ended: that of the first failed target, else Succeeded. */
    String phase() {
        return targets.stream()
                .filter(this::failed)
                .map(this::targetPhase)
                .findFirst()
                .orElse(Phase.SUCCEEDED);
    }

    private boolean failed(String target) {
        String phase = targetPhase(target);
        DagTask task = tasks.get(target);
        boolean goesOn =
                task != null && (phase.equals(Phase.FAILED) ? task.continueOnFailed() : task.continueOnError());
        return Phase.bad(phase) && !goesOn;
    }

    /** A skipped target counts as succeeded, an omitted one as what it was omitted for. */
    private String targetPhase(String target) {
        String phase = phase(target);
        return switch (phase) {
            case Phase.SKIPPED -> Phase.SUCCEEDED;
            case Phase.OMITTED -> branch(target, new HashSet<>());
            default -> phase;
        };
    }

    private String branch(String name, Set<String> seen) {
        String phase = phase(name);
        if (!phase.equals(Phase.SKIPPED) && !phase.equals(Phase.OMITTED)) {
            return phase;
        }
        Depends condition = depends.get(name);
        String worst = Phase.SUCCEEDED;
        for (String before : condition == null ? Set.<String>of() : condition.tasks()) {
            String above = seen.add(before) ? branch(before, seen) : Phase.SUCCEEDED;
            worst = Phase.bad(above) ? above : worst;
        }
        return worst;
    }

    private Depends condition(DagTask task) {
        Depends condition = depends.get(task.name());
        return condition == null ? new Depends.None() : condition;
    }

    private String phase(String task) {
        return status.phase(id(task));
    }

    private String id(String task) {
        return status.id(dag.node() + "." + task);
    }
}
