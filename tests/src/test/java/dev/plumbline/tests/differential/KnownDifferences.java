package dev.plumbline.tests.differential;

import dev.plumbline.registry.finding.Finding;
import java.util.List;
import java.util.Map;

/** Where we refuse on purpose what kustomize accepts, each with the reason. Nothing else may differ. */
final class KnownDifferences {

    private static final Map<String, String> REFUSED = Map.of(
            "yaml-date", "kustomize writes a date as a timestamp that nobody wrote, and kubectl keeps it",
            "yaml-not-finite", "JSON has no form for infinity and not-a-number, so no API server takes it",
            "yaml-duplicate-key", "kustomize forgets the second one where a patch happens to remove the field",
            "yaml-empty-in-flow", "an empty value between braces is text to kustomize and null to kubectl",
            "yaml-tag", "kubectl and kustomize read tagged scalars differently",
            "render-slow-pattern", "Go matches in linear time; this matcher is bounded instead");

    private KnownDifferences() {}

    /** Whether each of these errors is a refusal by decision. */
    static boolean refusedOnPurpose(List<Finding> errors, String output) {
        return errors.stream()
                .allMatch(error ->
                        REFUSED.containsKey(error.rule()) || (error.rule().equals("render-empty") && output.isBlank()));
    }
}
