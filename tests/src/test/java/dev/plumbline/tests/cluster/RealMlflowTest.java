package dev.plumbline.tests.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.controller.local.python.MlflowServer;
import dev.plumbline.controller.local.python.PythonEnvironment;
import dev.plumbline.controller.local.python.PythonException;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.JsonException;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.mlflow.MlflowRegistry;
import dev.plumbline.registry.models.ModelVersion;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The MLflow wall against a real MLflow server of the pinned version. */
@Tag("cluster")
class RealMlflowTest {

    @TempDir
    Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private URI address = URI.create("http://127.0.0.1:0");
    private @Nullable MlflowServer server;

    @BeforeEach
    void start() throws IOException, PythonException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        PythonEnvironment environment = PythonEnvironment.of(
                Path.of(System.getProperty("user.home"), ".cache", "plumbline"),
                Files.readString(Path.of("../pipelines/platform/image/requirements.lock")));
        environment.prepare(line -> {});
        server = new MlflowServer(folder, port);
        server.start(environment);
        address = server.address();
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
        http.close();
    }

    @Test
    void findsAndTagsAVersionAndItsRun() throws Exception {
        String experiment = Tree.text(post("experiments/create", "{\"name\": \"e\"}"), "experiment_id");
        String run = Tree.text(
                post(
                        "runs/create",
                        "{\"experiment_id\": \"%s\", \"tags\": [{\"key\": \"mlflow.source.git.commit\", \"value\": \"own\"}]}"
                                .formatted(experiment)),
                "run",
                "info",
                "run_id");
        post("registered-models/create", "{\"name\": \"churn & co\"}");
        post(
                "model-versions/create",
                "{\"name\": \"churn & co\", \"source\": \"s3://models/churn\", \"run_id\": \"%s\"}".formatted(run));
        try (MlflowRegistry registry = new MlflowRegistry(address, Duration.ofSeconds(20))) {
            assertEquals(Optional.empty(), registry.find("churn & co", "7"));
            assertEquals(Optional.empty(), registry.find("nobody", "1"));
            ModelVersion version = registry.find("churn & co", "1").orElseThrow();
            assertEquals(run, version.runId());
            assertEquals("s3://models/churn", version.source());
            registry.tag(version, Map.of("plumbline.dev/commit", "c0ffee", "mlflow.source.git.commit", "c0ffee"));
            registry.tag(version, Map.of("plumbline.dev/commit", "c0ffee", "mlflow.source.git.commit", "c0ffee"));
            ModelVersion tagged = registry.find("churn & co", "1").orElseThrow();
            assertEquals("c0ffee", tagged.tags().get("plumbline.dev/commit"));
            assertEquals("c0ffee", tagged.tags().get("mlflow.source.git.commit"));
        }
        Map<String, @Nullable Object> data = Tree.map(get("runs/get?run_id=" + run), "run", "data");
        assertEquals("c0ffee", tag(data, "plumbline.dev/commit"));
        assertEquals("own", tag(data, "mlflow.source.git.commit"), "what was there stays");
        assertNull(tag(data, "plumbline.dev/verdict"));
        assertTrue(run.length() > 8, run);
    }

    private static @Nullable String tag(Map<String, @Nullable Object> data, String key) {
        return Tree.maps(data, "tags").stream()
                .filter(tag -> key.equals(tag.get("key")))
                .map(tag -> Tree.text(tag, "value"))
                .findFirst()
                .orElse(null);
    }

    private Map<String, @Nullable Object> post(String path, String body)
            throws IOException, InterruptedException, JsonException {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private Map<String, @Nullable Object> get(String path) throws IOException, InterruptedException, JsonException {
        return send(request(path).build());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(address.resolve("/api/2.0/mlflow/" + path));
    }

    private Map<String, @Nullable Object> send(HttpRequest request)
            throws IOException, InterruptedException, JsonException {
        var response = http.send(request, BodyHandlers.ofByteArray());
        assertEquals(
                200, response.statusCode(), () -> new String(response.body(), java.nio.charset.StandardCharsets.UTF_8));
        return Json.parseObject(response.body());
    }
}
