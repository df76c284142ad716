package dev.plumbline.registry.finding;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a misspelt name was probably meant to be. */
class SpellingTest {

    private static final List<String> NAMES = List.of("container", "containerSet", "script", "image");

    @Test
    void findsTheNearestName() {
        assertEquals(Optional.of("container"), Spelling.nearest("contianer", NAMES));
        assertEquals(Optional.of("containerSet"), Spelling.nearest("containerSets", NAMES));
        assertEquals(Optional.of("image"), Spelling.nearest("imag", NAMES));
        assertEquals(Optional.of("script"), Spelling.nearest("srcipt", NAMES));
    }

    @Test
    void caseDoesNotCount() {
        assertEquals(Optional.of("containerSet"), Spelling.nearest("CONTAINERSET", NAMES));
    }

    @Test
    void findsNothingWhenNothingIsNear() {
        assertEquals(Optional.empty(), Spelling.nearest("volumes", NAMES));
        assertEquals(Optional.empty(), Spelling.nearest("image", List.of()));
        // Of three letters one may differ, not two.
        assertEquals(Optional.of("dog"), Spelling.nearest("dag", List.of("dog")));
        assertEquals(Optional.empty(), Spelling.nearest("dag", List.of("dot")));
    }

    @Test
    void twoSwappedNeighboursAreOneMistake() {
        assertEquals(Optional.of("dag"), Spelling.nearest("dga", List.of("dag")));
    }

    @Test
    void longNamesAreNotCompared() {
        String longName = "a".repeat(Spelling.MAX_LENGTH + 1);
        assertEquals(Optional.empty(), Spelling.nearest(longName + "b", List.of(longName)));
        assertEquals(
                Optional.of(longName),
                Spelling.nearest(longName.toUpperCase(java.util.Locale.ROOT), List.of(longName)));
    }

    @Test
    void theFirstOfTwoEquallyNearNamesIsTaken() {
        assertEquals(Optional.of("cat"), Spelling.nearest("bat", List.of("cat", "hat")));
    }
}
