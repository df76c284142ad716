package dev.plumbline.registry.provenance;

import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.model.ObjectKey;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One part of what a run executed.
 *
 * @param reference what the run calls it
 * @param digest digest of its content
 * @param holder the plain key of the object of a content that holds it; null when none does
 * @param possible the same for what may hold it, if values that cannot be computed again were what stands in it; null where
 *     everything can be computed
 */
record Part(
        String reference,
        Digest digest,
        Function<RenderedContent, @Nullable ObjectKey> holder,
        @Nullable Function<RenderedContent, @Nullable ObjectKey> possible) {

    /** A part of which everything can be computed. */
    Part(String reference, Digest digest, Function<RenderedContent, @Nullable ObjectKey> holder) {
        this(reference, digest, holder, null);
    }

    /** The same part, held by what may hold it; null where it has no such. */
    @Nullable
    Part asPossible() {
        return possible == null ? null : new Part(reference, digest, possible);
    }
}
