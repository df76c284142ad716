package dev.plumbline.registry.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.JsonException;
import org.junit.jupiter.api.Test;

class CanonicalFormTest {

    @Test
    void ordersKeysAndKeepsListsInOrder() throws JsonException {
        assertEquals(
                "{\"a\":[2,1],\"b\":{\"c\":null,\"d\":true}}",
                canonical("{\"b\": {\"d\": true, \"c\": null}, \"a\": [2, 1]}"));
    }

    @Test
    void keepsWholeNumbersExactAtAnySize() throws JsonException {
        assertEquals(
                "[9007199254740993,123456789012345678901234567890]",
                canonical("[9007199254740993, 123456789012345678901234567890]"));
    }

    @Test
    void readsOnePointZeroAsOne() throws JsonException {
        assertEquals(canonical("[1]"), canonical("[1.0]"));
        assertEquals("[1.5]", canonical("[1.50]"));
    }

    @Test
    void hasAFixedDigest() throws JsonException {
        assertEquals(
                "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a",
                CanonicalForm.digest(Json.parse("{}")).value());
    }

    private static String canonical(String json) throws JsonException {
        return CanonicalForm.text(Json.parse(json));
    }
}
