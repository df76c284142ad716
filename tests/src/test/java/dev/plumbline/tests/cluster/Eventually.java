package dev.plumbline.tests.cluster;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.controller.live.ClusterException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;

/** Waits for what a server does in its own time. */
final class Eventually {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private Eventually() {}

    /** Fails when a condition does not hold in time; a refusal of the cluster counts as not yet. */
    static void holds(Callable<Boolean> condition) throws Exception {
        Instant end = Instant.now().plus(PATIENCE);
        while (true) {
            try {
                if (condition.call()) {
                    return;
                }
            } catch (ClusterException e) {
                if (Instant.now().isAfter(end)) {
                    throw e;
                }
            }
            assertTrue(Instant.now().isBefore(end), "it did not happen in time");
            Thread.sleep(200);
        }
    }
}
