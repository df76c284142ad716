package dev.plumbline.registry.lint;

import dev.plumbline.registry.manifest.Manifest;
import java.util.List;
import java.util.Map;

/**
 * What lint found.
 *
 * @param findings what is wrong, by place
 * @param checked how many objects were checked, each rendering of one counting
 * @param overlays the kustomizations that were rendered, by name
 * @param examples the objects of no overlay that were checked in an overlay, as they would be started there; by overlay
 */
public record LintReport(
        List<LintFinding> findings, int checked, List<String> overlays, Map<String, List<Manifest>> examples) {

    /** Keeps its own copies. */
    public LintReport {
        findings = List.copyOf(findings);
        overlays = List.copyOf(overlays);
        examples = Map.copyOf(examples);
    }

    /** Whether anything that counts is an error. */
    public boolean anyError() {
        return findings.stream().anyMatch(LintFinding::isError);
    }
}
