package dev.plumbline.registry.validate;

import dev.plumbline.registry.argo.Tags;
import dev.plumbline.registry.manifest.Manifest;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Every tag of a template names something that is there when it is read: a declared input, a task that is waited for, an output
 * that it gives. Argo leaves any other tag in the text as it is, or fails in the middle of a run.
 */
final class UnknownVariableRule implements Rule {

    /** First words of Argo's variables. */
    private static final Set<String> ROOTS = Set.of(
            "inputs", "outputs", "tasks", "steps", "workflow", "item", "pod", "node", "lastRetry", "cronworkflow");

    private static final Set<String> KINDS = Set.of("parameters", "artifacts");

    @Override
    public String id() {
        return "unknown-variable";
    }

    @Override
    public void check(Manifest object, RenderedSet set, Report report) {
        ArgoObject argo = set.argo(object);
        for (ArgoObject.Located located : argo.templates()) {
            Scope scope = new Scope(argo, located, set);
            Leaves.walk(located.template().tree(), located.path(), (path, value) -> {
                // What stands below an inline template is read in its own scope.
                if (value instanceof String text && text.contains("{{") && !path.contains("inline")) {
                    for (Tags.Tag tag : Tags.find(text)) {
                        if (!tag.expression()) {
                            check(tag.body(), scope, path, report);
                        }
                    }
                }
            });
        }
    }

    private static void check(String variable, Scope scope, List<String> path, Report report) {
        List<String> words = List.of(variable.split("\\.", -1));
        String root = words.getFirst();
        if (words.size() < 3) {
            return;
        }
        if (root.equals("inputs") && KINDS.contains(words.get(1))) {
            declared(
                    words.get(2),
                    scope.inputs(words.get(1)),
                    "input " + one(words.get(1)),
                    variable,
                    scope,
                    path,
                    report);
        } else if (root.equals("tasks") || root.equals("steps")) {
            node(words, variable, scope, path, report);
        } else if (variable.startsWith("workflow.parameters.")) {
            workflowParameter(words.get(2), variable, scope, path, report);
        } else if (!ROOTS.contains(root) && KINDS.contains(words.get(1))) {
            report.add(
                    path,
                    scope.place() + " reads {{" + variable + "}}, and Argo has no variables that begin with '" + root
                            + "'",
                    Suggestion.instead(root, ROOTS, "variable"));
        }
    }

    private static void node(List<String> words, String variable, Scope scope, List<String> path, Report report) {
        String name = words.get(1);
        String what = one(words.getFirst());
        if (!scope.nodes(words.getFirst()).contains(name)) {
            declared(name, scope.nodes(words.getFirst()), what, variable, scope, path, report);
            return;
        }
        if (!scope.waitsFor(name, path)) {
            report.add(
                    path,
                    scope.place() + " reads {{" + variable + "}} in a task that does not wait for '" + name + "'",
                    "add '" + name + "' to what the task depends on");
        }
        if (words.size() >= 5 && words.get(2).equals("outputs") && KINDS.contains(words.get(3))) {
            Collection<String> outputs = scope.outputs(name, words.get(3));
            if (outputs != null) {
                String output = String.join(".", words.subList(4, words.size()));
                declared(
                        output,
                        outputs,
                        "output " + one(words.get(3)) + " of '" + name + "'",
                        variable,
                        scope,
                        path,
                        report);
            }
        }
    }

    private static void workflowParameter(String name, String variable, Scope scope, List<String> path, Report report) {
        Collection<String> known = scope.workflowParameters();
        if (known != null) {
            declared(name, known, "parameter of the workflow", variable, scope, path, report);
        }
    }

    private static void declared(
            String name,
            Collection<String> known,
            String what,
            String variable,
            Scope scope,
            List<String> path,
            Report report) {
        if (!known.contains(name)) {
            report.add(
                    path,
                    scope.place() + " reads {{" + variable + "}}, but there is no " + what + " named '" + name + "'",
                    Suggestion.instead(name, known, what));
        }
    }

    private static String one(String many) {
        return many.substring(0, many.length() - 1);
    }
}
