package dev.plumbline.registry.git;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.source.Source;
import dev.plumbline.registry.source.SourceContract;
import dev.plumbline.registry.source.SourceException;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A repository behind the real git http-backend. */
class HttpSourceTest extends SourceContract {

    private HttpBackend backend;

    @BeforeEach
    void startBackend() throws Exception {
        backend = new HttpBackend(folder);
    }

    @AfterEach
    void stopBackend() {
        backend.close();
    }

    private GitSource open(String url) throws SourceException {
        return GitSource.open(Address.parse(url, Address.Allowed.SAFE_AND_LOOPBACK_HTTP), folder.resolve("mirror"));
    }

    @Override
    protected Source open() throws Exception {
        return open(backend.url("work/.git"));
    }

    @Override
    protected void publish() {
        // The backend serves the work tree's repository itself.
    }

    @Override
    protected void takeAway() {
        backend.close();
    }

    @Test
    void anUnchangedRepositoryIsOnlyListed() throws Exception {
        work.write("a", "1").commit("first");
        try (GitSource source = open(backend.url("work/.git"))) {
            source.poll();
            int before = backend.requests();
            source.poll();

            assertTrue(backend.requests() - before <= 2, backend.requests() - before + " requests");
        }
    }

    @Test
    void saysInOneSentenceWhatTheServerAnswered() throws Exception {
        work.commit("first");
        try (GitSource source = open(backend.url("work/.git"))) {
            assertFailure(source, 401, false, "asks for credentials");
            assertFailure(source, 403, false, "asks for credentials");
            assertFailure(source, 404, false, "there is no Git repository");
            assertFailure(source, 429, true, "429");
            assertFailure(source, 503, true, "503");
            backend.refuse(0);
            assertEquals(1, source.poll().commits().size());
        }
    }

    private void assertFailure(GitSource source, int status, boolean retryable, String why) {
        backend.refuse(status);
        SourceException failed = assertThrows(SourceException.class, source::poll);
        assertTrue(failed.toString().contains(why), failed.toString());
        assertTrue(failed.toString().contains(source.url()), failed.toString());
        assertEquals(retryable, failed.retryable(), failed.toString());
    }

    @Test
    void aServerWithoutTlsIsNotTriedAgain() throws Exception {
        try (ServerSocket server = serving("HTTP/1.1 400 Bad Request\r\n\r\n");
                GitSource source = open("https://localhost:" + server.getLocalPort() + "/x.git")) {
            SourceException failed = assertThrows(SourceException.class, source::poll);
            assertTrue(failed.toString().contains("TLS failed"), failed.toString());
            assertEquals(false, failed.retryable());
        }
    }

    @Test
    void aServerThatCutsTheConnectionIsTriedAgain() throws Exception {
        try (ServerSocket server = serving("");
                GitSource source = open("http://localhost:" + server.getLocalPort() + "/x.git")) {
            SourceException failed = assertThrows(SourceException.class, source::poll);
            assertTrue(failed.retryable(), failed.toString());
        }
    }

    /** Answers every connection with the same text and closes it. */
    private static ServerSocket serving(String text) throws IOException {
        ServerSocket server = new ServerSocket(0);
        Thread.ofVirtual().start(() -> {
            while (!server.isClosed()) {
                try (Socket connection = server.accept()) {
                    connection.getOutputStream().write(text.getBytes(UTF_8));
                    connection.getInputStream().read();
                } catch (IOException e) {
                    return;
                }
            }
        });
        return server;
    }
}
