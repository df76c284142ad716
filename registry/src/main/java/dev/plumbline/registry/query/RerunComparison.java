package dev.plumbline.registry.query;

import dev.plumbline.registry.json.Tree;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a run and its rerun made, step by step, in the order in which the first one's steps began; before them what both
 * were given. Both are told apart by names that
 * begin with the name of the run, which therefore does not count, neither in names of steps nor in what they made.
 */
public final class RerunComparison {

    /** Types of nodes that make nothing themselves; they stand behind those that do. */
    private static final Set<String> COMPOSED = Set.of("DAG", "Steps", "StepGroup", "TaskGroup", "Retry");

    private RerunComparison() {}

    /**
     * Compares two answers about runs.
     *
     * @param first the answer of {@link RunQueries#provenance} about the run
     * @param again about its rerun
     * @return a plain tree: how many {@code steps} are alike, and the {@code differences} of the others, the first first
     */
    public static Map<String, @Nullable Object> of(
            Map<String, @Nullable Object> first, Map<String, @Nullable Object> again) {
        Map<String, Map<String, String>> before = steps(first);
        Map<String, Map<String, String>> after = steps(again);
        List<@Nullable Object> differences = new ArrayList<>();
        long same = 0;
        for (Map.Entry<String, Map<String, String>> step : before.entrySet()) {
            Map<String, String> other = after.remove(step.getKey());
            if (step.getValue().equals(other)) {
                same++;
            } else {
                differences.addAll(differences(step.getKey(), step.getValue(), other == null ? Map.of() : other));
            }
        }
        after.forEach((name, made) -> differences.addAll(differences(name, Map.of(), made)));
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("kind", "rerun");
        tree.put("first", Tree.text(first, "run", "name"));
        tree.put("again", Tree.text(again, "run", "name"));
        tree.put("verdict", Tree.text(again, "verdict"));
        tree.put("steps", same);
        tree.put("differences", differences);
        return tree;
    }

    private static List<@Nullable Object> differences(String step, Map<String, String> one, Map<String, String> other) {
        Map<String, String> all = new TreeMap<>(one);
        other.forEach(all::putIfAbsent);
        List<@Nullable Object> differences = new ArrayList<>();
        for (String what : all.keySet()) {
            if (!Objects.equals(one.get(what), other.get(what))) {
                Map<String, @Nullable Object> difference = new LinkedHashMap<>();
                difference.put("step", step);
                difference.put("what", what);
                difference.put("first", one.getOrDefault(what, ""));
                difference.put("again", other.getOrDefault(what, ""));
                differences.add(difference);
            }
        }
        return differences;
    }

    /** What each step made, in the order of their beginnings; what is an output of the whole run comes last. */
    private static Map<String, Map<String, String>> steps(Map<String, @Nullable Object> answer) {
        String run = Tree.text(answer, "run", "name");
        Map<String, Map<String, String>> steps = new LinkedHashMap<>();
        Map<String, String> parameters = new TreeMap<>();
        Tree.map(answer, "parameters").forEach((name, value) -> parameters.put(name, String.valueOf(value)));
        steps.put("(parameters)", parameters);
        Tree.maps(answer, "nodes").stream()
                .sorted(Comparator.comparing(
                                (Map<String, @Nullable Object> node) -> COMPOSED.contains(Tree.text(node, "type")))
                        .thenComparing(node -> Tree.text(node, "startedAt")))
                .forEach(node -> {
                    Map<String, String> made = new TreeMap<>();
                    made.put("phase", Tree.text(node, "phase"));
                    Tree.map(node, "outputs")
                            .forEach((name, value) -> made.put("output " + name, plain(String.valueOf(value), run)));
                    Tree.map(node, "images")
                            .forEach((container, image) -> made.put("image of " + container, String.valueOf(image)));
                    steps.put(name(Tree.text(node, "name"), run), made);
                });
        Map<String, String> whole = new TreeMap<>();
        Tree.map(answer, "outputs")
                .forEach((name, value) -> whole.put("output " + name, plain(String.valueOf(value), run)));
        for (Map<String, @Nullable Object> artifact : Tree.maps(answer, "artifacts")) {
            String step = name(Tree.text(artifact, "node"), run);
            steps.getOrDefault(step, whole)
                    .put("artifact " + Tree.text(artifact, "name"), Tree.text(artifact, "digest"));
        }
        steps.put("(outputs of the run)", whole);
        return steps;
    }

    private static String name(String node, String run) {
        return node.startsWith(run + ".") ? node.substring(run.length() + 1) : node.equals(run) ? "(the run)" : node;
    }

    private static String plain(String value, String run) {
        return run.isEmpty() ? value : value.replace(run, "RUN");
    }
}
