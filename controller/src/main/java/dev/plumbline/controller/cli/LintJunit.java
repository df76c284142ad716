package dev.plumbline.controller.cli;

import dev.plumbline.registry.lint.LintFinding;
import dev.plumbline.registry.lint.LintReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A report of lint as JUnit's XML: a suite for each file with findings, a case for each finding. Errors fail, what is suppressed is
 * skipped, the rest passes with its text as output.
 */
final class LintJunit {

    private LintJunit() {}

    static String of(LintReport report) {
        Map<String, List<LintFinding>> files = new LinkedHashMap<>();
        for (LintFinding one : report.findings()) {
            files.computeIfAbsent(one.place().file(), _ -> new ArrayList<>()).add(one);
        }
        StringBuilder xml =
                new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"plumbline lint\">\n");
        files.forEach((file, findings) -> suite(xml, file, findings));
        xml.append("  <testsuite name=\"plumbline lint\" tests=\"1\" failures=\"0\" errors=\"0\" skipped=\"0\">\n");
        xml.append("    <testcase name=\"%s\"/>\n".formatted(XmlText.escape(LintText.summary(report))));
        return xml.append("  </testsuite>\n</testsuites>\n").toString();
    }

    private static void suite(StringBuilder xml, String file, List<LintFinding> findings) {
        long failures = findings.stream().filter(LintFinding::isError).count();
        long skipped =
                findings.stream().filter(one -> !one.suppressed().isEmpty()).count();
        xml.append("  <testsuite name=\"%s\" tests=\"%d\" failures=\"%d\" errors=\"0\" skipped=\"%d\">\n"
                .formatted(XmlText.escape(file), findings.size(), failures, skipped));
        for (LintFinding one : findings) {
            String name = one.finding().rule() + " " + one.place();
            xml.append("    <testcase classname=\"%s\" name=\"%s\">%s</testcase>\n"
                    .formatted(XmlText.escape(file), XmlText.escape(name), outcome(one)));
        }
        xml.append("  </testsuite>\n");
    }

    private static String outcome(LintFinding one) {
        String text = XmlText.escape(one.finding().toString());
        if (!one.suppressed().isEmpty()) {
            return "<skipped message=\"" + XmlText.escape(one.suppressed()) + "\"/>";
        }
        return one.isError()
                ? "<failure type=\"" + XmlText.escape(one.finding().rule()) + "\" message=\""
                        + XmlText.escape(one.finding().message()) + "\">" + text + "</failure>"
                : "<system-out>" + text + "</system-out>";
    }
}
