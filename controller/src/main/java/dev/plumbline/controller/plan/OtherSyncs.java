package dev.plumbline.controller.plan;

import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.registry.model.SyncId;
import dev.plumbline.registry.release.Stamps;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the other syncs of the same cluster own or want, so that an object can move from one to another without being deleted.
 *
 * @param claims keys that another sync has applied, or wants in its newest Release; one that it only claimed is not among them
 * @param known all other syncs that this program runs
 */
public record OtherSyncs(Map<ObjectKey, SyncId> claims, Set<SyncId> known) {

    /** There are none. */
    public static final OtherSyncs NONE = new OtherSyncs(Map.of(), Set.of());

    /** Keeps its own copies. */
    public OtherSyncs {
        claims = Map.copyOf(claims);
        known = Set.copyOf(known);
    }

    /** Whether the sync of a label is known here and has given this object up. */
    boolean gaveUp(ObjectKey key, String label) {
        Optional<SyncId> labelled =
                known.stream().filter(sync -> Stamps.label(sync).equals(label)).findFirst();
        return labelled.isPresent() && !labelled.get().equals(claims.get(key));
    }
}
