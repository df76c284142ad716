package dev.plumbline.controller.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.local.python.MlflowServer;
import dev.plumbline.controller.local.python.PythonEnvironment;
import dev.plumbline.registry.evidence.EvidenceArchive;
import dev.plumbline.registry.evidence.RunEvidence;
import dev.plumbline.registry.evidence.Statement;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.mlflow.MlflowRegistry;
import dev.plumbline.registry.models.ModelVersion;
import dev.plumbline.registry.run.ModelRecord.Registration;
import dev.plumbline.registry.run.RunEntry;
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
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The late part of a model registry with a real MLflow of the pinned version, which is stopped while a run ends. */
@Tag("cluster")
class RealRegistryAwayTest extends RecorderRoom {

    private static final Duration START = Duration.ofMinutes(2);

    @TempDir
    Path tracking;

    RealRegistryAwayTest(@TempDir Path folder) throws ClusterException, IOException {
        super(folder);
    }

    @Test
    void aRunThatEndsWhileMlflowIsStoppedIsSignedAsFailedAndPassesWhenMlflowAnswersAgain() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        PythonEnvironment environment = PythonEnvironment.of(
                Path.of(System.getProperty("user.home"), ".cache", "plumbline"),
                Files.readString(Path.of("../pipelines/platform/image/requirements.lock")));
        environment.prepare(line -> {});
        holdStepCode();
        Map<String, @Nullable Object> run = started();
        String mlflowRun;
        URI address;
        try (MlflowServer first = new MlflowServer(tracking, port)) {
            first.start(environment);
            address = first.address();
            mlflowRun = register(address);
        }
        EvidenceArchive archive = new EvidenceArchive(stores, cluster.clusterId(), SYNC);
        try (MlflowRegistry mlflow3 = new MlflowRegistry(address, Duration.ofSeconds(20));
                Recorder recorder = recorder(mlflow3)) {
            end(run, mlflowRun);
            await(() -> !heard.records.isEmpty()
                    && archive.find(heard.records.getFirst().id()).isPresent());
            assertEquals(
                    Registration.UNKNOWN,
                    heard.records.getFirst().models().getFirst().registration());
            assertEquals("FAILED", summary(archive), "until it answers");
            assertEquals(1, journal.pending().size());
            try (MlflowServer again = new MlflowServer(tracking, port)) {
                again.start(environment);
                long end = System.nanoTime() + START.toNanos();
                while (!journal.pending().isEmpty() && System.nanoTime() < end) {
                    Thread.sleep(100);
                }
                assertTrue(journal.pending().isEmpty(), heard.said.toString());
                assertEquals("PASSED", summary(archive));
                assertEquals(
                        List.of(RunEntry.Kind.RUN, RunEntry.Kind.AMENDMENT),
                        entries().stream().map(RunEntry::kind).toList());
                ModelVersion version = mlflow3.find("churn", "1").orElseThrow();
                assertEquals("MATCH", version.tags().get("plumbline.dev/verdict"));
            }
        }
    }

    private String summary(EvidenceArchive archive) throws Exception {
        RunEvidence made = archive.find(heard.records.getFirst().id()).orElseThrow();
        return Tree.text(
                Statement.of(archive.bundle(made.models().getFirst().summary()).payload())
                        .predicate(),
                "verificationResult");
    }

    /** Registers the version, as a step does; answers the run of MLflow that made it. */
    private static String register(URI address) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            String experiment =
                    Tree.text(post(http, address, "experiments/create", "{\"name\": \"e\"}"), "experiment_id");
            String run = Tree.text(
                    post(http, address, "runs/create", "{\"experiment_id\": \"" + experiment + "\"}"),
                    "run",
                    "info",
                    "run_id");
            post(http, address, "registered-models/create", "{\"name\": \"churn\"}");
            post(
                    http,
                    address,
                    "model-versions/create",
                    "{\"name\": \"churn\", \"source\": \"s3://models/churn\", \"run_id\": \"" + run + "\"}");
            return run;
        }
    }

    private static Map<String, @Nullable Object> post(HttpClient http, URI address, String path, String body)
            throws Exception {
        HttpRequest request = HttpRequest.newBuilder(address.resolve("/api/2.0/mlflow/" + path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        var answer = http.send(request, BodyHandlers.ofByteArray());
        assertEquals(200, answer.statusCode(), path);
        return Json.parseObject(answer.body());
    }
}
