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
 * @param absent labels that must not be there
 */
public record Selection(
        String group,
        String kind,
        String namespace,
        Map<String, String> labels,
        Set<String> present,
        Set<String> absent) {

    /** Keeps its own copies. */
    public Selection {
        labels = Map.copyOf(labels);
        present = Set.copyOf(present);
        absent = Set.copyOf(absent);
    }

    /** With exact values only. */
    public Selection(String group, String kind, String namespace, Map<String, String> labels) {
        this(group, kind, namespace, labels, Set.of(), Set.of());
    }

    /** The same, of those only that have a label. */
    public Selection having(String label) {
        return new Selection(group, kind, namespace, labels, Set.of(label), absent);
    }

    /** The same, of those only that do not have a label. */
    public Selection lacking(String label) {
        return new Selection(group, kind, namespace, labels, present, Set.of(label));
    }

    /** All objects of a kind in one namespace, or in all when it is empty. */
    public static Selection of(String group, String kind, String namespace) {
        return new Selection(group, kind, namespace, Map.of());
    }
}
