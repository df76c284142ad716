package dev.plumbline.controller.local.runner;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Tells everything that works for one run to end, and ends its processes. */
final class RunSignal {

    private final CountDownLatch ended = new CountDownLatch(1);
    private final Set<StepProcess> processes = new HashSet<>();
    private volatile @Nullable String why;

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
