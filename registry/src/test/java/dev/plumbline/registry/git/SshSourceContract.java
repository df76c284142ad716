package dev.plumbline.registry.git;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.source.Credentials;
import dev.plumbline.registry.source.Credentials.Login;
import dev.plumbline.registry.source.Ref;
import dev.plumbline.registry.source.Secret;
import dev.plumbline.registry.source.SourceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a source over ssh does, whatever the server. */
abstract class SshSourceContract {

    @TempDir
    protected Path folder;

    private TestRepository work;
    private CommitId head;
    private SshKeys hostKey;
    private SshKeys userKey;
    private AutoCloseable server;
    private int port;

    /** A server on this machine that shows one host key and lets in one user key. */
    protected interface Server extends AutoCloseable {
        int port();
    }

    /** Starts a server; port 0 is any free one. */
    protected abstract Server start(SshKeys hostKey, SshKeys userKey, int port) throws Exception;

    @BeforeEach
    void makeAndStart() throws Exception {
        work = new TestRepository(folder.resolve("work"));
        head = work.write("a", "1").commit("first");
        hostKey = SshKeys.make(folder.resolve("keys/host"), "ed25519", "");
        userKey = SshKeys.make(folder.resolve("keys/user"), "ed25519", "");
        start(hostKey);
    }

    private void start(SshKeys host) throws Exception {
        Server started = start(host, userKey, port);
        server = started;
        port = started.port();
    }

    @AfterEach
    void stop() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    private String url() {
        return "ssh://" + System.getProperty("user.name") + "@localhost:" + port + work.folder() + "/.git";
    }

    private String pinned(SshKeys key) throws IOException {
        return "[localhost]:" + port + " " + key.publicKey();
    }

    private GitSource open(SshKeys key, @Nullable String passphrase, String knownHosts) throws Exception {
        Login login = new Login.SshKey(
                new Secret(key.privateKey()), passphrase == null ? null : new Secret(passphrase), knownHosts);
        return GitSource.open(url(), new Access(() -> new Credentials(login, null), false), folder.resolve("mirror"));
    }

    private SourceException refused(GitSource source) {
        SourceException refused = assertThrows(SourceException.class, () -> source.poll(new Ref.Branch("main")));
        assertTrue(refused.toString().contains("localhost:" + port), refused.toString());
        assertFalse(refused.toString().contains("PRIVATE KEY"), refused.toString());
        return refused;
    }

    @Test
    void theRightKeyEntersAServerWhoseKeyIsPinned() throws Exception {
        try (GitSource source = open(userKey, null, "# ours\n" + pinned(hostKey) + "\n")) {
            assertEquals(head, source.poll(new Ref.Branch("main")).commit());
            CommitId second = work.write("a", "2").commit("second");
            assertEquals(second, source.poll(new Ref.Branch("main")).commit());
        }
    }

    @Test
    void aServerThatIsNotPinnedIsRefusedWithItsFingerprint() throws Exception {
        SshKeys elsewhere = SshKeys.make(folder.resolve("keys/elsewhere"), "ed25519", "");
        try (GitSource source = open(userKey, null, "example.org " + elsewhere.publicKey())) {
            SourceException refused = refused(source);
            assertTrue(refused.toString().contains("no key of that host is pinned"), refused.toString());
            assertTrue(refused.toString().contains(hostKey.fingerprint()), refused.toString());
            assertFalse(refused.retryable());
        }
    }

    @Test
    void aServerWhoseKeyChangedIsRefusedWithBothFingerprints() throws Exception {
        try (GitSource source = open(userKey, null, pinned(hostKey))) {
            source.poll(new Ref.Branch("main"));
            server.close();
            SshKeys changed = SshKeys.make(folder.resolve("keys/changed"), "ed25519", "");
            start(changed);

            SourceException refused = refused(source);
            assertTrue(refused.toString().contains(hostKey.fingerprint()), refused.toString());
            assertTrue(refused.toString().contains(changed.fingerprint()), refused.toString());
            assertFalse(refused.retryable());
            assertTrue(source.repository().commit(head).isPresent());
        }
    }

    @Test
    void aRevokedHostKeyIsRefused() throws Exception {
        try (GitSource source = open(userKey, null, pinned(hostKey) + "\n@revoked * " + hostKey.publicKey())) {
            assertTrue(refused(source).toString().contains("revoked"));
        }
    }

    @Test
    void aKeyThatTheServerDoesNotKnowIsStated() throws Exception {
        SshKeys stranger = SshKeys.make(folder.resolve("keys/stranger"), "ed25519", "");
        try (GitSource source = open(stranger, null, pinned(hostKey))) {
            SourceException refused = refused(source);
            assertTrue(refused.toString().contains("does not accept the credentials"), refused.toString());
            assertTrue(refused.retryable(), "it may be renewed");
        }
    }

    @Test
    void keysOfOtherFormsAndWithAPassphraseEnter() throws Exception {
        server.close();
        userKey = SshKeys.make(folder.resolve("keys/rsa"), "rsa", "c0rrect horse", "-m", "PEM", "-b", "2048");
        start(hostKey);
        try (GitSource source = open(userKey, "c0rrect horse", pinned(hostKey))) {
            assertEquals(head, source.poll(new Ref.Branch("main")).commit());
        }
        try (GitSource source = open(userKey, "wrong", pinned(hostKey))) {
            SourceException refused = refused(source);
            assertTrue(refused.toString().contains("cannot be read with its passphrase"), refused.toString());
        }
    }

    @Test
    void whatIsMissingIsSaid() throws Exception {
        try (GitSource source =
                GitSource.open(url(), new Access(() -> Credentials.NONE, false), folder.resolve("mirror"))) {
            assertTrue(refused(source).toString().contains("private key and pinned host keys"));
        }
        try (GitSource source = open(userKey, null, "")) {
            assertTrue(refused(source).toString().contains("no host key that can be read"));
        }
    }

    @Test
    void aRepositoryThatIsNotThereIsSaid() throws Exception {
        Path gone = work.folder().resolveSibling("gone");
        Files.move(work.folder(), gone);
        try (GitSource source = open(userKey, null, pinned(hostKey))) {
            SourceException refused = refused(source);
            assertTrue(refused.toString().contains("no Git repository"), refused.toString());
        }
    }
}
