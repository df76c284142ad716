package dev.plumbline.registry.validate.argo;

import dev.plumbline.registry.json.Tree;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The tasks of a DAG: who waits for whom, and what each may read. */
final class DagChecks {

    static final String DEPENDENCY = "dag-dependency";
    static final String CYCLE = "dag-cycle";
    static final String TARGET = "dag-target";

    private static final Set<String> RESULTS =
            Set.of("Succeeded", "Failed", "Errored", "Skipped", "Omitted", "Daemoned", "AnySucceeded", "AllFailed");

    private final TemplateWalk walk;
    private final Problems problems;
    private final Home home;
    private final Names names;
    private final NodeNames nodes;
    private final Place place;
    private final String words;
    private final List<@Nullable Object> list;
    private final String target;
    private final Map<String, Map<String, @Nullable Object>> tasks = new LinkedHashMap<>();
    private final Map<String, Place> places = new HashMap<>();
    private final Map<String, TemplateWalk.Target> targets = new HashMap<>();
    private final TaskGraph graph;
    private final boolean usesDepends;

    DagChecks(TemplateWalk walk, Home.Located template, Home home, Names names) {
        this.walk = walk;
        this.problems = walk.problems();
        this.home = home;
        this.names = names;
        this.nodes = new NodeNames(walk, "tasks");
        this.place = template.place().at("dag");
        this.words = "templates." + template.name();
        this.list = Tree.list(template.tree(), "dag", "tasks");
        this.target = Tree.text(template.tree(), "dag", "target");
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i) instanceof Map<?, ?> task
                    && tasks.putIfAbsent(Tree.text(task, "name"), Tree.cast(task)) == null) {
                places.put(Tree.text(task, "name"), place.at("tasks").at(i));
            }
        }
        this.graph = new TaskGraph(tasks);
        this.usesDepends = tasks.values().stream()
                .anyMatch(task -> !Tree.text(task, "depends").isEmpty());
    }

    void check() {
        if (list.isEmpty()) {
            problems.add(DEPENDENCY, place, words + " must have at least one task", "add a task");
        }
        walk.names().fields("task", list, place.at("tasks"), words + ".tasks");
        List<String> order = graph.order();
        order.forEach(this::waiting);
        cycles();
        targets();
        order.forEach(this::reading);
    }

    private Place place(String name) {
        return places.getOrDefault(name, place);
    }

    private Map<String, @Nullable Object> task(String name) {
        return tasks.getOrDefault(name, Map.of());
    }

    private void waiting(String name) {
        Map<String, @Nullable Object> task = task(name);
        Place at = place(name);
        String here = words + ".tasks." + name;
        boolean lists = !Tree.list(task, "dependencies").isEmpty();
        if ((usesDepends || lists) && !name.isEmpty() && Character.isDigit(name.charAt(0))) {
            problems.add(
                    NameChecks.NAME,
                    at.at("name"),
                    here + " begins with a digit and depends on other tasks, which Argo refuses",
                    "begin the name with a letter");
        }
        if (usesDepends && lists) {
            problems.add(
                    DEPENDENCY,
                    at.at("dependencies"),
                    here + " uses 'dependencies' in a dag that also uses 'depends'",
                    "use 'depends' everywhere in this dag");
        }
        if (usesDepends && Shape.has(task, "continueOn")) {
            problems.add(
                    DEPENDENCY,
                    at.at("continueOn"),
                    here + " uses 'continueOn' in a dag that uses 'depends'",
                    "say it in the depends of those that wait: '" + name + ".Failed' or '" + name + ".Errored'");
        }
        TemplateWalk.Target called = walk.call(task, at, here, home, walk.anyArguments());
        targets.put(name, called);
        nodes.add(name, called, Shape.isLoop(task), names);
        results(Tree.text(task, "depends"), at.at("depends"), here);
        dependencies(name, task, at, here);
    }

    private void results(String depends, Place at, String here) {
        for (String result : TaskGraph.results(depends)) {
            if (!RESULTS.contains(result)) {
                problems.add(
                        DEPENDENCY,
                        at,
                        here + " depends on the result '" + result + "', which no task can have",
                        Fixes.closest(
                                result,
                                RESULTS,
                                "use one of "
                                        + String.join(
                                                ", ", RESULTS.stream().sorted().toList())));
            }
        }
    }

    private void dependencies(String name, Map<String, @Nullable Object> task, Place at, String here) {
        graph.dependencies(name).forEach((dependency, ofItems) -> {
            Map<String, @Nullable Object> other = tasks.get(dependency);
            if (other == null) {
                problems.add(
                        DEPENDENCY,
                        written(dependency, task, at),
                        here + " depends on task '" + dependency + "', which this dag does not have",
                        Fixes.closest(
                                dependency,
                                tasks.keySet(),
                                "this dag has " + Fixes.shorten(String.join(", ", tasks.keySet()), 120)));
            } else if (ofItems && !Shape.isLoop(other) && !Shape.has(other, "withSequence")) {
                problems.add(
                        DEPENDENCY,
                        at.at("depends"),
                        here + " asks for the items of '" + dependency + "', which is no loop",
                        "use '" + dependency + ".Succeeded' or '" + dependency + ".Failed'");
            }
        });
    }

    private static Place written(String dependency, Map<String, @Nullable Object> task, Place at) {
        if (!Tree.text(task, "depends").isEmpty()) {
            return at.at("depends");
        }
        int index = Tree.list(task, "dependencies").indexOf(dependency);
        return index < 0 ? at.at("dependencies") : at.at("dependencies").at(index);
    }

    private void cycles() {
        Set<String> told = new HashSet<>();
        for (String name : tasks.keySet()) {
            List<String> cycle = told.contains(name) ? List.of() : graph.cycle(name);
            if (!cycle.isEmpty()) {
                told.addAll(cycle);
                problems.add(
                        CYCLE,
                        place(name).at("name"),
                        words + ".tasks wait for each other in a circle: " + String.join("->", cycle) + "->" + name,
                        "remove one of these dependencies");
            }
        }
    }

    private void targets() {
        Place at = place.at("target");
        walk.variables().tree(target, at, names, words + ".targets");
        if (target.isEmpty()) {
            return;
        }
        for (String name : target.split(" ", -1)) {
            if (!Shape.isVariable(name) && !tasks.containsKey(name) && !name.contains("{{=")) {
                problems.add(
                        TARGET,
                        at,
                        words + ".targets: target '" + name + "' is not defined",
                        Fixes.closest(name, tasks.keySet(), "name tasks of this dag, with one space between them"));
            }
        }
    }

    private void reading(String name) {
        Map<String, @Nullable Object> task = task(name);
        Place at = place(name);
        String here = words + ".tasks." + name;
        if (!Tree.map(task, "hooks").isEmpty()) {
            names.add(nodes.status(name));
        }
        Names inTask = new Names(names);
        inTask.ask(variable -> isStatusOfAncestor(variable, name));
        LoopChecks.check(task, at, here, inTask, problems);
        walk.variables().tree(task, at, StepChecks.withInline(task, inTask), here);
        new ArgumentChecks(problems, walk.names())
                .check(task.get("arguments"), at.at("arguments"), here + ".arguments", false);
        arguments(name, task, at.at("arguments"), here);
        walk.call(task, at, here, home, Arguments.of(task.get("arguments")));
    }

    private boolean isStatusOfAncestor(String variable, String task) {
        String prefix = "tasks.";
        String suffix = ".status";
        return variable.startsWith(prefix)
                && variable.endsWith(suffix)
                && variable.length() > prefix.length() + suffix.length()
                && graph.isAncestor(variable.substring(prefix.length(), variable.length() - suffix.length()), task);
    }

    /** An argument that begins with another task's output needs that task to have ended. */
    private void arguments(String name, Map<String, @Nullable Object> task, Place at, String here) {
        for (List<String> kind : List.of(List.of("parameters", "value"), List.of("artifacts", "from"))) {
            List<@Nullable Object> arguments = Tree.list(task, "arguments", kind.getFirst());
            for (int i = 0; i < arguments.size(); i++) {
                String value = Tree.text(arguments.get(i), kind.getLast());
                if (!value.startsWith("{{tasks.")) {
                    continue;
                }
                String other = value.split("\\.", -1)[1];
                if (!graph.isAncestor(other, name)) {
                    problems.add(
                            DEPENDENCY,
                            at.at(kind.getFirst()).at(i).at(kind.getLast()),
                            here + " has a missing dependency '" + other + "' for '"
                                    + Tree.text(arguments.get(i), "name") + "'",
                            "add '" + other + "' to what the task depends on");
                }
            }
        }
    }
}
