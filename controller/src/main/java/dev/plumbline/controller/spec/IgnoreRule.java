package dev.plumbline.controller.spec;

import java.util.List;

/**
 * Fields that others may set: no drift, and never repaired.
 *
 * @param group API group; empty for the core group
 * @param kind kind
 * @param fields JSON pointers (RFC 6901), such as {@code /spec/replicas}
 * @param reason why, for the people who read it later
 */
public record IgnoreRule(String group, String kind, List<String> fields, String reason) {

    /** Keeps its own copy. */
    public IgnoreRule {
        fields = List.copyOf(fields);
    }
}
