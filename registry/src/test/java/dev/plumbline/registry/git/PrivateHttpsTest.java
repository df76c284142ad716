package dev.plumbline.registry.git;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
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
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A private repository behind the real git http-backend, TLS by a private authority, and a token that can expire. */
class PrivateHttpsTest {

    private static final String TOKEN = "canary-t0ken";

    private static PrivateCa ca;
    private static PrivateCa otherCa;

    @TempDir
    private Path folder;

    private HttpBackend backend;
    private TestRepository work;
    private CommitId head;
    private volatile Credentials credentials;

    @BeforeAll
    static void makeAuthorities(@TempDir Path folder) throws Exception {
        Program.requires("openssl");
        ca = PrivateCa.make(folder.resolve("one"));
        otherCa = PrivateCa.make(folder.resolve("other"));
    }

    @BeforeEach
    void start() throws Exception {
        work = new TestRepository(folder.resolve("work"));
        head = work.write("a", "1").commit("first");
        backend = new HttpBackend(folder, ca.server());
        backend.ask("Bearer " + TOKEN);
        credentials = bearer(TOKEN, ca);
    }

    @AfterEach
    void stop() {
        backend.close();
    }

    private static Credentials bearer(String token, PrivateCa authority) {
        return new Credentials(new Login.Bearer(new Secret(token)), authority.bundle());
    }

    private GitSource open() throws SourceException {
        return GitSource.open(backend.url("work/.git"), new Access(() -> credentials, false), folder.resolve("mirror"));
    }

    private SourceException refused(GitSource source) {
        SourceException refused = assertThrows(SourceException.class, () -> source.poll(new Ref.RepositoryDefault()));
        for (Throwable cause = refused; cause != null; cause = cause.getCause()) {
            assertFalse(cause.toString().contains(TOKEN), cause.toString());
        }
        assertTrue(refused.toString().contains(source.url()), refused.toString());
        return refused;
    }

    @Test
    void aBearerTokenEnters() throws Exception {
        try (GitSource source = open()) {
            assertEquals(head, source.poll(new Ref.RepositoryDefault()).commit());
            assertEquals(Set.of("Bearer " + TOKEN), Set.copyOf(backend.authorizations()));
        }
    }

    @Test
    void aUserAndPasswordEnter() throws Exception {
        backend.ask("Basic " + Base64.getEncoder().encodeToString(("ada:" + TOKEN).getBytes(UTF_8)));
        credentials = new Credentials(new Login.Basic("ada", new Secret(TOKEN)), ca.bundle());
        try (GitSource source = open()) {
            assertEquals(head, source.poll().commits().get("refs/heads/main"));
        }
    }

    @Test
    void aTokenThatExpiresIsStatedAndANewOneIsUsedAtOnce() throws Exception {
        try (GitSource source = open()) {
            source.poll(new Ref.RepositoryDefault());
            backend.ask("Bearer the-next-one");
            SourceException expired = refused(source);
            assertTrue(expired.retryable());
            assertTrue(expired.toString().contains("does not accept the credentials"), expired.toString());
            assertEquals(
                    "1",
                    new String(
                            source.repository()
                                    .snapshot(head)
                                    .read(source.repository().snapshot(head).find("a")),
                            UTF_8));

            CommitId second = work.write("a", "2").commit("second");
            credentials = bearer("the-next-one", ca);
            assertEquals(second, source.poll(new Ref.RepositoryDefault()).commit());
        }
    }

    @Test
    void withoutCredentialsItIsSaidThatTheyAreMissing() throws Exception {
        credentials = new Credentials(new Login.Anonymous(), ca.bundle());
        try (GitSource source = open()) {
            SourceException refused = refused(source);
            assertTrue(refused.toString().contains("asks for credentials"), refused.toString());
        }
    }

    @Test
    void onlyTheGivenAuthorityIsTrusted() throws Exception {
        for (Credentials wrong :
                List.of(bearer(TOKEN, otherCa), new Credentials(new Login.Bearer(new Secret(TOKEN)), null))) {
            credentials = wrong;
            try (GitSource source = open()) {
                assertTrue(refused(source).toString().contains("TLS failed"));
            }
        }
        assertTrue(backend.authorizations().isEmpty(), "no request passed the handshake");
        credentials = bearer(TOKEN, ca);
        try (GitSource source = open()) {
            source.poll(new Ref.RepositoryDefault());
        }
    }

    @Test
    void whatCannotBeUsedIsRefusedByName() throws Exception {
        Map<String, Credentials> wrong = Map.of(
                "the token is empty", new Credentials(new Login.Bearer(new Secret(TOKEN + "\nX-Evil: 1")), null),
                "the user name is empty", new Credentials(new Login.Basic("", new Secret(TOKEN)), null),
                "the CA bundle", new Credentials(new Login.Anonymous(), "no certificate " + TOKEN),
                "an ssh key cannot enter", new Credentials(new Login.SshKey(new Secret(TOKEN), null, ""), null));
        for (Map.Entry<String, Credentials> each : wrong.entrySet()) {
            credentials = each.getValue();
            try (GitSource source = open()) {
                SourceException refused = refused(source);
                assertTrue(refused.toString().contains(each.getKey()), refused.toString());
                assertFalse(refused.retryable());
            }
        }
    }

    @Test
    void anotherServerNeverSeesTheToken() throws Exception {
        try (HttpBackend other = new HttpBackend(folder, ca.server());
                GitSource source = open()) {
            backend.redirect(other.url("").replaceAll("/$", ""));
            assertEquals(head, source.poll(new Ref.RepositoryDefault()).commit());
            assertEquals(Set.of(""), Set.copyOf(other.authorizations()));
        }
    }

    @Test
    void noSecretIsPrintedOrKept() throws Exception {
        try (GitSource source = open()) {
            source.poll();
        }
        assertFalse(credentials.toString().contains(TOKEN), credentials.toString());
        assertNowhere(folder.resolve("mirror"));
    }

    private static void assertNowhere(Path place) throws IOException {
        try (Stream<Path> files = Files.walk(place)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertFalse(new String(Files.readAllBytes(file), ISO_8859_1).contains(TOKEN), file.toString());
            }
        }
    }

    @Test
    void aLocalPathIsNotFollowedUnlessTheOperatorAllowsIt() throws Exception {
        for (String url :
                List.of(work.folder().toString(), work.folder().toUri().toString(), "file:///etc")) {
            SourceException refused = assertThrows(
                    SourceException.class,
                    () -> GitSource.open(url, new Access(() -> credentials, false), folder.resolve("other")));
            assertFalse(refused.retryable());
            assertTrue(refused.toString().contains("only https:// and ssh://"), refused.toString());
        }
        try (GitSource source = GitSource.open(
                work.folder().toString(), new Access(() -> Credentials.NONE, true), folder.resolve("other"))) {
            assertEquals(head, source.poll(new Ref.Branch("main")).commit());
        }
    }

    @Test
    void eachPartyHasAMirrorOfItsOwn() throws Exception {
        String url = "https://example.org/x.git";
        assertEquals(GitSource.mirrorName(url), GitSource.mirrorName(url, ""));
        assertEquals(
                3,
                Set.of(
                                GitSource.mirrorName(url),
                                GitSource.mirrorName(url, "team-a/git"),
                                GitSource.mirrorName(url, "team-b/git"))
                        .size());
    }
}
