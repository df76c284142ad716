package dev.plumbline.controller.status;

import dev.plumbline.controller.spec.Reason;
import dev.plumbline.registry.model.Digest;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Why a sync does not go on.
 *
 * @param reason what sort of wait it is
 * @param message why, in words
 * @param until when it ends by itself; null when a signal or a person ends it
 * @param confirmation digest of deletions that a person may confirm; null when it waits for something else
 */
public record Wait(
        Reason reason,
        String message,
        @Nullable Instant until,
        @Nullable Digest confirmation) {

    /** A wait that a signal or a person ends. */
    public static Wait of(Reason reason, String message) {
        return new Wait(reason, message, null, null);
    }
}
