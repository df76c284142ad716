package dev.plumbline.registry.evidence;

import dev.plumbline.registry.run.ModelRecord;
import dev.plumbline.registry.run.RunEntry;
import org.jspecify.annotations.Nullable;

/**
 * A model that a recorded run says it made.
 *
 * @param sync the sync of the run
 * @param entry the run, as its newest entry in the log says
 * @param index place of the model among those of the run
 * @param evidence the evidence about the run; null when there is none
 */
public record FoundModel(
        StoredSync sync,
        RunEntry entry,
        int index,
        @Nullable RunEvidence evidence) {

    /** What the log says of it. */
    public ModelRecord said() {
        return entry.models().get(index);
    }

    /** Its name and version. */
    public String name() {
        var model = said();
        return model.name() + (model.version().isEmpty() ? "" : ":" + model.version());
    }

    /** Whether a model registry is still to say whose it is. */
    boolean awaited() {
        return evidence != null && evidence.awaited() && !said().version().isEmpty();
    }

    /** The evidence about this model; null when there is none. */
    public @Nullable ModelEvidence model() {
        return evidence == null || index >= evidence.models().size()
                ? null
                : evidence.models().get(index);
    }
}
