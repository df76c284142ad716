package dev.plumbline.registry.validate;

import dev.plumbline.registry.finding.Severity;
import dev.plumbline.registry.manifest.Manifest;

/** Expressions can be read. Argo reads them only when it evaluates them, and then fails the node or the run. */
final class ExpressionSyntaxRule implements UncheckedRule {

    @Override
    public String id() {
        return "expression-syntax";
    }

    @Override
    public Severity severity() {
        return Severity.ERROR;
    }

    @Override
    public String description() {
        return "Every expression, in {{=…}} or in a field of its own, is one that expr-lang reads.";
    }

    @Override
    public void check(Manifest object, RenderedSet set, Report report) {
        for (Texts.Use use : set.argo(object).texts().expressions()) {
            if (!use.wrong().isEmpty()) {
                report.add(
                        use.path(),
                        "the expression '" + Report.shorten(use.text()) + "' cannot be read: " + use.wrong(),
                        "correct it in the language of expr-lang");
            }
        }
    }
}
