package dev.plumbline.controller.apply;

import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.live.ClusterException.Reason;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** Tries calls again that may be repeated and that failed for a reason that passes by itself. */
final class Retry {

    /** How often an unreachable or busy API server is asked in one apply. */
    private static final int ATTEMPTS = 4;

    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);

    /** How often a kind is asked for that was defined in the same apply; with the pause below, 6 s in all. */
    private static final int DISCOVERY_ATTEMPTS = 24;

    private static final Duration DISCOVERY_PAUSE = Duration.ofMillis(250);

    private final Pause pause;
    private final BooleanSupplier cancelled;

    Retry(Pause pause, BooleanSupplier cancelled) {
        this.pause = pause;
        this.cancelled = cancelled;
    }

    /**
     * Calls until it succeeds, fails for good, or was tried often enough.
     *
     * @param defined whether the kind was defined in the same apply, so that the server may not serve it yet
     */
    <T> T call(InFlight.Call<T> call, boolean defined) throws ClusterException {
        Predicate<ClusterException> young = e -> defined && e.reason() == Reason.UNSUPPORTED;
        int failures = 0;
        int unknown = 0;
        while (true) {
            try {
                return call.call();
            } catch (ClusterException e) {
                boolean again = young.test(e) ? ++unknown < DISCOVERY_ATTEMPTS : e.retryable() && ++failures < ATTEMPTS;
                if (!again || cancelled.getAsBoolean()) {
                    throw e;
                }
                wait(young.test(e) ? DISCOVERY_PAUSE : FIRST_PAUSE.multipliedBy(1L << (failures - 1)), e);
            }
        }
    }

    private void wait(Duration time, ClusterException why) throws ClusterException {
        try {
            pause.last(time);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw why;
        }
    }
}
