package dev.plumbline.registry.validate;

import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.manifest.Manifest;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** No task waits for itself. */
final class DagCycleRule implements Rule {

    @Override
    public String id() {
        return "dag-cycle";
    }

    @Override
    public void check(Manifest object, RenderedSet set, Report report) {
        for (ArgoObject.Located located : set.argo(object).templates()) {
            Dag dag = new Dag(located.template());
            Set<String> told = new HashSet<>();
            for (ArgoObject.Indexed element :
                    ArgoObject.indexed(located.template().tree(), "dag", "tasks")) {
                String name = Tree.text(element.tree(), "name");
                List<String> path = located.at("dag", "tasks", element.index(), "name");
                List<String> cycle = dag.cycle(name);
                if (cycle.isEmpty()) {
                    continue;
                }
                if (told.contains(name)) {
                    report.cover(path);
                    continue;
                }
                told.addAll(cycle);
                report.add(
                        path,
                        located.place() + ": tasks wait for each other in a circle: " + String.join(" -> ", cycle)
                                + " -> " + name,
                        "remove one of these dependencies");
            }
        }
    }
}
