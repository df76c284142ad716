package dev.plumbline.registry.validate;

import dev.plumbline.registry.argo.ArgoSyntaxException;
import dev.plumbline.registry.argo.When;
import dev.plumbline.registry.finding.Severity;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.manifest.Manifest;
import java.util.List;

/** Conditions of steps, tasks and schedules can be read. */
final class WhenSyntaxRule implements UncheckedRule {

    private static final List<String> SURE = List.of("is missing", "missing ')'", "not closed");
    private static final int MAX_LENGTH = 64 * 1024;

    @Override
    public String id() {
        return "when-syntax";
    }

    @Override
    public String description() {
        return "Every 'when' is a condition that Argo can evaluate.";
    }

    @Override
    public void check(Manifest object, RenderedSet set, Report report) {
        for (Call call : set.argo(object).calls()) {
            when(Tree.text(call.tree(), "when"), ArgoObject.join(call.path(), "when"), call.place(), report);
        }
        when(Tree.text(object.content(), "spec", "when"), List.of("spec", "when"), "spec", report);
    }

    private static void when(String text, List<String> path, String place, Report report) {
        String wrong = wrong(text);
        if (!wrong.isEmpty()) {
            boolean sure = SURE.stream().anyMatch(wrong::endsWith) || wrong.contains("is missing at the end");
            report.add(
                    sure ? Severity.ERROR : Severity.WARNING,
                    path,
                    place + ".when cannot be evaluated: " + Report.shorten(wrong),
                    "compare values, as in \"{{tasks.a.outputs.parameters.b}}\" == 'yes', with text in quotes");
        }
    }

    private static String wrong(String text) {
        if (text.isBlank() || text.contains("{{=")) {
            return "";
        }
        if (text.length() > MAX_LENGTH) {
            return "it is longer than " + MAX_LENGTH + " characters";
        }
        try {
            When.parse(text);
            return "";
        } catch (ArgoSyntaxException e) {
            String message = String.valueOf(e.getMessage());
            return message.substring(message.lastIndexOf("': ") < 0 ? 0 : message.lastIndexOf("': ") + 3);
        }
    }
}
