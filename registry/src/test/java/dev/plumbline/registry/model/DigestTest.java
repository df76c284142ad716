package dev.plumbline.registry.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class DigestTest {

    @Test
    void onlyTheWrittenFormIsADigest() {
        Digest digest = Digest.of("content");
        assertTrue(Digest.is(digest.value()));
        assertEquals(digest, new Digest(digest.value()));
        for (String other : List.of(
                "",
                "sha256:",
                digest.hex(),
                digest.value().toUpperCase(java.util.Locale.ROOT),
                digest.value() + "0",
                digest.value() + "\n",
                " " + digest.value(),
                "sha512:" + digest.hex())) {
            assertFalse(Digest.is(other), other);
            assertThrows(IllegalArgumentException.class, () -> new Digest(other), other);
        }
    }
}
