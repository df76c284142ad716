package dev.plumbline.registry.validate.argo;

import dev.plumbline.registry.json.Tree;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The containers of a containerSet: names, mounts, and who waits for whom. */
final class ContainerSetChecks {

    static final String RULE = "container-set";

    private final TemplateWalk walk;
    private final Problems problems;
    private final Map<String, @Nullable Object> tree;
    private final Place place;
    private final String words;

    ContainerSetChecks(TemplateWalk walk, Home.Located template) {
        this.walk = walk;
        this.problems = walk.problems();
        this.tree = template.tree();
        this.place = template.place().at("containerSet");
        this.words = "templates." + template.name() + ".containerSet";
    }

    void check() {
        List<@Nullable Object> containers = Tree.list(tree, "containerSet", "containers");
        if (containers.isEmpty()) {
            problems.add(RULE, place, words + ".containers must have at least one container", "add a container");
        }
        walk.names().fields("container", containers, place.at("containers"), words + ".containers");
        Map<String, Map<String, @Nullable Object>> edges = new LinkedHashMap<>();
        for (Object container : containers) {
            edges.putIfAbsent(Tree.text(container, "name"), dependsOn(container));
        }
        TaskGraph graph = new TaskGraph(edges);
        for (int i = 0; i < containers.size(); i++) {
            container(Tree.map(containers.get(i)), place.at("containers").at(i), edges, graph);
        }
        mounts();
        boolean carries = !Tree.list(tree, "inputs", "artifacts").isEmpty()
                || !Tree.list(tree, "outputs", "parameters").isEmpty()
                || !Tree.list(tree, "outputs", "artifacts").isEmpty();
        if (carries && !edges.containsKey("main")) {
            problems.add(
                    RULE,
                    place.at("containers"),
                    words + ".containers must have a container named 'main' for inputs and outputs",
                    "name one of them 'main'");
        }
    }

    private static Map<String, @Nullable Object> dependsOn(@Nullable Object container) {
        Map<String, @Nullable Object> task = new HashMap<>();
        task.put("dependencies", Tree.list(container, "dependencies"));
        return task;
    }

    private void container(
            Map<String, @Nullable Object> container,
            Place at,
            Map<String, Map<String, @Nullable Object>> all,
            TaskGraph graph) {
        String name = Tree.text(container, "name");
        LeafChecks.reserved(name, at, words + ".containers", problems);
        List<@Nullable Object> dependencies = Tree.list(container, "dependencies");
        for (int i = 0; i < dependencies.size(); i++) {
            if (dependencies.get(i) instanceof String other && !all.containsKey(other)) {
                problems.add(
                        RULE,
                        at.at("dependencies").at(i),
                        words + ".containers." + name + " depends on container '" + other + "', which is not defined",
                        Fixes.closest(other, all.keySet(), "name a container of this set"));
            }
        }
        List<String> cycle = graph.cycle(name);
        if (!cycle.isEmpty()) {
            problems.add(
                    RULE,
                    at.at("name"),
                    words + ".containers wait for each other in a circle: " + String.join("->", cycle) + "->" + name,
                    "remove one of these dependencies");
        }
    }

    private void mounts() {
        Map<String, String> taken = new HashMap<>();
        List<@Nullable Object> mounts = Tree.list(tree, "containerSet", "volumeMounts");
        for (int i = 0; i < mounts.size(); i++) {
            String path = Tree.text(mounts.get(i), "mountPath");
            String before = taken.putIfAbsent(path, Tree.text(mounts.get(i), "name"));
            if (before != null) {
                problems.add(
                        LeafChecks.MOUNT,
                        place.at("volumeMounts").at(i).at("mountPath"),
                        words + ".volumeMounts[" + i + "].mountPath '" + path + "' is already mounted in " + before,
                        "choose another path");
            }
        }
    }
}
