package dev.plumbline.controller.app;

import dev.plumbline.controller.record.RunEvents;
import dev.plumbline.controller.status.Notice.Kind;
import dev.plumbline.registry.metrics.Metric;
import dev.plumbline.registry.metrics.Metrics;
import dev.plumbline.registry.model.Recent;
import dev.plumbline.registry.model.RunId;
import dev.plumbline.registry.model.SyncId;
import dev.plumbline.registry.run.ModelRecord;
import dev.plumbline.registry.run.Observation;
import dev.plumbline.registry.run.RunRecord;
import org.jspecify.annotations.Nullable;

/** Says and counts what the recorder records. */
public final class RunNotices implements RunEvents {

    /** What was said last is not said again. */
    private static final int MAX_REMEMBERED = 10_000;

    private final Listener say;
    private final Metrics metrics;
    private final Recent<RunId, Boolean> recorded = new Recent<>(MAX_REMEMBERED);
    private final Recent<String, Boolean> said = new Recent<>(MAX_REMEMBERED);

    /** Hears what happens. */
    @FunctionalInterface
    public interface Listener {

        /** Something happened, with the run that it is about; null when it is about none. */
        void accept(Kind kind, @Nullable RunRecord run, String text);
    }

    /** Says what happens by kind and in words. */
    public RunNotices(Listener say, Metrics metrics) {
        this.say = say;
        this.metrics = metrics;
    }

    @Override
    public void started(SyncId sync, Observation run) {
        // The runner says it already, and sooner.
    }

    @Override
    public void recorded(RunRecord run) {
        if (recorded.get(run.id()) != null) {
            return; // Its models are still being looked up; the run itself is no news.
        }
        recorded.put(run.id(), true);
        metrics.count(Metric.RUNS, "phase", run.phase());
        metrics.count(Metric.VERDICTS, "verdict", run.judgement().verdict().name());
        say.accept(
                Kind.RUN,
                run,
                run.name() + " recorded: " + run.judgement().verdict()
                        + (run.judgement().commit() == null
                                ? ""
                                : " " + run.judgement().commit().abbreviated()));
        for (ModelRecord model : run.models()) {
            say.accept(Kind.MODEL, run, model.name() + ":" + model.version() + " was made by " + run.name());
        }
    }

    @Override
    public void registered(RunRecord run, ModelRecord model) {
        say.accept(
                Kind.MODEL, run, model.name() + ":" + model.version() + " is registered, and tagged with its commit");
    }

    @Override
    public void state(String message) {
        once(Kind.INFO, message);
    }

    @Override
    public void trouble(String message) {
        once(Kind.FAILED, message);
    }

    private void once(Kind kind, String message) {
        if (said.get(message) == null) {
            said.put(message, true);
            say.accept(kind, null, message);
        }
    }
}
