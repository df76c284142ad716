package dev.plumbline.controller.cli;

import dev.plumbline.registry.finding.Finding;
import dev.plumbline.registry.lint.LintReport;
import java.util.function.UnaryOperator;

/** How the outcome of lint is printed. */
enum LintForm {
    /** For people: a line for each finding, and a count. Paths are ones that can be opened from the current folder. */
    text {
        @Override
        String write(LintReport report, UnaryOperator<Finding> shown) {
            return LintText.of(report, shown);
        }
    },
    /** For machines. */
    json {
        @Override
        String write(LintReport report, UnaryOperator<Finding> shown) {
            return LintJson.of(report);
        }
    },
    /** SARIF 2.1.0, for code scanning. */
    sarif {
        @Override
        String write(LintReport report, UnaryOperator<Finding> shown) {
            return SarifLog.of(report);
        }
    },
    /** JUnit's XML, for test reports. */
    junit {
        @Override
        String write(LintReport report, UnaryOperator<Finding> shown) {
            return LintJunit.of(report);
        }
    },
    /** Annotations of GitHub Actions. */
    github {
        @Override
        String write(LintReport report, UnaryOperator<Finding> shown) {
            return GithubAnnotations.of(report);
        }
    };

    /**
     * The text to print.
     *
     * @param shown gives a finding a path that people can open; the other forms keep paths from the top of the repository
     */
    abstract String write(LintReport report, UnaryOperator<Finding> shown);
}
