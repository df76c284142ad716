package dev.plumbline.controller.record;

import dev.plumbline.registry.model.SyncId;
import dev.plumbline.registry.run.ModelRecord;
import dev.plumbline.registry.run.Observation;
import dev.plumbline.registry.run.RunRecord;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what the recorder says, in order. */
final class HeardEvents implements RunEvents {

    final List<String> said = new CopyOnWriteArrayList<>();
    final List<RunRecord> records = new CopyOnWriteArrayList<>();

    @Override
    public void started(SyncId sync, Observation run) {
        said.add("started " + run.name());
    }

    @Override
    public void recorded(RunRecord record) {
        records.add(record);
        said.add("recorded " + record.name() + " " + record.judgement().verdict());
    }

    @Override
    public void registered(RunRecord record, ModelRecord model) {
        said.add("model " + model.name() + ":" + model.version() + " " + model.registration());
    }

    @Override
    public void state(String message) {
        said.add("state " + message);
    }

    @Override
    public void trouble(String message) {
        said.add("trouble " + message);
    }
}
