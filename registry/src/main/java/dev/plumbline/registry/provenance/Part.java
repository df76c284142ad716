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
 */
record Part(String reference, Digest digest, Function<RenderedContent, @Nullable ObjectKey> holder) {}
