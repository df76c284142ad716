package dev.plumbline.controller.plan;

import dev.plumbline.controller.diff.FieldChange;
import dev.plumbline.controller.diff.Repair;
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
 * @param resourceVersion its resourceVersion; null when there is none
 * @param owned whether the object is in the inventory, so that fields of others may be taken over
 * @param fields what differs from the live object, without stamps; empty for creations and deletions
 * @param note why, where the action alone does not say it; may be empty
 * @param repair how drift is undone; null when the content is applied
 * @param released whether the object leaves the inventory and stays in the cluster: it belongs to somebody else
 * @param refusal why the plan may not do this, and what to do; empty when it may
 */
public record Change(
        Action action,
        ObjectKey key,
        int wave,
        @Nullable Digest before,
        @Nullable Digest after,
        @Nullable Map<String, @Nullable Object> content,
        @Nullable String uid,
        @Nullable String resourceVersion,
        boolean owned,
        List<FieldChange> fields,
        String note,
        @Nullable Repair repair,
        boolean released,
        String refusal) {

    /** Keeps its own copy. */
    public Change {
        fields = List.copyOf(fields);
    }

    /** The same, refused. */
    public Change refused(String why) {
        return new Change(
                action,
                key,
                wave,
                before,
                after,
                content,
                uid,
                resourceVersion,
                owned,
                fields,
                note,
                repair,
                released,
                why);
    }

    /** Whether it writes to the cluster. */
    public boolean writes() {
        boolean action = this.action == Action.CREATE || this.action == Action.UPDATE || this.action == Action.DELETE;
        return action && refusal.isEmpty();
    }
}
