package dev.plumbline.controller.record;

import dev.plumbline.registry.model.SyncId;
import dev.plumbline.registry.run.ModelRecord;
import dev.plumbline.registry.run.Observation;
import dev.plumbline.registry.run.RunRecord;

/** Hears what the recorder sees. Called by one thread; must return soon. */
public interface RunEvents {

    /** A run was seen for the first time, before it ended. */
    void started(SyncId sync, Observation run);

    /** A run was recorded. Said once per run, or once more after a kill. */
    void recorded(RunRecord record);

    /** The log of runs of a sync has an entry that it may not have had before. Said again when something of that run was not done. */
    default void entered(SyncId sync) {}

    /** What the model registry said of a model of a recorded run, and that its tags are written where they may be. */
    void registered(RunRecord record, ModelRecord model);

    /** How something is, in words, where that is no failure: such as that there is no Argo in this cluster. Said again and again. */
    void state(String message);

    /** Something failed, in words; it is tried again unless the words say otherwise. */
    void trouble(String message);
}
