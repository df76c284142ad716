package dev.plumbline.registry.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OverlayPathTest {

    @ParameterizedTest
    @CsvSource({
        ".,''",
        "'',''",
        "./,''",
        "overlays/dev,overlays/dev",
        "./overlays//dev/,overlays/dev",
        "a/./b,a/b",
        "..a,..a"
    })
    void isCleaned(String written, String path) {
        assertEquals(Optional.of(path), OverlayPath.of(written));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/etc", "/", "..", "a/../b", "../a"})
    void leadsNowhereElse(String written) {
        assertEquals(Optional.empty(), OverlayPath.of(written));
    }
}
