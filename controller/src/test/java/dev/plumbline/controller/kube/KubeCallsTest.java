package dev.plumbline.controller.kube;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.ObjectKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is sent for what is no object, and whose words an answer is. */
class KubeCallsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final ObjectKey SERVICE = new ObjectKey("", "Service", "system", "controller");

    @TempDir
    Path folder;

    private HttpServer server;
    private KubeCluster cluster;
    private KubeCalls calls;
    private volatile int code = 200;
    private volatile String body = "{}";
    private volatile String asked = "";
    private volatile String sent = "";
    private volatile String header = "";

    @BeforeEach
    void start() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        Path config = folder.resolve("kubeconfig");
        Files.writeString(config, """
            apiVersion: v1
            kind: Config
            clusters: [{name: c, cluster: {server: "http://127.0.0.1:%d"}}]
            users: [{name: u, user: {}}]
            contexts: [{name: mine, context: {cluster: c, user: u, namespace: team-a}}, {name: bare, context: {cluster: c, user: u}}]
            current-context: mine
            """.formatted(server.getAddress().getPort()));
        cluster = KubeCluster.open(config, InstantSource.system());
        calls = cluster.calls();
        try (KubeCluster other = KubeCluster.open(config, "bare", InstantSource.system())) {
            assertEquals(
                    "bare default",
                    other.calls().context() + " " + other.calls().namespace());
        }
    }

    @AfterEach
    void stop() {
        cluster.close();
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        asked = exchange.getRequestMethod() + " " + exchange.getRequestURI();
        sent = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        header = String.valueOf(exchange.getRequestHeaders().getFirst("X-Mine"));
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(code, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Test
    void theContextSaysWhere() {
        assertEquals("mine team-a", calls.context() + " " + calls.namespace());
    }

    @Test
    void aServiceIsAskedThroughTheProxy() throws Exception {
        body = "{\"a\": 1}";
        KubeCalls.Reply reply = calls.ask(SERVICE, "http", "/api/v1/x?limit=2", Map.of("X-Mine", "yes"), PATIENCE);
        assertEquals("GET /api/v1/namespaces/system/services/http:controller:http/proxy/api/v1/x?limit=2", asked);
        assertEquals("yes", header);
        assertEquals(new KubeCalls.Reply(200, "{\"a\": 1}"), reply);
        code = 403;
        body = "{\"error\": \"you may not\"}";
        assertEquals(
                new KubeCalls.Reply(403, body),
                calls.ask(SERVICE, "http", "/", Map.of(), PATIENCE),
                "the service's words");
        body = "{\"kind\": \"Status\", \"reason\": \"Forbidden\", \"message\": \"services/proxy is forbidden\"}";
        ClusterException refusal =
                assertThrows(ClusterException.class, () -> calls.ask(SERVICE, "http", "/", Map.of(), PATIENCE));
        assertEquals(ClusterException.Reason.FORBIDDEN, refusal.reason());
        assertTrue(String.valueOf(refusal.getMessage()).contains("services/proxy is forbidden"), refusal.getMessage());
    }

    @Test
    void aTokenIsForItsAudienceAlone() throws Exception {
        ObjectKey account = new ObjectKey("", "ServiceAccount", "team-a", "plumbline-cli");
        code = 201;
        body = "{\"status\": {\"token\": \"secret\"}}";
        assertEquals("secret", calls.token(account, "plumbline", Duration.ofMinutes(10)));
        assertEquals("POST /api/v1/namespaces/team-a/serviceaccounts/plumbline-cli/token", asked);
        var spec = Tree.map(Json.parseObject(sent), "spec");
        assertEquals(List.of("plumbline"), Tree.list(spec, "audiences"));
        assertEquals(600L, spec.get("expirationSeconds"));
        code = 404;
        body = "{\"kind\": \"Status\", \"reason\": \"NotFound\", \"message\": \"not found\"}";
        ClusterException missing =
                assertThrows(ClusterException.class, () -> calls.token(account, "plumbline", Duration.ofMinutes(10)));
        assertEquals(ClusterException.Reason.NOT_FOUND, missing.reason());
    }

    @Test
    void aLogIsTextAndItsPodMayBeGone() throws Exception {
        ObjectKey pod = new ObjectKey("", "Pod", "team-a", "run-1");
        body = "one\ntwo\n";
        assertEquals("one\ntwo\n", calls.log(pod, "main"));
        assertTrue(asked.startsWith("GET /api/v1/namespaces/team-a/pods/run-1/log?container=main&limitBytes="), asked);
        assertFalse(asked.contains("follow"), asked);
        code = 400;
        body = "{\"kind\": \"Status\", \"reason\": \"BadRequest\", \"message\": \"container is waiting to start\"}";
        assertEquals(
                ClusterException.Reason.INVALID,
                assertThrows(ClusterException.class, () -> calls.log(pod, "main"))
                        .reason());
    }
}
