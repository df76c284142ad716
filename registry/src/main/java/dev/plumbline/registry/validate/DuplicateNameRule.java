package dev.plumbline.registry.validate;

import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.manifest.Manifest;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Templates of an object, tasks and steps of a template, and parameters and artifacts of a list have names of their own. */
final class DuplicateNameRule implements Rule {

    @Override
    public String id() {
        return "duplicate-name";
    }

    @Override
    public void check(Manifest object, RenderedSet set, Report report) {
        ArgoObject argo = set.argo(object);
        unique("template", argo.spec().tree(), argo.path(), report, "templates");
        lists(argo.spec().tree(), argo.path(), report, "arguments");
        for (ArgoObject.Located located : argo.templates()) {
            Map<String, @Nullable Object> tree = located.template().tree();
            lists(tree, located.path(), report, "inputs");
            lists(tree, located.path(), report, "outputs");
            unique("volume", tree, located.path(), report, "volumes");
            unique("task", tree, located.path(), report, "dag", "tasks");
            steps(located, report);
        }
        argo.calls().forEach(call -> lists(call.tree(), call.path(), report, "arguments"));
    }

    private static void lists(Map<String, @Nullable Object> tree, List<String> path, Report report, String holder) {
        unique("parameter", tree, path, report, holder, "parameters");
        unique("artifact", tree, path, report, holder, "artifacts");
    }

    private static void unique(
            String what, Map<String, @Nullable Object> tree, List<String> path, Report report, String... list) {
        Set<String> seen = new HashSet<>();
        for (ArgoObject.Indexed element : ArgoObject.indexed(tree, list)) {
            List<String> at = ArgoObject.join(ArgoObject.join(path, list), element.index(), "name");
            once(what, Tree.text(element.tree(), "name"), seen, at, report);
        }
    }

    /** Step names are unique across all groups of a template. */
    private static void steps(ArgoObject.Located located, Report report) {
        Set<String> seen = new HashSet<>();
        for (Call call : Call.of(located)) {
            if (!call.hook() && call.path().contains("steps")) {
                once("step", call.name(), seen, ArgoObject.join(call.path(), "name"), report);
            }
        }
    }

    private static void once(String what, String name, Set<String> seen, List<String> path, Report report) {
        if (!name.isEmpty() && !seen.add(name)) {
            report.add(path, "two " + what + "s are named '" + name + "'", "rename or remove one of them");
        }
    }
}
