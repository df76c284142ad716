package dev.plumbline.controller.local.serving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.plumbline.controller.apply.DeleteOptions;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models of a few lines, served as InferenceServices of an embedded cluster. */
class ServingTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ObjectKey KEY = new ObjectKey("serving.kserve.io", "InferenceService", "default", "churn");

    @TempDir
    private Path data;

    private EmbeddedCluster cluster;
    private Serving serving;
    private HttpServer models;
    private final HttpClient http = HttpClient.newHttpClient();

    /** A Python whose path holds a module of models. */
    private record ModulePython(Path modules) implements StepEnvironment {

        @Override
        public Map<String, String> variables() {
            return Map.of();
        }

        @Override
        public List<String> resolve(List<String> command) {
            return List.of("env", "PYTHONPATH=" + modules, "python3");
        }
    }

    @BeforeEach
    void open() throws Exception {
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
        models.start();
        cluster = EmbeddedCluster.open(data.resolve("cluster"), InstantSource.system());
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

    @AfterEach
    void close() {
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

    private String uri(String model) {
        return "http://127.0.0.1:" + models.getAddress().getPort() + "/" + model;
    }

    private void apply(String storageUri, String format) throws Exception {
        cluster.apply(Json.parseObject("""
                        {"apiVersion": "serving.kserve.io/v1beta1", "kind": "InferenceService",
                         "metadata": {"name": "churn", "namespace": "default"},
                         "spec": {"predictor": {"minReplicas": 1, "model": {"modelFormat": {"name": "%s"},
                           "protocolVersion": "v2", "storageUri": "%s"}}}}
                        """.formatted(format, storageUri)), "test", true, false);
    }

    private Map<String, @Nullable Object> await(Predicate<Map<String, @Nullable Object>> condition) throws Exception {
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

    private static String transition(Map<String, @Nullable Object> object) {
        return Tree.text(object, "status", "modelStatus", "transitionStatus");
    }

    /** Whether the status speaks of the newest spec, and says this of it. */
    private static Predicate<Map<String, @Nullable Object>> is(String transition) {
        return object -> transition(object).equals(transition)
                && Tree.at(object, "metadata", "generation").equals(Tree.at(object, "status", "observedGeneration"));
    }

    private static String condition(Map<String, @Nullable Object> object, String type) {
        return Tree.maps(object, "status", "conditions").stream()
                .filter(one -> Tree.text(one, "type").equals(type))
                .map(one -> Tree.text(one, "status"))
                .findFirst()
                .orElse("");
    }

    private HttpResponse<String> call(String url, @Nullable String body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url)).timeout(PATIENCE);
        return http.send(
                (body == null ? request.GET() : request.POST(HttpRequest.BodyPublishers.ofString(body))).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private String predict(String url) throws Exception {
        return call(url + "/v2/models/churn/infer", """
                {"inputs": [{"name": "x", "shape": [1, 2], "datatype": "FP64", "data": [0.0, 1.0]}]}
                """).body();
    }

    @Test
    void aModelIsServedReplacedWhenTheNewOneAnswersAndEndedWithItsObject() throws Exception {
        apply(uri("1"), "sklearn");
        Map<String, @Nullable Object> first = await(is("UpToDate"));
        String url = Tree.text(first, "status", "url");
        assertEquals(url, Tree.text(first, "status", "address", "url"));
        for (String type : new String[] {"Ready", "PredictorReady", "IngressReady"}) {
            assertEquals("True", condition(first, type), type);
        }
        assertEquals("Loaded", Tree.text(first, "status", "modelStatus", "states", "activeModelState"));
        assertEquals(200, call(url + "/v2/models/churn/ready", null).statusCode());
        assertTrue(predict(url).contains("\"data\": [1]"), predict(url));
        assertTrue(call(url + "/v2/models/churn", null).body().contains(uri("1")));

        apply(uri("2.5"), "sklearn");
        Map<String, @Nullable Object> second = await(is("UpToDate"));
        assertEquals(url, Tree.text(second, "status", "url"), "the address stays");
        assertTrue(predict(url).contains("\"datatype\": \"FP64\", \"data\": [2.5]"), predict(url));
        assertEquals(
                Tree.maps(first, "status", "conditions").getFirst().get("lastTransitionTime"),
                Tree.maps(second, "status", "conditions").getFirst().get("lastTransitionTime"));

        cluster.delete(KEY, new DeleteOptions(null, null, false));
        long end = System.nanoTime() + PATIENCE.toNanos();
        boolean answers = true;
        while (answers && System.nanoTime() < end) {
            try {
                call(url + "/v2/health/live", null);
                Thread.sleep(20);
            } catch (IOException e) {
                answers = false;
            }
        }
        assertEquals(false, answers, "the address goes with its object");
    }

    @Test
    void aModelThatCannotBeLoadedLeavesTheOldOneServing() throws Exception {
        apply(uri("7"), "sklearn");
        String url = Tree.text(await(is("UpToDate")), "status", "url");
        for (String bad : new String[] {"broken", "absent"}) {
            apply(uri(bad), "sklearn");
            Map<String, @Nullable Object> object = await(is("BlockedByFailedLoad"));
            assertEquals("True", condition(object, "Ready"));
            assertEquals("FailedToLoad", Tree.text(object, "status", "modelStatus", "states", "targetModelState"));
            String why = Tree.text(object, "status", "modelStatus", "lastFailureInfo", "message");
            assertTrue(why.startsWith("tried to load the model " + uri(bad) + ", failed because "), why);
            assertTrue(predict(url).contains("[7]"));
        }
        apply("s3://bucket/model.pkl", "sklearn");
        String why = Tree.text(await(is("InvalidSpec")), "status", "modelStatus", "lastFailureInfo", "message");
        assertTrue(why.contains("not from 's3://bucket/model.pkl'"), why);
        apply(uri("7"), "xgboost");
        await(object -> Tree.text(object, "status", "modelStatus", "lastFailureInfo", "message")
                .contains("not 'xgboost'"));
        assertTrue(predict(url).contains("[7]"));
    }

    @Test
    void aFirstModelThatCannotBeLoadedIsNotReady() throws Exception {
        apply(uri("absent"), "sklearn");
        Map<String, @Nullable Object> object = await(is("BlockedByFailedLoad"));
        assertEquals("False", condition(object, "Ready"));
        String url = Tree.text(object, "status", "url");
        assertThrows(IOException.class, () -> call(url + "/v2/health/live", null));
    }

    @Test
    void afterARestartTheSameAddressServesAgainAndAModelThatEndedIsStartedAnew() throws Exception {
        apply(uri("3"), "sklearn");
        String url = Tree.text(await(is("UpToDate")), "status", "url");
        serving.close();
        begin();
        await(object -> {
            try {
                return predict(url).contains("[3]");
            } catch (Exception e) {
                return false;
            }
        });
        assertEquals(url, Tree.text(await(is("UpToDate")), "status", "url"));
        ProcessHandle model = ProcessHandle.current()
                .descendants()
                .filter(one -> one.info().commandLine().orElse("").contains(uri("3")))
                .findFirst()
                .orElseThrow();
        model.destroyForcibly();
        await(object -> {
            try {
                return !model.isAlive() && predict(url).contains("[3]");
            } catch (Exception e) {
                return false;
            }
        });
    }

    @Test
    void aRequestThatCannotBeAnsweredSaysWhy() throws Exception {
        apply(uri("1"), "sklearn");
        String base = Tree.text(await(is("UpToDate")), "status", "url") + "/v2/models/churn/infer";
        for (Map.Entry<String, String> bad : Map.of(
                        "{}", "expected exactly one input",
                        "no json", "expected JSON",
                        "{\"inputs\": [{\"shape\": [1], \"data\": [1]}]}", "expected an input of shape",
                        "{\"inputs\": [{\"shape\": [1, 2], \"data\": [1]}]}", "expected 1 x 2 numbers",
                        "{\"inputs\": [{\"shape\": [1, 1], \"data\": [1]}]}", "expected 2 features")
                .entrySet()) {
            HttpResponse<String> answer = call(base, bad.getKey());
            assertEquals(400, answer.statusCode(), bad.getKey());
            assertTrue(answer.body().contains(bad.getValue()), answer.body());
        }
        assertEquals(404, call(base.replace("churn", "other"), "{}").statusCode());
    }
}
