package dev.plumbline.tests.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.mlflow.MlflowRegistry;
import dev.plumbline.registry.models.ModelVersion;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shipped pipelines on this machine, with the real Great Expectations, MLflow and scikit-learn. */
class ShippedPipelinesTest {

    private static Desk desk;

    @BeforeAll
    static void up(@TempDir Path root) throws Exception {
        desk = Desk.shipped(root);
    }

    @AfterAll
    static void down() {
        desk.close();
    }

    @Test
    void badDataFailsTheRunAndReachesNothing() {
        Map<String, @Nullable Object> run =
                desk.run("data-validation-template", "data-source=/data/raw-defect/", "output-path=/data/refused/");
        assertEquals("Failed", Tree.text(run, "phase"), desk.said());
        assertFalse(
                Files.exists(desk.data().resolve("volumes/plumbline-data/refused")), "nothing reaches the output path");
        assertTrue(
                desk.plumbline("logs", Tree.text(run, "name")).text().contains("4 of 15 expectations failed"),
                desk.plumbline("logs", Tree.text(run, "name")).text());
        assertTrue(
                Tree.maps(desk.json("models"), "models").stream()
                        .noneMatch(model -> Tree.text(model, "run").equals(Tree.text(run, "name"))),
                "no model appears");
    }

    @Test
    void goodDataReachesTheOutputPath() {
        Map<String, @Nullable Object> run = desk.run("data-validation-template", "output-path=/data/accepted/");
        assertEquals(
                "Succeeded", Tree.text(run, "phase"), desk.plumbline("logs").text());
        assertTrue(Files.exists(desk.data().resolve("volumes/plumbline-data/accepted/customers.csv")));
    }

    @Test
    void aRealTrainingMakesARealModelThatNamesItsCommitInMlflowToo() throws Exception {
        Map<String, @Nullable Object> run = desk.run("model-training-template", "model-name=churn");
        assertEquals(
                "Succeeded", Tree.text(run, "phase"), desk.plumbline("logs").text());
        desk.await("the model is tagged", () -> desk.said().contains("churn:1 is registered"));

        Map<String, @Nullable Object> provenance = desk.json("provenance", "churn:1");
        assertEquals("MATCH", Tree.text(provenance, "verdict"), provenance.toString());
        assertEquals(desk.head(), Tree.text(provenance, "commit", "id"));
        assertTrue(Double.parseDouble(Tree.text(provenance, "model", "accuracy")) > 0.8);
        assertEquals(
                List.of(
                        "distribution.py",
                        "evaluate.py",
                        "outcome.py",
                        "prepare.py",
                        "register.py",
                        "report.py",
                        "storage.py",
                        "tracking.py",
                        "train.py",
                        "training_data.py"),
                Tree.maps(provenance, "files").stream()
                        .map(file -> Tree.text(file, "file"))
                        .distinct()
                        .sorted()
                        .toList());

        String uri = Tree.text(provenance, "parameters", "mlflow-tracking-uri");
        try (MlflowRegistry registry = new MlflowRegistry(URI.create(uri), Duration.ofSeconds(10))) {
            ModelVersion version = registry.find("churn", "1").orElseThrow();
            assertEquals(desk.head(), version.tags().get("plumbline.dev/commit"));
            assertEquals("MATCH", version.tags().get("plumbline.dev/verdict"));
        }
    }

    @Test
    void rawDataBecomesAServedModelThatAnswersAPrediction() throws Exception {
        Map<String, @Nullable Object> run = ended("ml-pipeline-template", "model-name=served");
        assertEquals("Succeeded", Tree.text(run, "phase"), desk.said());
        String url = output(run, "serving-url");
        assertTrue(url.startsWith("http://127.0.0.1:"), url);
        String first = predict(url, "served");
        assertTrue(first.contains("\"output-0\""), first);
        String storage = metadata(url, "served");

        // A second version replaces the first at the same address.
        Map<String, @Nullable Object> again = ended("ml-pipeline-template", "model-name=served", "seed=7");
        assertEquals("Succeeded", Tree.text(again, "phase"), desk.said());
        assertEquals(url, output(again, "serving-url"));
        assertNotEquals(storage, metadata(url, "served"));
        assertTrue(predict(url, "served").contains("\"output-0\""));
        assertEquals("2", output(again, "model-version"));

        // One that misses the gate is registered and leaves the served one alone.
        String serves = metadata(url, "served");
        Map<String, @Nullable Object> gated =
                ended("ml-pipeline-template", "model-name=served", "performance-threshold=1");
        assertEquals("Succeeded", Tree.text(gated, "phase"), desk.said());
        assertEquals("3", output(gated, "model-version"));
        assertEquals("", output(gated, "serving-url"));
        assertEquals(serves, metadata(url, "served"));
    }

