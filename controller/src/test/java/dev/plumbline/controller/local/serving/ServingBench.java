package dev.plumbline.controller.local.serving;

import com.sun.net.httpserver.HttpServer;
import dev.plumbline.controller.local.cluster.EmbeddedCluster;
import dev.plumbline.controller.local.runner.StepEnvironment;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.ObjectKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A serving part on an embedded cluster, with an HTTP server that has models of a few lines. */
final class ServingBench implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(60);
    static final ObjectKey KEY = new ObjectKey("serving.kserve.io", "InferenceService", "default", "churn");

    private final Path data;

    final EmbeddedCluster cluster;
    final HttpServer models;
    private Serving serving;
    private final HttpClient http = HttpClient.newHttpClient();

    /** A Python whose path holds a module of models. */
    private record ModulePython(Path modules) implements StepEnvironment {

        private static final String PYTHON = find();

        /** The interpreter itself: what is called python3 may be a script that adds variables. */
        private static String find() {
            try {
                Process python = new ProcessBuilder("python3", "-c", "import sys; print(sys.executable)").start();
                return new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public Map<String, String> variables() {
            return Map.of();
        }

        @Override
        public List<String> resolve(List<String> command) {
            return List.of("env", "PYTHONPATH=" + modules, PYTHON);
        }
    }

    ServingBench(Path data) throws Exception {
        this.data = data;
        Path modules = Files.createDirectories(data.resolve("modules"));
        Files.writeString(modules.resolve("constant.py"), """
                class Answers(list):
                    tolist = lambda self: list(self)


                class Model:
                    def __init__(self, value):
                        self.value = value

                    def predict(self, table):
                        if len(table[0]) != 2:
                            raise ValueError("expected 2 features")
                        return Answers(self.value for row in table)
                """);
        models = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        models.createContext("/", exchange -> {
            byte[] body = pickled(exchange.getRequestURI().getPath().substring(1));
            exchange.sendResponseHeaders(body.length == 0 ? 404 : 200, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        models.setExecutor(task -> Thread.ofVirtual().start(task));
        models.start();
        cluster = EmbeddedCluster.open(data.resolve("cluster"), InstantSource.system());
        begin();
    }

    /** Ends the serving part and begins anew on the same folder. */
    void restart() {
        serving.close();
        begin();
    }

    private void begin() {
        serving = new Serving(
                cluster,
                data.resolve("serving"),
                new ModulePython(data.resolve("modules")),
                InstantSource.system(),
                text -> {});
        serving.start();
    }

    @Override
    public void close() {
        serving.close();
        cluster.close();
        models.stop(0);
    }

    private byte[] pickled(String value) {
        if (!value.matches("[0-9.]+")) {
            return value.equals("broken") ? "no pickle".getBytes(StandardCharsets.UTF_8) : new byte[0];
        }
        try {
            Process python = new ProcessBuilder(
                            "python3",
                            "-c",
                            "import sys, pickle, constant; sys.stdout.buffer.write(pickle.dumps(constant.Model(" + value
                                    + ")))")
                    .directory(data.resolve("modules").toFile())
                    .start();
            return python.getInputStream().readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String uri(String model) {
        return "http://127.0.0.1:" + models.getAddress().getPort() + "/" + model;
    }

    void apply(String storageUri, String format) throws Exception {
        cluster.apply(Json.parseObject("""
                        {"apiVersion": "serving.kserve.io/v1beta1", "kind": "InferenceService",
                         "metadata": {"name": "churn", "namespace": "default"},
                         "spec": {"predictor": {"minReplicas": 1, "model": {"modelFormat": {"name": "%s"},
                           "protocolVersion": "v2", "storageUri": "%s"}}}}
                        """.formatted(format, storageUri)), "test", true, false);
    }

    Map<String, @Nullable Object> await(Predicate<Map<String, @Nullable Object>> condition) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            Map<String, @Nullable Object> object = cluster.get(KEY).orElseThrow();
            if (condition.test(object)) {
                return object;
            }
            if (System.nanoTime() > end) {
                throw new AssertionError("in vain: " + Json.pretty(object.get("status")));
            }
            Thread.sleep(20);
        }
    }

    static String transition(Map<String, @Nullable Object> object) {
        return Tree.text(object, "status", "modelStatus", "transitionStatus");
    }

    /** Whether the status speaks of the newest spec, and says this of it. */
    static Predicate<Map<String, @Nullable Object>> is(String transition) {
        return object -> transition(object).equals(transition)
                && Tree.at(object, "metadata", "generation").equals(Tree.at(object, "status", "observedGeneration"));
    }

    static String condition(Map<String, @Nullable Object> object, String type) {
        return Tree.maps(object, "status", "conditions").stream()
                .filter(one -> Tree.text(one, "type").equals(type))
                .map(one -> Tree.text(one, "status"))
                .findFirst()
                .orElse("");
    }

    HttpResponse<String> call(String url, @Nullable String body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url)).timeout(PATIENCE);
        return http.send(
                (body == null ? request.GET() : request.POST(HttpRequest.BodyPublishers.ofString(body))).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    String predict(String url) throws Exception {
        return call(url + "/v2/models/churn/infer", """
                {"inputs": [{"name": "x", "shape": [1, 2], "datatype": "FP64", "data": [0.0, 1.0]}]}
                """).body();
    }

    /** The process that serves a model. */
    ProcessHandle process(String model) {
        return ProcessHandle.current()
                .descendants()
                .filter(one -> one.info().commandLine().orElse("").contains(uri(model)))
                .findFirst()
                .orElseThrow();
    }
}
