package dev.plumbline.controller.apply;

import org.jspecify.annotations.Nullable;

/**
 * How to delete.
 *
 * @param uid the uid that the object must have; null for any
 * @param resourceVersion the resourceVersion that it must have; null for any
 * @param orphan whether objects that it owns stay (they lose the owner reference) rather than go with it
 */
public record DeleteOptions(@Nullable String uid, @Nullable String resourceVersion, boolean orphan) {

    /** Exactly the object that was seen, with what it owns. */
    public static DeleteOptions exactly(String uid) {
        return new DeleteOptions(uid, null, false);
    }
}
