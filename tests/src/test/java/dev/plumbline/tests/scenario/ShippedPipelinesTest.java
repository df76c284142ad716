package dev.plumbline.tests.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.mlflow.MlflowRegistry;
import dev.plumbline.registry.models.ModelVersion;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
}
