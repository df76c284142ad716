package dev.plumbline.controller.cli;

import dev.plumbline.registry.finding.Finding;
import dev.plumbline.registry.lint.LintFinding;
import dev.plumbline.registry.lint.LintReport;

/** A report of lint as workflow commands of GitHub Actions, which shows them at the lines of a pull request. */
final class GithubAnnotations {

    private GithubAnnotations() {}

    static String of(LintReport report) {
        StringBuilder text = new StringBuilder();
        for (LintFinding one : report.findings()) {
            Finding finding = one.finding();
            text.append("::").append(level(one)).append(' ');
            if (!one.place().file().isEmpty()) {
                text.append("file=").append(property(one.place().file())).append(',');
            }
            if (one.place().line() > 0) {
                text.append("line=").append(one.place().line()).append(',');
            }
            if (one.place().column() > 0) {
                text.append("col=").append(one.place().column()).append(',');
            }
            String suppressed = one.suppressed().isEmpty() ? "" : "suppressed: " + one.suppressed() + ": ";
            String fix = finding.fix().isEmpty() ? "" : "; " + finding.fix();
            String where = one.overlays().isEmpty() ? "" : " (" + String.join(", ", one.overlays()) + ")";
            text.append("title=")
                    .append(property(finding.rule()))
                    .append("::")
                    .append(data(suppressed + finding.message() + fix + where))
                    .append('\n');
        }
        return text.append(LintText.summary(report)).append('\n').toString();
    }

    private static String level(LintFinding one) {
        if (!one.suppressed().isEmpty()) {
            return "notice";
        }
        return switch (one.finding().severity()) {
            case ERROR -> "error";
            case WARNING -> "warning";
            case ADVICE -> "notice";
        };
    }

    private static String data(String text) {
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
    }

    private static String property(String text) {
        return data(text).replace(":", "%3A").replace(",", "%2C");
    }
}
