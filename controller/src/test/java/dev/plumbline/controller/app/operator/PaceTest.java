package dev.plumbline.controller.app.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {

    private static final long SECOND = 1_000_000_000;

    private final Pace pace = new Pace(Duration.ofSeconds(1), 10);

    @Test
    void fewWaitAMomentOnly() {
        assertEquals(6 * SECOND, pace.turn(5 * SECOND));
        assertEquals(9 * SECOND, pace.turn(8 * SECOND));
    }

    @Test
    void manyHaveTheirTurnsOneAfterTheOther() {
        for (int i = 0; i < 500; i++) {
            assertEquals(SECOND + i * SECOND / 10, pace.turn(0));
        }
        assertEquals(102 * SECOND, pace.turn(101 * SECOND), "a crowd that is told leaves nothing behind");
    }
}
