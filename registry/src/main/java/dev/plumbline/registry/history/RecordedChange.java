package dev.plumbline.registry.history;

import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.model.ObjectKey;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was done to one object.
 *
 * @param action CREATE, UPDATE or DELETE
 * @param object which
 * @param before digest of its content before, unstamped; null when there was none, and for a Secret
 * @param after digest of its content after, unstamped; null when there is none, and for a Secret
 * @param error why it failed; empty when it was done
 */
public record RecordedChange(
        String action,
        ObjectKey object,
        @Nullable Digest before,
        @Nullable Digest after,
        String error) {

    /** Drops the digests of a Secret: of few possible values, a digest tells the value. */
    public RecordedChange {
        if (ReleaseArchive.isSecret(object)) {
            before = null;
            after = null;
        }
    }

    Map<String, @Nullable Object> tree() {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("action", action);
        map.put("object", object.toString());
        map.put("before", before == null ? null : before.value());
        map.put("after", after == null ? null : after.value());
        if (!error.isEmpty()) {
            map.put("error", error);
        }
        return map;
    }

    static RecordedChange of(Map<String, @Nullable Object> map) {
        String before = Tree.string(map, "before");
        String after = Tree.string(map, "after");
        return new RecordedChange(
                Tree.text(map, "action"),
                ObjectKey.parse(Tree.text(map, "object")),
                before == null ? null : new Digest(before),
                after == null ? null : new Digest(after),
                Tree.text(map, "error"));
    }
}
