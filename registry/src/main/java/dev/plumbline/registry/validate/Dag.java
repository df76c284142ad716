package dev.plumbline.registry.validate;

import dev.plumbline.registry.argo.ArgoSyntaxException;
import dev.plumbline.registry.argo.DagTask;
import dev.plumbline.registry.argo.Depends;
import dev.plumbline.registry.argo.Template;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Who waits for whom in a dag. Names that do not exist and conditions that cannot be read wait for nobody here. */
final class Dag {

    private final Map<String, DagTask> tasks = new LinkedHashMap<>();
    private final Map<String, Set<String>> edges = new LinkedHashMap<>();

    private final Map<String, Integer> numbers = new HashMap<>();
    private final Map<String, BitSet> ancestors = new HashMap<>();

    Dag(Template template) {
        template.tasks().forEach(task -> tasks.putIfAbsent(task.name(), task));
        tasks.keySet().forEach(name -> numbers.put(name, numbers.size()));
        tasks.forEach((name, task) -> edges.put(name, edges(task)));
    }

    /** The tasks by name; of two with one name the first. */
    Map<String, DagTask> tasks() {
        return tasks;
    }

    /** Whether a task has ended before another starts. */
    boolean isAncestor(String other, String task) {
        Integer number = numbers.get(other);
        return number != null && ancestors(task).get(number);
    }

    private BitSet ancestors(String task) {
        BitSet known = ancestors.get(task);
        if (known == null) {
            known = new BitSet();
            Deque<String> open = new ArrayDeque<>(edges.getOrDefault(task, Set.of()));
            while (!open.isEmpty()) {
                String next = open.pop();
                int number = numbers.getOrDefault(next, 0);
                if (!known.get(number)) {
                    known.set(number);
                    BitSet further = ancestors.get(next);
                    if (further == null) {
                        open.addAll(edges.getOrDefault(next, Set.of()));
                    } else {
                        known.or(further);
                    }
                }
            }
            ancestors.put(task, known);
        }
        return known;
    }

    private Set<String> edges(DagTask task) {
        try {
            return Depends.of(task, tasks::get).tasks();
        } catch (ArgoSyntaxException e) {
            // Reported elsewhere; the names in a list can still be read.
            Set<String> known = new LinkedHashSet<>(task.dependencies());
            known.retainAll(tasks.keySet());
            return known;
        }
    }
}
