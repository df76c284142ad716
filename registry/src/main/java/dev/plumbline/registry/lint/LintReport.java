package dev.plumbline.registry.lint;

import java.util.List;

/**
 * What lint found.
 *
 * @param findings what is wrong, by place
 * @param checked how many objects were checked, each rendering of one counting
 * @param overlays the kustomizations that were rendered, by name
 */
public record LintReport(List<LintFinding> findings, int checked, List<String> overlays) {

    /** Keeps its own copies. */
    public LintReport {
        findings = List.copyOf(findings);
        overlays = List.copyOf(overlays);
    }

    /** Whether anything that counts is an error. */
    public boolean anyError() {
        return findings.stream().anyMatch(LintFinding::isError);
    }
}
