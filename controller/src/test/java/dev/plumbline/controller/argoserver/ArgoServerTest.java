package dev.plumbline.controller.argoserver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.live.RunArchive;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.JsonException;
import dev.plumbline.registry.json.Tree;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArgoServerTest {

    private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");

    @TempDir
    Path folder;

    private StandInArgoServer server;
    private Path token;

    @BeforeEach
    void start() throws Exception {
        server = new StandInArgoServer();
        token = Files.writeString(folder.resolve("token"), StandInArgoServer.TOKEN + "\n");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void runsOfANamespaceThatBeganInATimeAreListedOverAllPages() throws Exception {
        for (int i = 0; i < 450; i++) {
            server.archive(run("ml", "uid-" + i, NOON.plusSeconds(i)));
        }
        server.archive(run("ml", "early", NOON.minusSeconds(1)));
        server.archive(run("other", "foreign", NOON.plusSeconds(1)));
        try (ArgoServer asked = asked()) {
            List<String> uids = asked.began("ml", NOON);
            assertEquals(450, uids.size());
            Set<String> distinct = new HashSet<>(uids);
            assertEquals(450, distinct.size());
            assertFalse(distinct.contains("early"));
            assertTrue(distinct.contains("uid-0"), "one that began in that very second too");
            assertEquals(List.of(), asked.began("empty", NOON));
        }
    }

    @Test
    void aRunComesWithItsNodesAndOneOfAnotherNamespaceIsNone() throws Exception {
        server.archive(run("ml", "u1", NOON));
        try (ArgoServer asked = asked()) {
            Map<String, @Nullable Object> run = asked.run("ml", "u1").orElseThrow();
            assertEquals("Succeeded", Tree.text(run, "status", "nodes", "n", "phase"));
            assertTrue(asked.run("ml", "u2").isEmpty());
            assertEquals("Succeeded", Tree.text(asked.whole("ml", "u1", "u1").orElseThrow(), "status", "phase"));
            assertTrue(asked.whole("ml", "u1", "another").isEmpty());
            assertTrue(asked.run("other", "u1").isEmpty());
        }
    }

    @Test
    void whetherItMayBeTriedAgainIsSaidAndNoSecretIs() throws Exception {
        try (ArgoServer asked = asked()) {
            server.says(503);
            refused(true, "503", asked);
            server.says(403);
            refused(false, "--argo-server-token", asked);
            server.says(404);
            refused(false, "archive: true", asked);
        }
        try (ArgoServer nobody = new ArgoServer(server.address(), null, Duration.ofSeconds(5))) {
            server.says(200);
            refused(false, "401", nobody);
        }
        try (ArgoServer lost = new ArgoServer(server.address(), folder.resolve("none"), Duration.ofSeconds(5))) {
            refused(true, "token cannot be read", lost);
        }
    }

    @Test
    void aServerThatIsSilentIsGivenUpInTime() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
                ArgoServer asked = new ArgoServer(
                        URI.create("http://127.0.0.1:" + silent.getLocalPort()), token, Duration.ofMillis(300))) {
            refused(true, "see that it runs", asked);
        }
    }

    @Test
    void anAddressThatIsNoneIsRefusedWithoutItsPassword() {
        for (String address :
                List.of("argo-server", "ftp://argo", "http://user:canary-password@argo", "http://a/?x=1")) {
            IllegalArgumentException refused = assertThrows(
                    IllegalArgumentException.class,
                    () -> new ArgoServer(URI.create(address), null, Duration.ofSeconds(1)).close());
            assertFalse(String.valueOf(refused.getMessage()).contains("canary"), refused.getMessage());
        }
    }

    private static void refused(boolean retryable, String why, RunArchive asked) {
        ClusterException refused = assertThrows(ClusterException.class, () -> asked.began("ml", NOON));
        assertEquals(retryable, refused.retryable(), refused.getMessage());
        assertTrue(String.valueOf(refused.getMessage()).contains(why), refused.getMessage());
        assertFalse(String.valueOf(refused.getMessage()).contains("canary"), refused.getMessage());
    }

    private ArgoServer asked() {
        return new ArgoServer(server.address(), token, Duration.ofSeconds(10));
    }

    private static Map<String, @Nullable Object> run(String namespace, String uid, Instant started)
            throws JsonException {
        return Json.parseObject("""
                {"metadata": {"name": "%2$s", "namespace": "%1$s", "uid": "%2$s"},
                 "status": {"phase": "Succeeded", "startedAt": "%3$s", "nodes": {"n": {"phase": "Succeeded"}}}}
                """.formatted(namespace, uid, started));
    }
}
