package dev.plumbline.controller.local.runner;

import dev.plumbline.controller.apply.ClusterWriter;
import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.live.ClusterReader;
import dev.plumbline.controller.live.WatchListener;
import dev.plumbline.controller.local.watch.KindWatch;
import dev.plumbline.registry.argo.ArgoKinds;
import dev.plumbline.registry.artifacts.Buckets;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.manifest.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Executes the Workflows of a cluster as local processes: each one that is not finished, in a thread of its own, from its
 * start or from where an earlier runner left it. State is in the Workflow's status, so that nothing that succeeded runs twice.
 *
 * <p>A step that ran while a JVM was killed is ended by the next start and becomes Error, which a retry strategy may repeat.
 */
public final class Runner implements AutoCloseable {

    /** How long {@link #close()} waits for steps to end; they are killed after {@link StepProcess#GRACE}. */
    private static final Duration PATIENCE = StepProcess.GRACE.plusSeconds(5);

    /** Pause between two attempts while the cluster is away. */
    private static final Duration AWAY = Duration.ofSeconds(1);

    private final Doors doors;
    private final Map<String, Active> active = new HashMap<>();
    private final KindWatch watch;
    private final ArtifactCollector collector;
    private boolean closed;

    /**
     * What a runner works with.
     *
     * @param reader the cluster, to read
     * @param writer the cluster, to write
     * @param folder where files go
     * @param environment where programs come from
     * @param buckets where artifacts are kept that have a place of their own
     * @param clock time
     * @param events who is told
     * @param locks mutexes and semaphores of all runs
     */
    record Doors(
            ClusterReader reader,
            ClusterWriter writer,
            RunFolder folder,
            StepEnvironment environment,
            Buckets buckets,
            InstantSource clock,
            Consumer<RunEvent> events,
            Locks locks) {}

    private record Active(RunSignal signal, Thread thread) {}

    /**
     * A runner; nothing happens before {@link #start()}.
     *
     * @param dataFolder where logs, artifacts, volumes and private folders of steps are
     * @param buckets opens the buckets of artifacts that a Workflow, or its artifact repository, keeps elsewhere
     * @param events is told what happens, by many threads; it must not block
     */
    public Runner(
            ClusterReader reader,
            ClusterWriter writer,
            Path dataFolder,
            StepEnvironment environment,
            Buckets buckets,
            InstantSource clock,
            Consumer<RunEvent> events) {
        // Paths end up in command lines of steps, whose working directory is another.
        this.doors = new Doors(
                reader,
                writer,
                new RunFolder(dataFolder.toAbsolutePath().normalize()),
                environment,
                buckets,
                clock,
                events,
                new Locks());
        this.collector = new ArtifactCollector(doors);
        this.watch = new KindWatch(reader, ArgoKinds.GROUP, ArgoKinds.WORKFLOW, this::workflow);
    }

    /**
     * Ends what an earlier runner on this data folder left running, then goes on with every Workflow that is not finished and
     * watches for new ones. Returns at once.
     *
     * @throws IOException when the data folder cannot be used
     */
    public void start() throws IOException {
        Files.createDirectories(doors.folder().children());
        int killed = ChildRecord.reap(doors.folder().children());
        if (killed > 0) {
            log(System.Logger.Level.WARNING, "ended " + killed + " processes that an earlier runner left");
        }
        watch.start();
    }

    /** Ends all steps and waits for that. Runs that were going on go on at the next start. May be called more than once. */
    @Override
    public void close() {
        List<Active> running;
        synchronized (this) {
            closed = true;
            running = new ArrayList<>(active.values());
        }
        watch.close();
        collector.close();
        running.forEach(run -> run.signal().end("the runner stops"));
        long end = System.nanoTime() + PATIENCE.toNanos();
        for (Active run : running) {
            try {
                if (!run.thread().join(Duration.ofNanos(Math.max(1, end - System.nanoTime())))) {
                    log(System.Logger.Level.WARNING, run.thread().getName() + " did not end in time");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** The log of a node, which may not exist yet: standard output and error in one, readable while it runs. */
    public Path log(String workflowUid, String nodeId) {
        return doors.folder().log(workflowUid, nodeId);
    }

    private void workflow(WatchListener.Type type, Map<String, @Nullable Object> object) {
        String uid = Tree.text(object, "metadata", "uid");
        boolean gone = type == WatchListener.Type.DELETED || Tree.at(object, "metadata", "deletionTimestamp") != null;
        synchronized (this) {
            Active run = active.get(uid);
            if (gone && run != null) {
                run.signal().end("the Workflow was deleted");
            } else if (gone || (run == null && WorkflowRun.isFinal(object))) {
                collector.see(object);
            } else if (run != null) {
                run.signal().see(object);
            } else if (!closed && !uid.isEmpty()) {
                RunSignal signal = new RunSignal();
                Thread thread = Thread.ofVirtual()
                        .name("run " + Manifest.keyOf(object).name())
                        .unstarted(() -> run(uid, object, signal));
                active.put(uid, new Active(signal, thread));
                thread.start();
            }
        }
    }

    private void run(String uid, Map<String, @Nullable Object> seen, RunSignal signal) {
        try {
            // What was seen may be older than what another thread has written since.
            Optional<Map<String, @Nullable Object>> now = current(seen, signal);
            if (now.isPresent()
                    && uid.equals(Tree.text(now.get(), "metadata", "uid"))
                    && !WorkflowRun.isFinal(now.get())) {
                signal.see(now.get());
                RunStatus status = new RunStatus(doors.writer(), doors.clock(), signal, now.get());
                new WorkflowRun(doors, signal, status, now.get()).run();
            }
        } catch (ClusterException e) {
            log(System.Logger.Level.WARNING, "cannot read " + Manifest.keyOf(seen) + ": " + e.getMessage());
        } catch (RunEnded e) {
            log(System.Logger.Level.DEBUG, Manifest.keyOf(seen) + " was not begun: " + e.getMessage());
        } finally {
            synchronized (this) {
                active.remove(uid);
            }
            // What was seen of it while it was active was not for the collector.
            collect(seen);
        }
    }

    private void collect(Map<String, @Nullable Object> seen) {
        try {
            doors.reader().get(Manifest.keyOf(seen)).ifPresent(collector::see);
        } catch (ClusterException e) {
            log(System.Logger.Level.WARNING, "cannot read " + Manifest.keyOf(seen) + ": " + e.getMessage());
        }
    }

    private Optional<Map<String, @Nullable Object>> current(Map<String, @Nullable Object> seen, RunSignal signal)
            throws ClusterException {
        while (true) {
            try {
                return doors.reader().get(Manifest.keyOf(seen));
            } catch (ClusterException e) {
                if (!e.retryable()) {
                    throw e;
                }
                signal.pause(AWAY);
            }
        }
    }

    private static void log(System.Logger.Level level, String message) {
        System.getLogger(Runner.class.getName()).log(level, message);
    }
}
