package dev.plumbline.registry.query;

import dev.plumbline.registry.run.ModelRecord;

/**
 * A model with the run that says it made it.
 *
 * @param run the run
 * @param model the model
 */
public record MadeModel(KnownRun run, ModelRecord model) {

    /** Whether the model registry agrees with the run. */
    public boolean agreed() {
        return model.registration() == ModelRecord.Registration.FOUND;
    }
}
