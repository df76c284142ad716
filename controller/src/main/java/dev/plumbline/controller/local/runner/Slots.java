package dev.plumbline.controller.local.runner;

import dev.plumbline.registry.argo.ArgoText;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** How many things of a run, or of one template, may go on at once: {@code parallelism}. */
final class Slots {

    private static final Duration POLL = Duration.ofMillis(20);

    private final @Nullable Semaphore free;

    private Slots(@Nullable Semaphore free) {
        this.free = free;
    }

    /**
     * As many as a {@code parallelism} says; no bound for null.
     *
     * @throws NodeProblem when it is no number from 1 on
     */
    static Slots of(@Nullable Object parallelism) throws NodeProblem {
        String text = ArgoText.of(parallelism);
        if (text == null) {
            return new Slots(null);
        }
        if (!text.matches("[1-9][0-9]{0,8}")) {
            throw new NodeProblem("parallelism '" + text + "' is no number from 1 on");
        }
        return new Slots(new Semaphore(Integer.parseInt(text), true));
    }

    /** Takes one, when it is free. */
    void take(RunSignal signal) {
        if (free != null) {
            while (!free.tryAcquire()) {
                signal.pause(POLL);
            }
        }
    }

    void giveBack() {
        if (free != null) {
            free.release();
        }
    }
}
