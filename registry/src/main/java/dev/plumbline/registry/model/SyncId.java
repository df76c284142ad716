package dev.plumbline.registry.model;

/**
 * Names one source path kept applied to one cluster.
 *
 * @param namespace namespace of the sync
 * @param name name of the sync
 */
public record SyncId(String namespace, String name) implements Comparable<SyncId> {

    @Override
    public int compareTo(SyncId other) {
        return toString().compareTo(other.toString());
    }

    /** {@code namespace/name}. */
    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
