package dev.plumbline.controller.plan;

import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.registry.model.SyncId;
import dev.plumbline.registry.release.Stamps;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the other syncs of the same cluster own or want, so that an object can move from one to another without being deleted.
 *
 * @param claims keys that another sync has applied, or wants in its newest Release; one that it only claimed is not among them
 * @param running all syncs that this program runs, by the label of what they own
 * @param self the sync that these are not; null when it is not among the running ones
 */
public record OtherSyncs(
        Map<ObjectKey, SyncId> claims,
        Map<String, SyncId> running,
        @Nullable SyncId self) {

    /** There are none. */
    public static final OtherSyncs NONE = of(Map.of(), Set.of());

    /** Keeps its own copies. */
    public OtherSyncs {
        claims = Map.copyOf(claims);
        running = Map.copyOf(running);
    }

    /** Others by their names. */
    public static OtherSyncs of(Map<ObjectKey, SyncId> claims, Set<SyncId> known) {
        return new OtherSyncs(
                claims, known.stream().collect(Collectors.toMap(Stamps::label, Function.identity())), null);
    }

    /** Whether the sync of a label is another one that is known here and has given this object up. */
    boolean gaveUp(ObjectKey key, String label) {
        SyncId labelled = running.get(label);
        return labelled != null && !labelled.equals(self) && !labelled.equals(claims.get(key));
    }
}
