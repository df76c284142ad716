package dev.plumbline.controller.local.runner;

import dev.plumbline.registry.json.Tree;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Tells everything that works for one run to end, and ends its processes. */
final class RunSignal {

    private final CountDownLatch ended = new CountDownLatch(1);
    private final Set<StepProcess> processes = new HashSet<>();
    private volatile @Nullable String why;
    private volatile Map<String, @Nullable Object> seen = Map.of();

    /** Ends the run; processes are asked to end, then killed. */
    void end(String reason) {
        Set<StepProcess> running;
        synchronized (this) {
            if (why == null) {
                why = reason;
            }
            ended.countDown();
            running = new HashSet<>(processes);
        }
        running.forEach(StepProcess::terminate);
    }

    /** Takes up the Workflow as the cluster shows it. */
    void see(Map<String, @Nullable Object> workflow) {
        seen = workflow;
    }

    /** A node as the cluster shows it, with what others wrote of it; empty when it was not seen yet. */
    Map<String, @Nullable Object> node(String id) {
        return Tree.map(seen, "status", "nodes", id);
    }

    boolean isEnded() {
        return why != null;
    }

    /**
     * Goes on unless the run has to end.
     *
     * @throws RunEnded when it has
     */
    void check() {
        String reason = why;
        if (reason != null) {
            throw new RunEnded(reason);
        }
    }

    /**
     * Waits.
     *
     * @throws RunEnded when the run has to end meanwhile
     */
    void pause(Duration time) {
        try {
            ended.await(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RunEnded("interrupted");
        }
        check();
    }

    /**
     * Notes a process that has to end with the run.
     *
     * @throws RunEnded when the run has ended already; the process is then killed
     */
    void add(StepProcess process) {
        synchronized (this) {
            if (why == null) {
                processes.add(process);
                return;
            }
        }
        process.kill();
        check();
    }

    synchronized void remove(StepProcess process) {
        processes.remove(process);
    }
}
