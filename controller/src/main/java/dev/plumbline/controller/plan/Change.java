package dev.plumbline.controller.plan;

import dev.plumbline.controller.diff.FieldChange;
import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.model.ObjectKey;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The intended effect on one object.
 *
 * @param action what to do
 * @param key which object
 * @param wave when: lower waves are finished before higher ones begin; deletions come after all of them
 * @param before digest of the content that was applied last, unstamped; null when none is recorded
 * @param after digest of the content that is wanted, unstamped; null for a deletion
 * @param content the stamped content to apply; null for a deletion and for what is left alone
 * @param uid uid of the live object that was seen; null when there is none
 * @param owned whether the object is in the inventory, so that fields of others may be taken over
 * @param fields what differs from the live object, without stamps; empty for creations and deletions
 * @param note why, where the action alone does not say it; may be empty
 */
public record Change(
        Action action,
        ObjectKey key,
        int wave,
        @Nullable Digest before,
        @Nullable Digest after,
        @Nullable Map<String, @Nullable Object> content,
        @Nullable String uid,
        boolean owned,
        List<FieldChange> fields,
        String note) {

    /** Keeps its own copy. */
    public Change {
        fields = List.copyOf(fields);
    }

    /** Whether it writes to the cluster. */
    public boolean writes() {
        return action == Action.CREATE || action == Action.UPDATE || action == Action.DELETE;
    }
}
