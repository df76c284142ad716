package dev.plumbline.controller.reconcile;

import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.JsonException;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.model.Digest;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a sync must remember besides its history and inventory.
 *
 * @param suspended whether applying is stopped
 * @param head the head that was handled last, or one before it: heads that changed nothing stand in history only; null before
 *     the first
 * @param intent the apply that has begun and whose history entry is not written yet; null when there is none
 * @param term the term of leadership that wrote it (see {@link Fence})
 */
public record SyncState(
        boolean suspended,
        @Nullable CommitId head,
        @Nullable Intent intent,
        long term) {

    /** Names the stored form. */
    public static final String SCHEMA = "plumbline.dev/sync-state/v1";

    /** Nothing seen yet. */
    public static SyncState initial() {
        return new SyncState(false, null, null, 0);
    }

    /** The same with another switch. */
    public SyncState withSuspended(boolean other) {
        return new SyncState(other, head, intent, term);
    }

    /** The same with an apply begun. */
    public SyncState begun(Intent begun) {
        return new SyncState(suspended, head, begun, term);
    }

    /** The same with a head done, and no apply under way. */
    public SyncState done(CommitId handled) {
        return new SyncState(suspended, handled, null, term);
    }

    /** The same with another head handled last. */
    public SyncState handled(CommitId last) {
        return new SyncState(suspended, last, intent, term);
    }

    /** The same as another term writes it. */
    public SyncState inTerm(long other) {
        return new SyncState(suspended, head, intent, other);
    }

    /** The stored form. */
    public byte[] encode() {
        Map<String, @Nullable Object> root = new LinkedHashMap<>();
        root.put("schema", SCHEMA);
        root.put("suspended", suspended);
        root.put("head", head == null ? null : head.hex());
        if (intent != null) {
            Map<String, @Nullable Object> map = new LinkedHashMap<>();
            map.put("commit", intent.commit().hex());
            map.put("entry", intent.entry().value());
            root.put("intent", map);
        }
        if (term > 0) {
            root.put("term", term);
        }
        return Json.bytes(root);
    }

    /**
     * Reads the stored form.
     *
     * @throws JsonException when it is not a state of a known schema version
     */
    public static SyncState decode(byte[] bytes) throws JsonException {
        Map<String, @Nullable Object> root = Json.parseObject(bytes);
        if (!SCHEMA.equals(root.get("schema"))) {
            throw new JsonException("expected schema " + SCHEMA + " but found " + root.get("schema"));
        }
        String head = Tree.string(root, "head");
        Intent intent = root.get("intent") == null
                ? null
                : new Intent(
                        new CommitId(Tree.text(root, "intent", "commit")),
                        new Digest(Tree.text(root, "intent", "entry")));
        return new SyncState(
                Boolean.TRUE.equals(root.get("suspended")),
                head == null ? null : new CommitId(head),
                intent,
                root.get("term") instanceof Long term ? term : 0);
    }

    /**
     * An apply that has begun.
     *
     * @param commit the commit of the Release
     * @param entry digest of the stored draft of its history entry, which says what the first plan meant to change
     */
    public record Intent(CommitId commit, Digest entry) {}
}
