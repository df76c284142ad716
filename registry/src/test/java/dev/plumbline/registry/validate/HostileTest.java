package dev.plumbline.registry.validate;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.finding.Finding;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Content that was made to break a linter ends in findings with places, soon. */
class HostileTest {

    private static final Duration SOON = Duration.ofSeconds(5);
    private static final int LONGEST_MESSAGE = 2_000;

    private static final String HEAD = """
            apiVersion: argoproj.io/v1alpha1
            kind: WorkflowTemplate
            metadata: {name: train}
            spec:
              entrypoint: main
              templates:
            """;

    @TestFactory
    Stream<DynamicTest> endsSoonInFindings() {
        Map<String, String> cases = Map.ofEntries(
                Map.entry("an expression of a megabyte", leaf("{{=" + "1 + ".repeat(250_000) + "1}}")),
                Map.entry(
                        "an expression nested 10,000 levels",
                        leaf("{{=" + "(".repeat(10_000) + ")".repeat(10_000) + "}}")),
                Map.entry("an expression of ifs", leaf("{{=" + "if a {1} else ".repeat(3_000) + "}}")),
                Map.entry("a condition of a megabyte", dag("when: \"" + "(".repeat(1_000_000) + "\"")),
                Map.entry("a condition nested 10,000 levels", dag("when: \"" + "!".repeat(10_000) + "a\"")),
                Map.entry("a dependency nested 10,000 levels", dag("depends: \"" + "(".repeat(10_000) + "a\"")),
                Map.entry("a dependency of a megabyte", dag("depends: \"" + "a && ".repeat(200_000) + "a\"")),
                Map.entry("tags in tags", leaf("{{inputs.".repeat(20_000))),
                Map.entry("unknown tags", leaf("{{inputs.parameters.x}} ".repeat(20_000))),
                Map.entry("a chain of 3,000 templates", chain(3_000, 1)),
                Map.entry("a tree of calls", chain(300, 12)),
                Map.entry("a dag of 3,000 tasks", wide(3_000)),
                Map.entry("no such time zone", cron("'0 2 * * *'", "Mars/Olympus")),
                Map.entry("a time zone of a megabyte", cron("'0 2 * * *'", "A".repeat(1_000_000))),
                Map.entry("a schedule of a megabyte", cron("'" + "1,".repeat(500_000) + "1 * * * *'", "UTC")),
                Map.entry("numbers without end", cron("'99999999999999999999 * * * *'", "UTC")),
                Map.entry("an interval without end", cron("'@every 99999999999999999999h'", "UTC")));
        return cases.entrySet().stream().map(one -> DynamicTest.dynamicTest(one.getKey(), () -> judge(one.getValue())));
    }

    private static void judge(String yaml) {
        List<Finding> findings = assertTimeout(SOON, () -> Validator.lint(Examples.objects(yaml)));
        assertFalse(findings.isEmpty());
        for (Finding finding : findings) {
            assertTrue(finding.location() != null && finding.location().line() > 0, finding.rule());
            assertTrue(finding.message().length() + finding.fix().length() < LONGEST_MESSAGE * 2, finding.rule());
        }
    }

    private static String leaf(String argument) {
        return HEAD + "  - name: main\n    container: {image: a, command: [a], args: [\"" + argument + "\"]}\n";
    }

    private static String dag(String field) {
        return HEAD
                + "  - name: main\n    dag:\n      tasks:\n      - {name: a, template: leaf}\n      - {name: b, template: leaf, "
                + field + "}\n  - {name: leaf, container: {image: a}}\n";
    }

    private static String chain(int length, int calls) {
        StringBuilder yaml = new StringBuilder(HEAD);
        for (int i = 0; i < length; i++) {
            yaml.append("  - name: ").append(i == 0 ? "main" : "t" + i).append("\n    dag:\n      tasks:\n");
            for (int j = 1; j <= calls; j++) {
                yaml.append("      - {name: a")
                        .append(j)
                        .append(", template: t")
                        .append(Math.min(i + j, length))
                        .append("}\n");
            }
        }
        return yaml.append("  - {name: t")
                .append(length)
                .append(", container: {image: a}}\n")
                .toString();
    }

    private static String wide(int tasks) {
        StringBuilder yaml = new StringBuilder(
                HEAD + "  - {name: leaf, container: {image: a}}\n  - name: main\n    dag:\n      tasks:\n");
        for (int i = 0; i < tasks; i++) {
            yaml.append("      - {name: a").append(i).append(", template: leaf");
            yaml.append(
                    i == 0
                            ? "}\n"
                            : ", depends: a" + (i - 1) + ", when: \"'{{tasks.a" + (i - 1) + ".status}}' == a\"}\n");
        }
        return yaml.toString();
    }

    private static String cron(String schedule, String zone) {
        return "apiVersion: argoproj.io/v1alpha1\nkind: CronWorkflow\nmetadata: {name: a}\nspec:\n  schedules: ["
                + schedule
                + "]\n  timezone: " + zone
                + "\n  workflowSpec: {entrypoint: main, templates: [{name: main, container: {image: a}}]}\n";
    }
}
