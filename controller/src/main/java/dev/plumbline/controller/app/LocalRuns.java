package dev.plumbline.controller.app;

import dev.plumbline.controller.local.cluster.EmbeddedCluster;
import dev.plumbline.controller.local.cron.CronWorkflows;
import dev.plumbline.controller.local.runner.RunEvent;
import dev.plumbline.controller.local.runner.Runner;
import dev.plumbline.controller.local.serving.Serving;
import dev.plumbline.controller.status.Notice.Kind;
import dev.plumbline.registry.s3.S3Buckets;
import java.io.IOException;
import java.time.InstantSource;
import java.util.function.BiConsumer;

/** What executes the runs of an embedded cluster: the runner of steps, what steps run in, the models that they deploy, and schedules. */
final class LocalRuns implements AutoCloseable {

    private static final InstantSource CLOCK = InstantSource.system();

    private final PythonSteps python;
    private final Runner runner;
    private final Serving serving;
    private final CronWorkflows crons;
    private final BiConsumer<Kind, String> say;

    /**
     * Nothing runs yet.
     *
     * @param python what steps run in; closed with this
     */
    LocalRuns(EmbeddedCluster cluster, DataFolder folder, PythonSteps python, BiConsumer<Kind, String> say) {
        this.python = python;
        this.say = say;
        this.runner = new Runner(cluster, cluster, folder.root(), python, new S3Buckets(), CLOCK, this::run);
        this.serving =
                new Serving(cluster, folder.resolve("serving"), python, CLOCK, text -> say.accept(Kind.INFO, text));
        this.crons = new CronWorkflows(cluster, cluster, CLOCK, text -> say.accept(Kind.INFO, text));
    }

    /**
     * Starts them.
     *
     * @param prepare whether the Python environment is made at once: better now than in the first run
     * @throws IOException when the data folder cannot be used
     */
    void start(boolean prepare) throws IOException {
        if (prepare) {
            var _ = python.begin();
        }
        runner.start();
        serving.start();
        crons.start();
    }

    Runner runner() {
        return runner;
    }

    /** Ends all steps and models; what they run in stays, because recorders ask MLflow. */
    void stop() {
        crons.close();
        runner.close();
        serving.close();
    }

    @Override
    public void close() {
        python.close();
    }

    private void run(RunEvent event) {
        if (event.node().isEmpty() && !event.phase().isEmpty()) {
            String message = event.message().isEmpty() ? "" : ": " + event.message();
            say.accept(Kind.RUN, event.workflow().name() + " " + event.phase() + message);
        } else if (event.phase().isEmpty()) {
            say.accept(Kind.INFO, event.workflow().display() + ": " + event.message());
        }
    }
}
