package dev.plumbline.registry.finding;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SuggestionTest {

    @Test
    void findsASlipOfTheFingers() {
        assertEquals(Optional.of("prepare"), Suggestion.closest("perpare", List.of("train", "prepare")));
        assertEquals(Optional.of("train"), Suggestion.closest("trian", List.of("train", "prepare")));
    }

    @Test
    void prefersWhatAPrefixOrSuffixTellsApart() {
        assertEquals(Optional.of("dev-train"), Suggestion.closest("train", List.of("brain", "dev-train")));
        assertEquals(Optional.of("steps-7c9tk2"), Suggestion.closest("steps", List.of("stops", "steps-7c9tk2")));
    }

    @Test
    void doesNotGuessWildly() {
        assertEquals(Optional.empty(), Suggestion.closest("train", List.of("deploy", "report")));
        assertEquals("there is 'deploy', 'report'", Suggestion.instead("train", List.of("report", "deploy"), "task"));
        assertEquals("there is no task here", Suggestion.instead("train", List.of(), "task"));
    }
}
