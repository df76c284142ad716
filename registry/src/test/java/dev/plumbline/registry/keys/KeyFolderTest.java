package dev.plumbline.registry.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.sign.KnownKey;
import dev.plumbline.registry.sign.SignException;
import dev.plumbline.registry.sign.Signer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFolderTest {

    private static final Instant NOW = Instant.parse("2026-11-26T10:00:00Z");
    private static final byte[] MESSAGE = "message".getBytes(StandardCharsets.UTF_8);

    private final Path folder;
    private final KeyFolder keys;

    KeyFolderTest(@TempDir Path root) {
        folder = root.resolve("deep/keys");
        keys = new KeyFolder(folder);
    }

    @Test
    void whatAKeySignedIsVerifiedAndNothingElse() throws SignException {
        KnownKey made = keys.create(NOW);
        Signer.Signed signed = new FolderSigner(keys).sign(MESSAGE);
        assertEquals(made.key(), signed.key());
        assertTrue(made.key().verifies(MESSAGE, signed.signature()));
        assertFalse(made.key().verifies("massage".getBytes(StandardCharsets.UTF_8), signed.signature()));
        for (int i = 0; i < signed.signature().length; i++) {
            byte[] flipped = signed.signature().clone();
            flipped[i] ^= 1;
            assertFalse(made.key().verifies(MESSAGE, flipped), "byte " + i);
        }
    }

    @Test
    void afterARotationTheOldKeyVerifiesWhatItSignedAndSignsNothing() throws SignException, IOException {
        KnownKey old = keys.create(NOW);
        byte[] before = new FolderSigner(keys).sign(MESSAGE).signature();
        KnownKey next = keys.rotate(NOW.plusSeconds(60));
        List<KnownKey> known = keys.keyring().keys();
        assertEquals(
                List.of(old.key(), next.key()),
                known.stream().map(KnownKey::key).toList());
        assertEquals(NOW.plusSeconds(60), known.getFirst().retired());
        assertTrue(known.getFirst().key().verifies(MESSAGE, before));
        assertEquals(next.key(), new FolderSigner(keys).sign(MESSAGE).key());
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(
                    1, files.filter(file -> file.toString().endsWith(".key")).count(), "one private half");
        }
    }

    @Test
    void onlyTheOwnerReadsAPrivateKey() throws SignException, IOException {
        KnownKey made = keys.create(NOW);
        Path file = keys.privateFile(made.key());
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        SignException refused = assertThrows(SignException.class, () -> new FolderSigner(keys).sign(MESSAGE));
        assertTrue(String.valueOf(refused.getMessage()).contains("chmod 600"), refused.getMessage());
        assertFalse(String.valueOf(refused.getMessage()).contains("BEGIN"));
    }

    @Test
    void aFirstKeyIsMadeOnceAndAMissingOneIsNamed() throws SignException {
        assertTrue(assertThrows(SignException.class, () -> new FolderSigner(keys).sign(MESSAGE))
                .getMessage()
                .contains("plumbline keys create"));
        assertThrows(SignException.class, () -> keys.rotate(NOW));
        KnownKey made = keys.ensure(NOW);
        assertEquals(made, keys.ensure(NOW.plusSeconds(1)));
        assertThrows(SignException.class, () -> keys.create(NOW));
    }

    @Test
    void aDamagedListIsNoReasonToMakeAnother() throws SignException, IOException {
        keys.create(NOW);
        Files.writeString(folder.resolve("keys.json"), "{}");
        assertThrows(SignException.class, () -> keys.ensure(NOW));
        assertThrows(SignException.class, keys::keyring);
    }
}
