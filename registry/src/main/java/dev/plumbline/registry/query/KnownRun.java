package dev.plumbline.registry.query;

import dev.plumbline.registry.model.SyncId;
import dev.plumbline.registry.run.ModelRecord;
import dev.plumbline.registry.run.RunEntry;
import java.util.List;

/**
 * A run as the log knows it, with what was learnt of its models since.
 *
 * @param sync the sync whose log it stands in
 * @param entry its entry
 * @param models its models, as known last
 */
public record KnownRun(SyncId sync, RunEntry entry, List<ModelRecord> models) {

    /** Keeps its own copy. */
    public KnownRun {
        models = List.copyOf(models);
    }

    /** Each of its models with it. */
    List<MadeModel> made() {
        return models.stream().map(model -> new MadeModel(this, model)).toList();
    }
}
