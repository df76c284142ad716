package dev.plumbline.controller.app;

import dev.plumbline.controller.record.RunEvents;
import dev.plumbline.controller.status.Notice.Kind;
import dev.plumbline.registry.metrics.Metric;
import dev.plumbline.registry.metrics.Metrics;
import dev.plumbline.registry.model.RunId;
import dev.plumbline.registry.model.SyncId;
import dev.plumbline.registry.run.ModelRecord;
import dev.plumbline.registry.run.Observation;
import dev.plumbline.registry.run.RunRecord;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/** Says and counts what the recorder records. */
final class RunNotices implements RunEvents {

    private final BiConsumer<Kind, String> say;
    private final Metrics metrics;
    private final Set<RunId> recorded = ConcurrentHashMap.newKeySet();
    private final Set<String> troubles = ConcurrentHashMap.newKeySet();

    RunNotices(BiConsumer<Kind, String> say, Metrics metrics) {
        this.say = say;
        this.metrics = metrics;
    }

    @Override
    public void started(SyncId sync, Observation run) {
        // The runner says it already, and sooner.
    }

    @Override
    public void recorded(RunRecord run) {
        if (!recorded.add(run.id())) {
            return; // Its models are still being looked up; the run itself is no news.
        }
        metrics.count(Metric.RUNS, "phase", run.phase());
        metrics.count(Metric.VERDICTS, "verdict", run.judgement().verdict().name());
        say.accept(
                Kind.RUN,
                run.name() + " recorded: " + run.judgement().verdict()
                        + (run.judgement().commit() == null
                                ? ""
                                : " " + run.judgement().commit().abbreviated()));
        for (ModelRecord model : run.models()) {
            say.accept(Kind.MODEL, model.name() + ":" + model.version() + " was made by " + run.name());
        }
    }

    @Override
    public void registered(RunRecord run, ModelRecord model) {
        say.accept(Kind.MODEL, model.name() + ":" + model.version() + " is registered, and tagged with its commit");
    }

    @Override
    public void trouble(String message) {
        if (troubles.add(message)) {
            say.accept(Kind.FAILED, message);
        }
    }
}
