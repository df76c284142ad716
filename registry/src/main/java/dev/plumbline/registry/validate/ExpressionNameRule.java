package dev.plumbline.registry.validate;

import dev.plumbline.registry.argo.expr.Expression;
import dev.plumbline.registry.argo.expr.Functions;
import dev.plumbline.registry.finding.Severity;
import dev.plumbline.registry.finding.Suggestion;
import dev.plumbline.registry.manifest.Manifest;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** Names and functions in expressions exist. An unknown one gives nothing or an error, but only when it is evaluated. */
final class ExpressionNameRule implements UncheckedRule {

    private static final Set<String> ROOTS = Set.of(
            "inputs",
            "outputs",
            "tasks",
            "steps",
            "workflow",
            "item",
            "pod",
            "node",
            "retries",
            "lastRetry",
            "status",
            "duration",
            "exitCode",
            "resourcesDuration",
            "cronworkflow",
            "sprig");

    @Override
    public String id() {
        return "expression-name";
    }

    @Override
    public String description() {
        return "Every name and function in an expression exists where it is evaluated.";
    }

    @Override
    public void check(Manifest object, RenderedSet set, Report report) {
        ArgoObject argo = set.argo(object);
        for (Texts.Use use : argo.texts().expressions()) {
            Expression parsed = use.parsed();
            if (parsed == null) {
                continue;
            }
            for (Expression.Name function : parsed.functions()) {
                function(function, use, report);
            }
            for (Expression.Name name : parsed.names()) {
                name(name, use, argo, set, report);
            }
        }
    }

    private static void function(Expression.Name function, Texts.Use use, Report report) {
        String name = function.dotted();
        boolean sprig = function.path().getFirst().equals("sprig");
        // A function that is a member of anything else is a value of that.
        if (!Functions.exist(name) && (function.path().size() == 1 || sprig)) {
            report.add(
                    severity(use),
                    use.path(),
                    "the expression '" + Report.shorten(use.text()) + "' calls " + name
                            + ", and Argo has no such function",
                    Suggestion.closest(function.path().getLast(), Functions.like(name))
                            .map(near -> "did you mean '" + (sprig ? "sprig." : "") + near + "'?")
                            .orElse("functions of sprig are called as sprig.name"));
        }
    }

    private static void name(Expression.Name name, Texts.Use use, ArgoObject argo, RenderedSet set, Report report) {
        String root = name.path().getFirst();
        if (root.equals("data") && use.path().contains("transformation")) {
            // What a data template transforms.
            return;
        }
        if (!ROOTS.contains(root)) {
            report.add(
                    severity(use),
                    use.path(),
                    "the expression '" + Report.shorten(use.text()) + "' reads '" + name.dotted()
                            + "', and Argo has no variables that begin with '" + root + "'",
                    afterHyphen(name, use.text())
                            ? "a name with '-' is written in brackets: inputs.parameters['a-b']"
                            : Suggestion.instead(root, ROOTS, "variable"));
            return;
        }
        ArgoObject.Located located = Texts.template(argo, use.path());
        if (located == null || name.guarded() || use.path().contains("hooks")) {
            return;
        }
        Scope scope = argo.scope(located, set);
        List<String> path = name.path();
        if (root.equals("inputs") && path.size() >= 3) {
            member(path.get(2), scope.inputs(path.get(1)), "input " + path.get(1), name, use, report);
        } else if ((root.equals("tasks") || root.equals("steps")) && path.size() >= 2) {
            member(path.get(1), scope.nodes(root), root, name, use, report);
        }
    }

    private static void member(
            String member, Collection<String> known, String what, Expression.Name name, Texts.Use use, Report report) {
        if (known.contains(member)) {
            return;
        }
        if (isCut(member, known, use.text())) {
            report.add(
                    use.path(),
                    "the expression '" + Report.shorten(use.text()) + "' subtracts where it means a name with '-'",
                    "write the name in brackets, such as inputs.parameters['a-b'] or tasks['a-b']");
        } else {
            report.add(
                    use.path(),
                    "the expression '" + Report.shorten(use.text()) + "' reads '" + name.dotted()
                            + "', but there is no '" + member + "' among the " + what + " here",
                    Suggestion.instead(member, known, what));
        }
    }

    /** Whether a member is the first part of a name with hyphens that stands in the text. */
    private static boolean isCut(String member, Collection<String> known, String text) {
        return known.stream().anyMatch(one -> one.startsWith(member + "-") && text.contains(one));
    }

    private static boolean afterHyphen(Expression.Name name, String text) {
        return name.at() >= 2
                && text.charAt(name.at() - 1) == '-'
                && Character.isLetterOrDigit(text.charAt(name.at() - 2));
    }

    private static Severity severity(Texts.Use use) {
        return use.inTag() ? Severity.WARNING : Severity.ERROR;
    }
}
