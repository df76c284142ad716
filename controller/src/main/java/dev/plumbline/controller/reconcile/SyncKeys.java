package dev.plumbline.controller.reconcile;

import dev.plumbline.registry.model.SyncId;

/**
 * Names under which one sync keeps its values. They begin with the cluster id, so that one store serves many clusters.
 *
 * @param prefix {@code clusters/<cluster id>/syncs/<namespace>/<name>}
 */
public record SyncKeys(String prefix) {

    /** The names of one sync on one cluster. */
    public static SyncKeys of(String clusterId, SyncId sync) {
        return new SyncKeys("clusters/" + clusterId + "/syncs/" + sync.namespace() + "/" + sync.name());
    }

    /** Ref: what the sync owns. */
    public String inventory() {
        return prefix + "/inventory";
    }

    /** Ref: whether it is suspended, and what it was doing. */
    public String state() {
        return prefix + "/state";
    }

    /** Ref: content that must not be applied. */
    public String quarantine() {
        return prefix + "/quarantine";
    }

    /** Log: an entry for each head that was seen. */
    public String history() {
        return prefix + "/history";
    }
}
