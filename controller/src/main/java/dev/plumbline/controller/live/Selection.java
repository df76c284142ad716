package dev.plumbline.controller.live;

import java.util.Map;
import java.util.Set;

/**
 * Which objects of one kind.
 *
 * @param group API group, empty for the core group
 * @param kind kind
 * @param namespace namespace; empty for all of them, and for cluster-scoped kinds
 * @param labels labels that must have exactly these values
 * @param present labels that must be there, whatever their values
 * @param unlike labels that must be missing or have other values than these
 */
public record Selection(
        String group,
        String kind,
        String namespace,
        Map<String, String> labels,
        Set<String> present,
        Map<String, String> unlike) {

    /** Keeps its own copies. */
    public Selection {
        labels = Map.copyOf(labels);
        present = Set.copyOf(present);
        unlike = Map.copyOf(unlike);
    }

    /** With exact values only. */
    public Selection(String group, String kind, String namespace, Map<String, String> labels) {
        this(group, kind, namespace, labels, Set.of(), Map.of());
    }

    /** The same, of those only that have a label. */
    public Selection having(String label) {
        return new Selection(group, kind, namespace, labels, Set.of(label), unlike);
    }

    /** The same, without those whose label has this value. */
    public Selection unlike(String label, String value) {
        return new Selection(group, kind, namespace, labels, present, Map.of(label, value));
    }

    /** All objects of a kind in one namespace, or in all when it is empty. */
    public static Selection of(String group, String kind, String namespace) {
        return new Selection(group, kind, namespace, Map.of());
    }
}
