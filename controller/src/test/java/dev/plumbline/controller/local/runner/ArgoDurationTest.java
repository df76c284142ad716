package dev.plumbline.controller.local.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArgoDurationTest {

    @ParameterizedTest
    @CsvSource({"30, PT30S", "5s, PT5S", "1h30m, PT1H30M", "250ms, PT0.25S", "1.5s, PT1.5S", "1d, PT24H", "2m, PT2M"})
    void reads(String text, Duration expected) throws NodeProblem {
        assertEquals(expected, ArgoDuration.parse(text, "f"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "5x", "s", "-5s", "5 s", "{{inputs.parameters.t}}"})
    void refuses(String text) {
        assertThrows(NodeProblem.class, () -> ArgoDuration.parse(text, "f"));
    }

    @Test
    void absentIsNone() throws NodeProblem {
        assertNull(ArgoDuration.parse(null, "f"));
        assertNull(ArgoDuration.parse("", "f"));
    }
}
