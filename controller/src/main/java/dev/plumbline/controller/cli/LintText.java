package dev.plumbline.controller.cli;

import dev.plumbline.registry.finding.Finding;
import dev.plumbline.registry.finding.Severity;
import dev.plumbline.registry.lint.LintFinding;
import dev.plumbline.registry.lint.LintReport;
import java.util.function.UnaryOperator;

/** A report of lint for people. */
final class LintText {

    /** Most overlays that a line names. */
    private static final int MAX_NAMED = 3;

    private LintText() {}

    static String of(LintReport report, UnaryOperator<Finding> shown) {
        StringBuilder text = new StringBuilder();
        for (LintFinding one : report.findings()) {
            text.append(Table.printable(shown.apply(one.finding()).toString()))
                    .append(overlays(one))
                    .append(one.suppressed().isEmpty() ? "" : Table.printable(", suppressed: " + one.suppressed()))
                    .append('\n');
        }
        return text.append(summary(report)).append('\n').toString();
    }

    private static String overlays(LintFinding finding) {
        int count = finding.overlays().size();
        if (count == 0) {
            return "";
        }
        String named = String.join(", ", finding.overlays().subList(0, Math.min(count, MAX_NAMED)));
        return Table.printable(" in " + named + (count > MAX_NAMED ? " and " + (count - MAX_NAMED) + " more" : ""));
    }

    /** One line that counts. */
    static String summary(LintReport report) {
        long suppressed = report.findings().stream()
                .filter(one -> !one.suppressed().isEmpty())
                .count();
        int overlays = report.overlays().size();
        return counted(report.checked(), "object") + " checked"
                + (overlays == 0 ? "" : " in " + counted(overlays, "overlay"))
                + ": " + counted(count(report, Severity.ERROR), "error") + ", "
                + counted(count(report, Severity.WARNING), "warning") + ", " + count(report, Severity.ADVICE)
                + " advice" + (suppressed == 0 ? "" : ", " + suppressed + " suppressed");
    }

    private static long count(LintReport report, Severity severity) {
        return report.findings().stream()
                .filter(one -> one.suppressed().isEmpty() && one.finding().severity() == severity)
                .count();
    }

    private static String counted(long count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }
}
