package dev.plumbline.controller.live;

import static org.junit.jupiter.api.Assertions.fail;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;

/** Waits for what a cluster does by itself. */
public final class Patience {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private Patience() {}

    /** Waits until a condition holds; fails the test when it does not within 30 s. */
    public static void until(Callable<Boolean> condition) throws Exception {
        Instant end = Instant.now().plus(LIMIT);
        while (!condition.call()) {
            if (Instant.now().isAfter(end)) {
                fail("it did not come within " + LIMIT);
            }
            Thread.sleep(50);
        }
    }
}
