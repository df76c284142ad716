package dev.plumbline.registry.validate.argo;

import dev.plumbline.registry.json.Tree;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Who waits for whom in a DAG, read from the text of {@code depends} by the very patterns that Argo uses. */
final class TaskGraph {

    private static final Pattern WORD =
            Pattern.compile("([a-zA-Z0-9][-a-zA-Z0-9]*?\\.[A-Z][a-zA-Z]+)|([a-zA-Z0-9][-a-zA-Z0-9]*)");
    private static final Set<String> OF_ITEMS = Set.of("AnySucceeded", "AllFailed");

    private final Map<String, Map<String, @Nullable Object>> tasks;

    /** For each task those that it waits for, and whether a result of items is asked of them. */
    private final Map<String, Map<String, Boolean>> edges = new LinkedHashMap<>();

    private final Map<String, Integer> numbers = new HashMap<>();
    private final Map<String, BitSet> ancestors = new HashMap<>();
    private final List<String> order;
    private final Set<String> inOrder = new LinkedHashSet<>();

    TaskGraph(Map<String, Map<String, @Nullable Object>> tasks) {
        this.tasks = tasks;
        for (Map.Entry<String, Map<String, @Nullable Object>> task : tasks.entrySet()) {
            edges.put(task.getKey(), read(logic(task.getValue())));
        }
        this.order = sort();
    }

    /** The tasks that a task waits for directly; true for those of whose items it asks. */
    Map<String, Boolean> dependencies(String task) {
        return edges.getOrDefault(task, Map.of());
    }

    /** Whether a text of {@code depends} names results that do not exist; the results. */
    static List<String> results(String depends) {
        List<String> results = new ArrayList<>();
        Matcher matcher = WORD.matcher(depends);
        while (matcher.find()) {
            if (matcher.group(1) != null) {
                results.add(matcher.group(1).substring(matcher.group(1).indexOf('.') + 1));
            }
        }
        return results;
    }

    private static Map<String, Boolean> read(String logic) {
        Map<String, Boolean> found = new LinkedHashMap<>();
        Matcher matcher = WORD.matcher(logic);
        while (matcher.find()) {
            String withResult = matcher.group(1);
            if (withResult == null) {
                found.put(matcher.group(2), false);
            } else {
                int dot = withResult.indexOf('.');
                boolean ofItems = OF_ITEMS.contains(withResult.substring(dot + 1));
                found.merge(withResult.substring(0, dot), ofItems, (before, now) -> now || before);
            }
        }
        return found;
    }

    private static String logic(Map<String, @Nullable Object> task) {
        String depends = Tree.text(task, "depends");
        if (!depends.isEmpty()) {
            return depends;
        }
        StringBuilder logic = new StringBuilder();
        for (Object name : Tree.list(task, "dependencies")) {
            logic.append(logic.isEmpty() ? "" : " && ").append(name).append(".Succeeded");
        }
        return logic.toString();
    }

    /** Whether a task has ended before another starts. */
    boolean isAncestor(String other, String task) {
        if (ancestors.isEmpty()) {
            order.forEach(name -> ancestors.put(name, collect(name)));
        }
        Integer number = numbers.get(other);
        return number != null && ancestors.getOrDefault(task, new BitSet()).get(number);
    }

    /** Those that a task waits for come before it, so what they wait for is known. */
    private BitSet collect(String task) {
        BitSet found = new BitSet();
        for (String dependency : dependencies(task).keySet()) {
            if (!dependency.equals(task)) {
                found.set(numbers.computeIfAbsent(dependency, _ -> numbers.size()));
                found.or(ancestors.getOrDefault(dependency, new BitSet()));
            }
        }
        return found;
    }

    /** The tasks, each after those that it waits for; tasks of a circle at the end. */
    List<String> order() {
        return order;
    }

    private List<String> sort() {
        Map<String, Integer> waits = new LinkedHashMap<>();
        Map<String, List<String>> next = new HashMap<>();
        edges.forEach((name, dependencies) -> {
            int known = 0;
            for (String dependency : dependencies.keySet()) {
                if (tasks.containsKey(dependency)) {
                    known++;
                    next.computeIfAbsent(dependency, _ -> new ArrayList<>()).add(name);
                }
            }
            waits.put(name, known);
        });
        Deque<String> ready = new ArrayDeque<>();
        waits.forEach((name, count) -> {
            if (count == 0) {
                ready.add(name);
            }
        });
        while (!ready.isEmpty()) {
            String name = ready.remove();
            inOrder.add(name);
            for (String after : next.getOrDefault(name, List.of())) {
                if (waits.merge(after, -1, Integer::sum) == 0) {
                    ready.add(after);
                }
            }
        }
        Set<String> all = new LinkedHashSet<>(inOrder);
        all.addAll(tasks.keySet());
        return List.copyOf(all);
    }

    /** The tasks on a way from a task back to itself, the task first; empty when there is none. */
    List<String> cycle(String task) {
        if (inOrder.contains(task)) {
            return List.of();
        }
        Map<String, String> cameFrom = new HashMap<>();
        Deque<String> open = new ArrayDeque<>(List.of(task));
        while (!open.isEmpty()) {
            String at = open.remove();
            for (String next : dependencies(at).keySet()) {
                if (next.equals(task)) {
                    return way(at, task, cameFrom);
                }
                if (!cameFrom.containsKey(next) && tasks.containsKey(next)) {
                    cameFrom.put(next, at);
                    open.add(next);
                }
            }
        }
        return List.of();
    }

    private static List<String> way(String end, String start, Map<String, String> cameFrom) {
        Deque<String> way = new ArrayDeque<>();
        String at = end;
        while (!at.equals(start)) {
            way.addFirst(at);
            at = cameFrom.getOrDefault(at, start);
        }
        way.addFirst(start);
        return List.copyOf(way);
    }
}
