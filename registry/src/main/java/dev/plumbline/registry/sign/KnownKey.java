package dev.plumbline.registry.sign;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A key that may be believed.
 *
 * @param key the key
 * @param created since when it signs; null when unknown
 * @param retired since when it signs nothing more; null while it does, or when unknown
 */
public record KnownKey(
        VerificationKey key,
        @Nullable Instant created,
        @Nullable Instant retired) {

    /** A key of which nothing more is known. */
    public static KnownKey of(VerificationKey key) {
        return new KnownKey(key, null, null);
    }

    /** Whether it had been retired before a moment: what states that moment can then not be signed by it. */
    public boolean retiredBefore(Instant moment) {
        return retired != null && retired.isBefore(moment);
    }
}
