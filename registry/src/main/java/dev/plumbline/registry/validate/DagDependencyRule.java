package dev.plumbline.registry.validate;

import dev.plumbline.registry.argo.ArgoSyntaxException;
import dev.plumbline.registry.argo.DagTask;
import dev.plumbline.registry.argo.Depends;
import dev.plumbline.registry.manifest.Manifest;
import java.util.List;
import java.util.Map;

/** Tasks wait for tasks of their own dag, in one of Argo's two ways of saying so. */
final class DagDependencyRule implements Rule {

    @Override
    public String id() {
        return "dag-dependency";
    }

    @Override
    public void check(Manifest object, RenderedSet set, Report report) {
        for (ArgoObject.Located located : set.argo(object).templates()) {
            Map<String, DagTask> tasks = new Dag(located.template()).tasks();
            boolean anyDepends = tasks.values().stream().anyMatch(task -> task.depends() != null);
            for (ArgoObject.Indexed element :
                    ArgoObject.indexed(located.template().tree(), "dag", "tasks")) {
                DagTask task = new DagTask(element.tree());
                List<String> path = located.at("dag", "tasks", element.index());
                String place = located.place() + ".tasks." + task.name();
                if (anyDepends && !task.dependencies().isEmpty()) {
                    report.add(
                            ArgoObject.join(path, "dependencies"),
                            place + " uses 'dependencies' in a dag that also uses 'depends'",
                            "use 'depends' everywhere in this dag");
                }
                dependencies(task, tasks, path, place, report);
                depends(task, tasks, path, place, report);
            }
        }
    }

    private static void dependencies(
            DagTask task, Map<String, DagTask> tasks, List<String> path, String place, Report report) {
        List<String> names = task.dependencies();
        for (int i = 0; i < names.size(); i++) {
            if (!tasks.containsKey(names.get(i))) {
                List<String> list = ArgoObject.join(path, "dependencies");
                report.cover(list);
                report.add(
                        ArgoObject.join(list, Integer.toString(i)),
                        place + " depends on task '" + names.get(i) + "', which this dag does not have",
                        Suggestion.instead(names.get(i), tasks.keySet(), "task"));
            }
        }
    }

    private static void depends(
            DagTask task, Map<String, DagTask> tasks, List<String> path, String place, Report report) {
        if (task.depends() == null) {
            return;
        }
        try {
            Depends.of(task, tasks::get);
        } catch (ArgoSyntaxException e) {
            report.add(
                    ArgoObject.join(path, "depends"),
                    place + ": " + e.getMessage(),
                    tasks.size() == 1 ? "" : "this dag has " + String.join(", ", tasks.keySet()));
        }
    }
}
