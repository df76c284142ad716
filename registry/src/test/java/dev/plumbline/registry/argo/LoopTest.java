package dev.plumbline.registry.argo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sequences at the ends of what can be counted. */
class LoopTest {

    private static List<String> items(Map<String, Object> sequence) throws ArgoSyntaxException {
        return Loop.rounds(Map.of("withSequence", sequence)).stream()
                .map(round -> round.names().get("item"))
                .toList();
    }

    @Test
    void aSequenceMayEndWithTheLargestNumber() throws ArgoSyntaxException {
        assertEquals(
                List.of("9223372036854775806", "9223372036854775807"),
                items(Map.of("start", "9223372036854775806", "end", "9223372036854775807")));
        assertEquals(
                List.of("-9223372036854775807", "-9223372036854775808"),
                items(Map.of("start", "-9223372036854775807", "end", "-9223372036854775808")));
    }

    @ParameterizedTest
    @CsvSource({
        "-9223372036854775808, end, 9223372036854775807, at most",
        "0, end, -9223372036854775808, at most",
        "9223372036854775807, count, 9223372036854775807, at most",
        "9223372036854775807, count, 2, cannot count to"
    })
    void oneThatCannotBeCountedIsRefused(String start, String field, String last, String why) {
        String message = assertThrows(ArgoSyntaxException.class, () -> items(Map.of("start", start, field, last)))
                .getMessage();
        assertTrue(message.contains(why), message);
    }
}
