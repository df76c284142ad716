package dev.plumbline.registry.validate;

import dev.plumbline.registry.argo.ArgoSyntaxException;
import dev.plumbline.registry.argo.DagTask;
import dev.plumbline.registry.argo.Depends;
import dev.plumbline.registry.argo.Template;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Who waits for whom in a dag. Names that do not exist and conditions that cannot be read wait for nobody here. */
final class Dag {

    private final Map<String, DagTask> tasks = new LinkedHashMap<>();
    private final Map<String, Set<String>> edges = new LinkedHashMap<>();

    Dag(Template template) {
        template.tasks().forEach(task -> tasks.putIfAbsent(task.name(), task));
        tasks.forEach((name, task) -> edges.put(name, edges(task)));
    }

    /** The tasks by name; of two with one name the first. */
    Map<String, DagTask> tasks() {
        return tasks;
    }

    /** The tasks that a task waits for, directly or not; itself only when it stands in a cycle. */
    Set<String> ancestors(String task) {
        Set<String> found = new LinkedHashSet<>();
        Deque<String> open = new ArrayDeque<>(edges.getOrDefault(task, Set.of()));
        while (!open.isEmpty()) {
            String next = open.pop();
            if (found.add(next)) {
                open.addAll(edges.getOrDefault(next, Set.of()));
            }
        }
        return found;
    }

    /** The tasks on a shortest way from a task back to itself, the task first; empty when there is none. */
    List<String> cycle(String task) {
        Map<String, List<String>> ways = new LinkedHashMap<>();
        Deque<String> open = new ArrayDeque<>(List.of(task));
        ways.put(task, List.of(task));
        while (!open.isEmpty()) {
            String at = open.remove();
            List<String> way = ways.getOrDefault(at, List.of());
            for (String next : edges.getOrDefault(at, Set.of())) {
                if (next.equals(task)) {
                    return way;
                }
                if (!ways.containsKey(next)) {
                    ways.put(next, ArgoObject.join(way, next));
                    open.add(next);
                }
            }
        }
        return List.of();
    }

    private Set<String> edges(DagTask task) {
        try {
            return Depends.of(task, tasks::get).tasks();
        } catch (ArgoSyntaxException e) {
            // Reported by DagDependencyRule; the names in a list can still be read.
            Set<String> known = new LinkedHashSet<>(task.dependencies());
            known.retainAll(tasks.keySet());
            return known;
        }
    }
}
