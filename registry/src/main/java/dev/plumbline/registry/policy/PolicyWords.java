package dev.plumbline.registry.policy;

import dev.plumbline.registry.finding.Finding;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.manifest.Manifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an API server checks of policies and bindings in Go, so that their schema does not say it. */
final class PolicyWords {

    private static final Set<Object> REASONS = Set.of("", "Forbidden", "Invalid", "RequestEntityTooLarge");

    private PolicyWords() {}

    static List<Finding> check(Manifest object) {
        List<Finding> findings = new ArrayList<>();
        List<Map<String, @Nullable Object>> validations = Tree.maps(object.content(), "spec", "validations");
        for (int i = 0; i < validations.size(); i++) {
            Object reason = validations.get(i).getOrDefault("reason", "");
            if (reason != null && !REASONS.contains(reason)) {
                findings.add(wrong(
                        object,
                        "spec.validations[" + i + "].reason: Unsupported value: \"" + reason + "\"",
                        "write Forbidden, Invalid or RequestEntityTooLarge",
                        "spec",
                        "validations",
                        Integer.toString(i),
                        "reason"));
            }
        }
        List<@Nullable Object> actions = Tree.list(object.content(), "spec", "validationActions");
        boolean both = actions.contains("Deny") && actions.contains("Warn");
        if (object.key().kind().equals(PolicySet.BINDING) && (actions.isEmpty() || both)) {
            findings.add(wrong(
                    object,
                    "spec.validationActions: " + (both ? "must not contain both Deny and Warn" : "Required value"),
                    "write validationActions: [Deny]",
                    "spec",
                    "validationActions"));
        }
        return findings;
    }

    private static Finding wrong(Manifest object, String message, String fix, String... path) {
        return Finding.error("policy-value", object.locate(path), message, fix).about(object.key());
    }
}