    @Test
    void badDataEndsThePipelineBeforeAModelIsMade() {
        Map<String, @Nullable Object> run =
                ended("ml-pipeline-template", "model-name=unmade", "data-source=/data/raw-defect/");
        assertEquals("Failed", Tree.text(run, "phase"), desk.said());
        assertEquals("", output(run, "model-version"));
    }

    @Test
    void retrainingNoticesDriftAndLostAccuracyAndDeploysOnlyWhatIsBetterAndAskedFor() throws Exception {
        Map<String, @Nullable Object> trained =
                ended("model-training-template", "model-name=aging", "data-path=/data/raw/");
        assertEquals("Succeeded", Tree.text(trained, "phase"), desk.said());

        Map<String, @Nullable Object> left = retrain("left-alone", _ -> {}, "auto-deploy=true", "drift-threshold=0.25");
        assertEquals("false", output(left, "retrain"));
        assertEquals("", output(left, "model-version"));

        // A rise in prices: the charge is far from what the model was trained on.
        Map<String, @Nullable Object> drifted = retrain(
                "drifted",
                row -> row[2] = String.valueOf(Double.parseDouble(row[2]) + 60),
                "performance-threshold=0",
                "drift-threshold=0.25");
        assertEquals("true", output(drifted, "retrain"));
        assertTrue(Double.parseDouble(output(drifted, "largest-drift")) > 0.25);
        assertEquals("2", output(drifted, "model-version"));

        // Customers who leave where those before stayed: a better model, which nobody asked to deploy.
        Map<String, @Nullable Object> unasked =
                retrain("contrary", row -> row[6] = row[6].equals("1") ? "0" : "1", "drift-threshold=1");
        assertTrue(Double.parseDouble(output(unasked, "current-accuracy")) < 0.5);
        assertEquals("3", output(unasked, "model-version"));
        assertEquals("", output(unasked, "serving-url"));

        // And back again: this time it is asked for.
        Map<String, @Nullable Object> asked = retrain("back", _ -> {}, "drift-threshold=1", "auto-deploy=true");
        assertTrue(Double.parseDouble(output(asked, "current-accuracy")) < 0.5);
        assertEquals("4", output(asked, "model-version"));
        String url = output(asked, "serving-url");
        assertTrue(predict(url, "aging").contains("\"output-0\""));
        String serves = metadata(url, "aging");

        // Trained again on the same data it is not better, so the deployed one stays.
        Map<String, @Nullable Object> noBetter =
                retrain("back", _ -> {}, "performance-threshold=1", "drift-threshold=1", "auto-deploy=true");
        assertEquals("5", output(noBetter, "model-version"));
        assertEquals("", output(noBetter, "serving-url"));
        assertEquals(serves, metadata(url, "aging"));
    }

    private Map<String, @Nullable Object> retrain(String folder, Consumer<String[]> change, String... parameters)
            throws Exception {
        Path raw = desk.data().resolve("volumes/plumbline-data");
        List<String> lines = Files.readAllLines(raw.resolve("raw/customers.csv"));
        List<String> changed = new ArrayList<>(lines.subList(0, 1));
        for (String line : lines.subList(1, lines.size())) {
            String[] row = line.split(",");
            change.accept(row);
            changed.add(String.join(",", row));
        }
        Files.createDirectories(raw.resolve(folder));
        Files.write(raw.resolve(folder).resolve("customers.csv"), changed);
        List<String> all = new ArrayList<>(List.of(parameters));
        all.addAll(List.of("model-name=aging", "data-path=/data/" + folder + "/"));
        Map<String, @Nullable Object> run = ended("model-retraining-template", all.toArray(String[]::new));
        assertEquals("Succeeded", Tree.text(run, "phase"), desk.said());
        return run;
    }

    /** Runs a template to its end and answers the run with its outputs. */
    private static Map<String, @Nullable Object> ended(String template, String... parameters) {
        List<String> line = new ArrayList<>(List.of("run", template, "--watch"));
        for (String parameter : parameters) {
            line.addAll(List.of("-p", parameter));
        }
        return desk.json(line.toArray(String[]::new));
    }

    private static String output(Map<String, @Nullable Object> run, String name) {
        return Tree.text(run, "outputs", name);
    }

    private static String predict(String url, String model) throws Exception {
        return call(HttpRequest.newBuilder(URI.create(url + "/v2/models/" + model + "/infer"))
                .POST(HttpRequest.BodyPublishers.ofString("""
                        {"inputs": [{"name": "x", "shape": [1, 5], "datatype": "FP64", "data": [1, 50, 2, 1, 12]}]}
                        """)));
    }

    /** What the served model says of itself. */
    private static String metadata(String url, String model) throws Exception {
        return call(HttpRequest.newBuilder(URI.create(url + "/v2/models/" + model)));
    }

    private static String call(HttpRequest.Builder request) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> answer =
                    http.send(request.timeout(Duration.ofMinutes(1)).build(), HttpResponse.BodyHandlers.ofString());
            assertEquals(200, answer.statusCode(), answer.body());
            return answer.body();
        }
    }
}
