package dev.plumbline.registry.git;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.source.Ref;
import dev.plumbline.registry.source.SourceException;
import dev.plumbline.registry.source.Tip;
import dev.plumbline.registry.source.Verification;
import dev.plumbline.registry.source.Verification.Subject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Signatures by the real git with GnuPG. */
class OpenPgpSignatureTest {

    private Path folder;
    private Map<String, String> gnupg;
    private TestRepository work;
    private GitSource source;

    /** GnuPG's sockets have short names only. */
    @BeforeEach
    void make() throws Exception {
        Program.requires("gpg");
        folder = Files.createTempDirectory(
                Path.of("/tmp"),
                "pgp",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        gnupg = Map.of(
                "GNUPGHOME",
                Files.createDirectory(
                                folder.resolve("h"),
                                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")))
                        .toString());
        work = new TestRepository(folder.resolve("work"));
        source = GitSource.open(work.folder().toString(), folder.resolve("mirror"));
    }

    @AfterEach
    void remove() throws IOException {
        if (source == null) {
            return;
        }
        source.close();
        Program.run(folder, gnupg, "gpgconf", "--kill", "all");
        Mirror.delete(folder);
    }

    private String gpg(String... arguments) throws IOException {
        String[] command = new String[arguments.length + 6];
        System.arraycopy(new String[] {"gpg", "--batch", "--quiet", "--no-tty", "--passphrase", ""}, 0, command, 0, 6);
        System.arraycopy(arguments, 0, command, 6, arguments.length);
        return Program.run(folder, gnupg, command);
    }

    private void key(String user, String algorithm, String usage) throws IOException {
        gpg("--quick-gen-key", user, algorithm, usage, "never");
    }

    private String fingerprint(String user) throws IOException {
        return gpg("--with-colons", "--list-keys", user)
                .lines()
                .filter(line -> line.startsWith("fpr:"))
                .findFirst()
                .orElseThrow()
                .split(":", -1)[9];
    }

    private void commit(String user, String message) throws IOException {
        Program.run(
                work.folder(),
                gnupg,
                "git",
                "-c",
                "user.name=Ada",
                "-c",
                "user.email=ada@example.org",
                "-c",
                "gpg.format=openpgp",
                "commit",
                "-q",
                "--allow-empty",
                "-S" + user,
                "-m",
                message);
    }

    private Verification asks(String armored) {
        return new Verification(Subject.HEAD, "", armored);
    }

    private void assertRefused(Verification verification, String why) throws Exception {
        Tip tip = source.poll(new Ref.Branch("main"));
        SourceException refused = assertThrows(SourceException.class, () -> source.verify(tip, verification));
        assertTrue(refused.toString().contains(why), refused.toString());
        assertFalse(refused.retryable());
    }

    @Test
    void aCommitByAKeyOfTheRingCounts() throws Exception {
        key("ada@example.org", "ed25519", "sign");
        key("bob@example.org", "rsa2048", "sign");
        String both =
                gpg("--armor", "--export", "ada@example.org") + "\n" + gpg("--armor", "--export", "bob@example.org");
        for (String user : List.of("ada@example.org", "bob@example.org")) {
            commit(user, "by " + user);
            assertEquals(
                    List.of("OpenPGP signer " + user + " with key " + fingerprint(user)),
                    source.verify(source.poll(new Ref.Branch("main")), asks(both)));
        }
    }

    @Test
    void aSigningSubkeyCountsForItsPrimaryKey() throws Exception {
        key("ada@example.org", "ed25519", "cert");
        gpg("--quick-add-key", fingerprint("ada@example.org"), "ed25519", "sign", "never");
        commit("ada@example.org", "by a subkey");
        String ring = gpg("--armor", "--export", "ada@example.org");

        assertEquals(
                List.of("OpenPGP signer ada@example.org with key " + fingerprint("ada@example.org")),
                source.verify(source.poll(new Ref.Branch("main")), asks(ring)));
    }

    @Test
    void whoIsNotInTheRingIsRefused() throws Exception {
        key("ada@example.org", "ed25519", "sign");
        key("eve@example.org", "ed25519", "sign");
        String ada = gpg("--armor", "--export", "ada@example.org");
        commit("eve@example.org", "by another");
        assertRefused(asks(ada), "is not among the allowed ones");
        assertRefused(asks(""), "no OpenPGP keys are allowed");
        assertRefused(asks("no keys"), "the allowed OpenPGP keys");
        work.commit("plain");
        assertRefused(asks(ada), "is not signed");
    }

    @Test
    void aChangedCommitAndARevokedKeyAreRefused() throws Exception {
        key("ada@example.org", "ed25519", "sign");
        commit("ada@example.org", "first");
        String ada = gpg("--armor", "--export", "ada@example.org");
        String fingerprint = fingerprint("ada@example.org");
        Path revocation = folder.resolve("h/openpgp-revocs.d/" + fingerprint + ".rev");
        Files.writeString(revocation, Files.readString(revocation).replace(":-----BEGIN", "-----BEGIN"));
        gpg("--import", revocation.toString());
        assertRefused(asks(gpg("--armor", "--export", "ada@example.org")), "is revoked");

        String changed = work.git("cat-file", "commit", "HEAD").replace("first", "other") + "\n";
        Path file = Files.writeString(folder.resolve("changed"), changed);
        work.git("update-ref", "refs/heads/main", work.git("hash-object", "-t", "commit", "-w", file.toString()));
        assertRefused(asks(ada), "did not sign this content");
    }
}
