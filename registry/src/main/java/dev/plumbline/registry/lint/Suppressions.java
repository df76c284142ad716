package dev.plumbline.registry.lint;

import dev.plumbline.registry.finding.Finding;
import dev.plumbline.registry.finding.Severity;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.validate.Suppression;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Which findings do not count because their object says so, and which of these words are about nothing. */
final class Suppressions {

    private final Set<Finding> used = new HashSet<>();
    private final Map<Finding, Set<String>> unused = new LinkedHashMap<>();

    /** The reason for which a finding about an object does not count; empty where it counts. */
    String reason(Manifest object, Finding finding) {
        String reason = Suppression.reason(object, finding);
        if (!reason.isEmpty()) {
            used.add(advice(object, finding.rule()));
        }
        return reason;
    }

    /** Notes what an object wants to suppress, once everything about it was asked for. */
    void done(Manifest object, String overlay) {
        for (String rule : Suppression.effective(object)) {
            unused.computeIfAbsent(advice(object, rule), _ -> new HashSet<>()).add(overlay);
        }
    }

    /** Advice about suppressions that suppress nothing in any overlay, with the overlays. */
    Map<Finding, Set<String>> unused() {
        Map<Finding, Set<String>> advice = new LinkedHashMap<>(unused);
        advice.keySet().removeAll(used);
        return advice;
    }

    private static Finding advice(Manifest object, String rule) {
        String key = Suppression.PREFIX + rule;
        return new Finding(
                Suppression.RULE,
                Severity.ADVICE,
                object.locate("metadata", "annotations", key),
                null,
                "'" + key + "' suppresses nothing",
                "remove it");
    }
}
