package dev.plumbline.registry.diff;

import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.model.ObjectKey;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An object that differs.
 *
 * @param before the object as it was; null where it was added
 * @param after the object as it is; null where it was removed
 * @param fields what differs in it; empty unless it was changed
 */
public record ObjectChange(
        @Nullable Manifest before, @Nullable Manifest after, List<FieldChange> fields) {

    /** Keeps its own copy. */
    public ObjectChange {
        fields = List.copyOf(fields);
    }

    /** What happened to it. */
    public FieldChange.Kind kind() {
        return before == null
                ? FieldChange.Kind.ADDED
                : after == null ? FieldChange.Kind.REMOVED : FieldChange.Kind.CHANGED;
    }

    /** Its key: the later one where a name that holds a hash of the content changed. */
    public ObjectKey key() {
        return after == null ? Objects.requireNonNull(before).key() : after.key();
    }
}
