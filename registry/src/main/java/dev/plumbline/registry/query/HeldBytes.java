package dev.plumbline.registry.query;

import dev.plumbline.registry.run.ModelRecord;
import org.jspecify.annotations.Nullable;

/**
 * What bytes of a digest are.
 *
 * @param run the newest run to which they belong
 * @param model the model whose bytes they are, or one of whose files; null when they are the record of the run
 */
public record HeldBytes(KnownRun run, @Nullable ModelRecord model) {}
