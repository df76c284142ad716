package dev.plumbline.controller.cli;

import dev.plumbline.registry.finding.Finding;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.policy.PolicyExamples.Report;
import dev.plumbline.registry.policy.PolicyExamples.Result;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How the outcome of policy tests is printed. */
enum PolicyReportForm {
    /** For people. */
    text {
        @Override
        String write(List<Report> reports) {
            StringBuilder text = new StringBuilder();
            for (Report report : reports) {
                long passed = report.results().stream().filter(Result::passed).count();
                text.append(report.passed() ? "ok    " : "FAIL  ")
                        .append(report.path())
                        .append("  ")
                        .append(passed)
                        .append(" of ")
                        .append(report.results().size())
                        .append(" examples\n");
                report.findings()
                        .forEach(
                                finding -> text.append("      ").append(finding).append('\n'));
                report.results().stream()
                        .filter(result -> !result.passed())
                        .forEach(result -> text.append("      ")
                                .append(result.file())
                                .append(" should be ")
                                .append(result.expected())
                                .append(": ")
                                .append(result.message())
                                .append('\n'));
            }
            return text.toString();
        }
    },
    /** For machines. */
    json {
        @Override
        String write(List<Report> reports) {
            List<Object> folders = new ArrayList<>();
            for (Report report : reports) {
                List<Object> examples = new ArrayList<>();
                for (Result result : report.results()) {
                    Map<String, Object> example = new LinkedHashMap<>();
                    example.put("file", result.file());
                    example.put("expected", result.expected());
                    example.put("passed", result.passed());
                    example.put("message", result.message());
                    examples.add(example);
                }
                Map<String, Object> folder = new LinkedHashMap<>();
                folder.put("path", report.path());
                folder.put("passed", report.passed());
                folder.put(
                        "findings",
                        report.findings().stream().map(Finding::toString).toList());
                folder.put("examples", examples);
                folders.add(folder);
            }
            return Json.pretty(Map.of("policies", folders)) + "\n";
        }
    },
    /** For build servers. */
    junit {
        @Override
        String write(List<Report> reports) {
            StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n");
            for (Report report : reports) {
                long failures = report.results().stream()
                        .filter(result -> !result.passed())
                        .count();
                long errors =
                        report.findings().stream().filter(Finding::isError).count();
                xml.append("  <testsuite name=\"%s\" tests=\"%d\" failures=\"%d\" errors=\"%d\">\n"
                        .formatted(
                                XmlText.escape(report.path()), report.results().size() + errors, failures, errors));
                for (Finding finding : report.findings()) {
                    if (finding.isError()) {
                        xml.append("    <testcase name=\"%s\"><error message=\"%s\"/></testcase>\n"
                                .formatted(XmlText.escape(finding.rule()), XmlText.escape(finding.toString())));
                    }
                }
                for (Result result : report.results()) {
                    String failure = result.passed()
                            ? "/>"
                            : "><failure message=\"%s\"/></testcase>"
                                    .formatted(
                                            XmlText.escape("should be " + result.expected() + ": " + result.message()));
                    xml.append("    <testcase name=\"")
                            .append(XmlText.escape(result.file()))
                            .append('"')
                            .append(failure)
                            .append('\n');
                }
                xml.append("  </testsuite>\n");
            }
            return xml.append("</testsuites>\n").toString();
        }
    };

    abstract String write(List<Report> reports);
}
