package dev.plumbline.controller.plan;

import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.SyncId;
import dev.plumbline.registry.release.Stamps;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The label by which a live object says which sync made it what it is. */
public final class OwnerLabel {

    private OwnerLabel() {}

    /** The label of a live object; empty when no sync labelled it. */
    public static String of(Map<String, @Nullable Object> live) {
        return Tree.text(live, "metadata", "labels", Stamps.SYNC);
    }

    /** Whether a sync may delete an object: nobody else's label is on it, and the sync made it or labelled it. */
    public static boolean mayDelete(Map<String, @Nullable Object> live, SyncId sync, boolean made) {
        String label = of(live);
        return label.isEmpty() ? made : label.equals(Stamps.label(sync));
    }
}
