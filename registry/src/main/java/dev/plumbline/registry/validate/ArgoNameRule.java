package dev.plumbline.registry.validate;

import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.manifest.Manifest;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Templates, tasks, steps, parameters and artifacts have names that Argo accepts. */
final class ArgoNameRule implements Rule {

    private static final int MAX_NAME = 128;
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9][-a-zA-Z0-9]*");
    private static final Pattern VALUE_NAME = Pattern.compile("[-a-zA-Z0-9_]+");
    private static final Pattern TAG = Pattern.compile("\\{\\{.*?}}");

    @Override
    public String id() {
        return "argo-name";
    }

    @Override
    public void check(Manifest object, RenderedSet set, Report report) {
        ArgoObject argo = set.argo(object);
        values(argo.spec().tree(), argo.path(), "arguments", report);
        for (ArgoObject.Located located : argo.templates()) {
            name("template", located.template().name(), located.path(), report);
            values(located.template().tree(), located.path(), "inputs", report);
            values(located.template().tree(), located.path(), "outputs", report);
        }
        for (Call call : argo.calls()) {
            values(call.tree(), call.path(), "arguments", report);
            if (!call.hook()) {
                boolean task = call.path().contains("dag");
                name(task ? "task" : "step", TAG.matcher(call.name()).replaceAll("x"), call.path(), report);
                if (task && waits(call) && call.name().matches("[0-9].*")) {
                    report.add(
                            ArgoObject.join(call.path(), "name"),
                            call.place() + " begins with a digit and depends on other tasks, which Argo refuses",
                            "begin the name with a letter");
                }
            }
        }
    }

    private static boolean waits(Call call) {
        return call.tree().get("depends") != null
                || !Tree.list(call.tree(), "dependencies").isEmpty();
    }

    private static void name(String what, String name, List<String> path, Report report) {
        if (name.isEmpty()) {
            report.add(path, "a " + what + " has no name", "add 'name'");
        } else if (name.length() > MAX_NAME || !NAME.matcher(name).matches()) {
            report.add(
                    ArgoObject.join(path, "name"),
                    "'" + name + "' is not a name that Argo accepts for a " + what,
                    "use at most " + MAX_NAME + " letters, digits and '-', and begin with a letter or digit");
        }
    }

    private static void values(Map<String, @Nullable Object> tree, List<String> path, String holder, Report report) {
        for (String list : List.of("parameters", "artifacts")) {
            for (ArgoObject.Indexed element : ArgoObject.indexed(tree, holder, list)) {
                String name = Tree.text(element.tree(), "name");
                List<String> at = ArgoObject.join(path, holder, list, element.index());
                String what = list.substring(0, list.length() - 1);
                if (name.isEmpty()) {
                    report.add(at, what + " " + element.index() + " of " + holder + " has no name", "add 'name'");
                } else if (!VALUE_NAME.matcher(name).matches()) {
                    report.add(
                            ArgoObject.join(at, "name"),
                            "'" + name + "' is not a name that Argo accepts for a " + what,
                            "use letters, digits, '-' and '_'");
                }
            }
        }
    }
}
