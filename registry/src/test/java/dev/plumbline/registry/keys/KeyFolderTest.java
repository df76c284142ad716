package dev.plumbline.registry.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.plumbline.registry.sign.KnownKey;
import dev.plumbline.registry.sign.SignException;
import dev.plumbline.registry.sign.Signer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
        KnownKey next = keys.rotate(InstantSource.fixed(NOW.plusSeconds(60)), Duration.ZERO);
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
    void whatWasSignedWhileTheKeyWasRotatedIsNotTakenForSignedAfterwards() throws SignException {
        KnownKey old = keys.create(NOW);
        List<Instant> stated = new ArrayList<>();
        Instant[] time = {NOW};
        InstantSource clock = () -> {
            // Whoever asks for the time is kept waiting, while others sign and state the time of then.
            time[0] = time[0].plusSeconds(10);
            if (newestIs(old)) {
                stated.add(time[0].plusSeconds(5));
            }
            time[0] = time[0].plusSeconds(10);
            return time[0];
        };
        keys.rotate(clock, Duration.ZERO);
        KnownKey retired = keys.keyring().keys().getFirst();
        assertFalse(stated.isEmpty(), "the old key signed meanwhile");
        stated.forEach(moment -> assertFalse(retired.retiredBefore(moment), moment + " " + retired.retired()));
        assertTrue(retired.retiredBefore(time[0].plusSeconds(1)));
    }

    @Test
    void copiesOfAnOldKeyMaySignAWhileLonger() throws SignException {
        keys.create(NOW);
        keys.rotate(InstantSource.fixed(NOW), Duration.ofMinutes(10));
        assertEquals(NOW.plusSeconds(600), keys.keyring().keys().getFirst().retired());
    }

    @Test
    void aMountWithoutASecretIsNotReadyAndAMissingOneIsAnError() throws SignException, IOException {
        Signer signer = FolderSigner.onceThere(keys);
        assertThrows(SignException.class, signer::ready);
        Files.createDirectories(folder);
        assertFalse(signer.ready());
        keys.create(NOW);
        assertTrue(signer.ready());
        assertTrue(
                new FolderSigner(new KeyFolder(folder.resolve("none"))).ready(),
                "who must sign is told so when it signs");
    }

    @ParameterizedTest
    @CsvSource({
        "rw-------, true, true",
        "r--------, true, true",
        "r--r-----, true, false",
        "r--r-----, false, true",
        "rw-r-----, false, true",
        "rw-rw----, false, false",
        "r--r--r--, false, false",
        "rw----r--, true, false",
        "rw-----w-, true, false"
    })
    void aGroupReadsAKeyOnlyWhereItBelongsToAnotherUserAsInASecretsVolume(
            String permissions, boolean own, boolean narrow) {
        assertEquals(narrow, new KeyFileRights(PosixFilePermissions.fromString(permissions), own).narrow());
    }

    @Test
    void aKeyIsReadThroughTheLinksOfAMountedSecret() throws Exception {
        KnownKey made = keys.create(NOW);
        Path data = Files.createDirectory(folder.resolve("..data"));
        Path file = keys.privateFile(made.key());
        Files.move(file, data.resolve(file.getFileName()));
        Files.createSymbolicLink(file, Path.of("..data").resolve(file.getFileName()));
        assertEquals(made.key(), new FolderSigner(keys).sign(MESSAGE).key());
        Files.setPosixFilePermissions(data.resolve(file.getFileName()), PosixFilePermissions.fromString("r--r-----"));
        assumeTrue(Files.exists(Path.of("/proc/self")), "whose a file is can be told");
        assertThrows(SignException.class, () -> new FolderSigner(keys).sign(MESSAGE), "this user's own");
        assumeTrue("root".equals(System.getProperty("user.name")), "only root gives files away");
        Files.setAttribute(data.resolve(file.getFileName()), "unix:uid", 65_532);
        assertEquals(made.key(), new FolderSigner(keys).sign(MESSAGE).key());
    }

    private boolean newestIs(KnownKey key) {
        try {
            return keys.keyring().keys().getLast().key().equals(key.key());
        } catch (SignException e) {
            throw new AssertionError(e);
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
        assertThrows(SignException.class, () -> keys.rotate(InstantSource.fixed(NOW), Duration.ZERO));
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
