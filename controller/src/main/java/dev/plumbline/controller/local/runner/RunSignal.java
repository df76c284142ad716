package dev.plumbline.controller.local.runner;

import dev.plumbline.registry.json.Tree;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Tells everything that works for one run to end, and ends its processes. */
final class RunSignal {

    private final CountDownLatch ended = new CountDownLatch(1);
    private final CountDownLatch told = new CountDownLatch(1);
    private final Map<StepProcess, Boolean> processes = new HashMap<>();
    private volatile @Nullable String why;
    private volatile Map<String, @Nullable Object> seen = Map.of();
    private volatile String shutdown = "";

    /** Ends the run; processes are asked to end, then killed. */
    void end(String reason) {
        Set<StepProcess> running;
        synchronized (this) {
            if (why == null) {
                why = reason;
            }
            ended.countDown();
            told.countDown();
            running = new HashSet<>(processes.keySet());
        }
        running.forEach(StepProcess::terminate);
    }

    /** Takes up the Workflow as the cluster shows it; where it is to be stopped, the processes that this concerns are asked to end. */
    void see(Map<String, @Nullable Object> workflow) {
        seen = workflow;
        String strategy = Tree.text(workflow, "spec", "shutdown");
        if (strategy.equals(shutdown)) {
            return;
        }
        List<StepProcess> stopped;
        synchronized (this) {
            shutdown = strategy;
            stopped = processes.entrySet().stream()
                    .filter(one -> shutdown(one.getValue()) != null)
                    .map(Map.Entry::getKey)
                    .toList();
        }
        told.countDown();
        stopped.forEach(StepProcess::terminate);
    }

    /**
     * How the run is to be stopped; null when it is not.
     *
     * @param exit whether it is asked for an exit handler, which only {@code Terminate} concerns
     */
    @Nullable
    String shutdown(boolean exit) {
        String strategy = shutdown;
        return strategy.isEmpty() || (exit && !strategy.equals("Terminate")) ? null : strategy;
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
        await(ended, time);
    }

    /**
     * Waits, or until the run is to be stopped.
     *
     * @param exit whether an exit handler waits
     * @throws RunEnded when the run has to end meanwhile
     */
    void rest(Duration time, boolean exit) {
        await(exit ? ended : told, time);
    }

    private void await(CountDownLatch latch, Duration time) {
        try {
            latch.await(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RunEnded("interrupted");
        }
        check();
    }

    /**
     * Notes a process that has to end with the run.
     *
     * @param exit whether it belongs to an exit handler
     * @throws RunEnded when the run has ended already; the process is then killed, as where it is to be stopped
     */
    void add(StepProcess process, boolean exit) {
        synchronized (this) {
            if (why == null) {
                processes.put(process, exit);
                if (shutdown(exit) == null) {
                    return;
                }
            }
        }
        process.kill();
        check();
    }

    synchronized void remove(StepProcess process) {
        processes.remove(process);
    }
}
