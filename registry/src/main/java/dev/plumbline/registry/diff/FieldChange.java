package dev.plumbline.registry.diff;

import org.jspecify.annotations.Nullable;

/**
 * A field that differs.
 *
 * @param field its path, as {@link Fields} writes it
 * @param kind what happened to it
 * @param before its value, see {@link Fields#of}; null where it was added, is null or is secret
 * @param after its value; null where it was removed, is null or is secret
 * @param secret whether its values are left out, because they must not be shown
 */
public record FieldChange(
        String field,
        Kind kind,
        @Nullable Object before,
        @Nullable Object after,
        boolean secret) {

    /** What happened to a field or an object. */
    public enum Kind {
        /** It is new. */
        ADDED,
        /** It is not there any more. */
        REMOVED,
        /** It is another. */
        CHANGED
    }
}
