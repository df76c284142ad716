package dev.plumbline.controller.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.plumbline.controller.kube.KubeCluster;
import dev.plumbline.registry.model.SyncId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which replies are asked for again, and what each means for the command; once through the API server, once directly. */
class ClusterQuestionsTest {

    private static final SyncId SYNC = new SyncId("team", "pipelines");

    @TempDir
    Path folder;

    private final Deque<String> replies = new ArrayDeque<>();
    private int asked;
    private HttpServer server;
    private KubeCluster cluster;

    @BeforeEach
    void start() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::reply);
        server.start();
        Path config = Files.writeString(folder.resolve("kubeconfig"), """
            apiVersion: v1
            kind: Config
            clusters: [{name: c, cluster: {server: "%s"}}]
            users: [{name: u, user: {}}]
            contexts: [{name: mine, context: {cluster: c, user: u, namespace: team}}]
            current-context: mine
            """.formatted(address()));
        cluster = KubeCluster.open(config, InstantSource.system());
    }

    @AfterEach
    void stop() {
        cluster.close();
        server.stop(0);
    }

    private String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void reply(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        boolean token = exchange.getRequestURI().getPath().endsWith("/token");
        String next = token ? "201 {\"status\": {\"token\": \"t\"}}" : next();
        byte[] bytes = next.substring(4).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(Integer.parseInt(next.substring(0, 3)), bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private synchronized String next() {
        asked++;
        return replies.size() > 1 ? replies.remove() : replies.getFirst();
    }

    private Map<String, ?> ask(String direct, String... all) {
        replies.clear();
        replies.addAll(List.of(all));
        asked = 0;
        ClusterPlace place = new ClusterPlace(cluster, cluster.calls(), "team", Duration.ofSeconds(10));
        return new ClusterQuestions(place, direct, "plumbline-system").get(SYNC, "/models");
    }

    private void refused(String direct, int code, int times, String word, String... all) {
        CommandException error = assertThrows(CommandException.class, () -> ask(direct, all));
        assertEquals(code, error.exitCode(), error.getMessage());
        assertTrue(String.valueOf(error.getMessage()).contains(word), error.getMessage());
        assertEquals(times, asked, error.getMessage());
    }

    @Test
    void whatIsUnavailableIsAskedAgainAndNothingElse() {
        for (String direct : List.of("", address())) {
            String waits = "503 {\"error\": \"this program is not the leader\"}";
            assertEquals(Map.of("models", List.of()), ask(direct, waits, waits, "200 {\"models\": []}"));
            assertEquals(3, asked);
            refused(direct, 2, 10, "not the leader", waits);
            refused(direct, 2, 1, "is damaged", "502 {\"error\": \"entry 3 is damaged\"}");
            refused(direct, 2, 1, "no verdict FINE", "400 {\"error\": \"there is no verdict FINE\"}");
            refused(direct, 1, 1, "nothing is recorded", "404 {\"error\": \"nothing is recorded of x\"}");
            refused(direct, 1, 1, "does not render", "409 {\"error\": \"it does not render\"}");
        }
    }

    @Test
    void whatIsNoAnswerOfOursIsSaid() {
        refused(address(), 2, 1, "no answer of Plumbline's", "200 <html>hello</html>");
        refused(address(), 2, 1, "HTTP 500: <html>oops", "500 <html>oops</html>");
    }
}
