package dev.plumbline.tests.lint;

import dev.plumbline.registry.finding.Finding;

/** What we refuse in Argo's name though its validation alone does not, each with the reason. */
final class Disagreements {

    private Disagreements() {}

    /** Whether there is a reason. */
    static boolean isKnown(Finding finding) {
        return !reason(finding).isEmpty();
    }

    /** The reason; empty when there is none. */
    static String reason(Finding finding) {
        return switch (finding.rule()) {
            // Below a step Argo's decoder is not strict; a v4 API server is.
            case "unknown-field" -> "SCHEMA";
            // Argo's parser takes a TZ= prefix; the pattern in its own schema does not.
            case "cron-schedule" -> finding.message().contains("schema does not accept") ? "SCHEMA" : "";
            default -> "";
        };
    }
}
