package dev.plumbline.controller.live;

import java.util.Map;

/**
 * Which objects of one kind.
 *
 * @param group API group, empty for the core group
 * @param kind kind
 * @param namespace namespace; empty for all of them, and for cluster-scoped kinds
 * @param labels labels that must have exactly these values
 */
public record Selection(String group, String kind, String namespace, Map<String, String> labels) {

    /** Keeps its own copy. */
    public Selection {
        labels = Map.copyOf(labels);
    }

    /** All objects of a kind in one namespace, or in all when it is empty. */
    public static Selection of(String group, String kind, String namespace) {
        return new Selection(group, kind, namespace, Map.of());
    }
}
