package dev.plumbline.registry.validate;

import dev.plumbline.registry.argo.ArgoSyntaxException;
import dev.plumbline.registry.argo.DagTask;
import dev.plumbline.registry.argo.Depends;
import dev.plumbline.registry.finding.Severity;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.manifest.Manifest;
import java.util.List;

/** What a task depends on can be read. Argo only looks for names in it before it runs. */
final class DependsSyntaxRule implements UncheckedRule {

    private static final int MAX_LENGTH = 64 * 1024;

    @Override
    public String id() {
        return "depends-syntax";
    }

    @Override
    public Severity severity() {
        return Severity.ERROR;
    }

    @Override
    public String description() {
        return "Every 'depends' is a condition of results joined by &&, || and !.";
    }

    @Override
    public void check(Manifest object, RenderedSet set, Report report) {
        ArgoObject argo = set.argo(object);
        for (ArgoObject.Located located : argo.templates()) {
            Dag dag = argo.dag(located);
            for (ArgoObject.Indexed element :
                    ArgoObject.indexed(located.template().tree(), "dag", "tasks")) {
                List<String> path = located.at("dag", "tasks", element.index(), "depends");
                String text = Tree.text(element.tree(), "depends");
                if (!text.isEmpty() && !text.contains("{{") && !report.hasError(path)) {
                    depends(new DagTask(element.tree()), text, dag, path, located.place(), report);
                }
            }
        }
    }

    private static void depends(DagTask task, String text, Dag dag, List<String> path, String place, Report report) {
        String wrong = text.length() > MAX_LENGTH ? "it is longer than " + MAX_LENGTH + " characters" : "";
        try {
            if (wrong.isEmpty()) {
                Depends.of(task, dag.tasks()::get);
            }
        } catch (ArgoSyntaxException e) {
            wrong = String.valueOf(e.getMessage());
        }
        if (!wrong.isEmpty()) {
            report.add(
                    path,
                    place + ".tasks." + task.name() + ": " + Report.shorten(wrong),
                    "write results joined by &&, || and !, such as 'a.Succeeded && (b || c.Failed)'");
        }
    }
}
