package dev.plumbline.tests.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.Tree;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shipped pipelines in containers, with the real Argo, Great Expectations, MLflow and scikit-learn, as the operator applied them. */
@Tag("cluster")
class NodePipelinesTest {

    @TempDir
    static Path folder;

    private static NodePlatform platform;
    private static Path ann;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(
                "true".equals(System.getenv("CI")) || Files.exists(NodeDesk.IMAGE),
                "skipped: there is no image; make it with ./mvnw -Pimage package");
        platform = NodePlatform.open(folder);
        ann = platform.desk().runner("ann", NodePlatform.PIPELINES);
        platform.sampleData("mlops-dev-raw-data");
        platform.sampleData("defect-data", "--defect");
    }

    @AfterAll
    static void stop() {
        if (platform != null) {
            platform.close();
        }
    }

    @Test
    void goodDataIsPublishedAndTheRunIsExplained() throws Exception {
        Map<String, @Nullable Object> run = platform.ran(ann, "data-validation-workflow.yaml");
        String name = Tree.text(run, "metadata", "name");
        assertEquals("Succeeded", Tree.text(run, "status", "phase"), () -> platform.said(run));
        Map<String, String> outputs = NodePlatform.outputs(run);
        assertEquals("15", outputs.get("successful-expectations"), outputs.toString());
        Path published = platform.desk().bucket("mlops-dev-curated-data").resolve("customers.csv");
        assertEquals(
                Files.readString(platform.desk().bucket("mlops-dev-raw-data").resolve("customers.csv")),
                Files.readString(published));

        Map<String, @Nullable Object> known = platform.provenance(ann, name);
        assertEquals("MATCH", Tree.text(known, "verdict"), known.toString());
        assertEquals(platform.commit(), Tree.text(known, "commit", "id"), known.toString());
    }

    @Test
    void badDataFailsTheGateAndPublishesNothing() throws Exception {
        Map<String, @Nullable Object> run = platform.ran(
                ann,
                "data-validation-workflow.yaml",
                "data-source=s3://defect-data/",
                "output-path=s3://mlops-dev-curated-data/refused/");
        assertEquals("Failed", Tree.text(run, "status", "phase"), () -> platform.said(run));
        assertTrue(platform.said(run).contains("4 of 15 expectations failed"), () -> platform.said(run));
        assertFalse(
                Files.exists(platform.desk().bucket("mlops-dev-curated-data").resolve("refused")));
    }

    /** The model in MLflow is explained by the commit and by the image that ran, down to its digest. */
    @Test
    void aModelIsTrainedAndExplainedDownToTheImageThatRan() throws Exception {
        Map<String, @Nullable Object> run =
                platform.ran(ann, "simple-training-workflow.yaml", "data-path=s3://mlops-dev-raw-data/");
        String name = Tree.text(run, "metadata", "name");
        assertEquals("Succeeded", Tree.text(run, "status", "phase"), () -> platform.said(run));
        String version = String.valueOf(NodePlatform.outputs(run).get("model-version"));

        Map<String, @Nullable Object> known = platform.provenance(ann, name);
        assertEquals("MATCH", Tree.text(known, "verdict"), known.toString());
        assertEquals(platform.commit(), Tree.text(known, "commit", "id"), known.toString());
        Set<Object> images = new HashSet<>(Tree.map(known, "images").values());
        assertEquals(Set.of(platform.stepsImage()), images);
        Map<String, @Nullable Object> model =
                Json.parseObject(NodeDesk.plumbline(0, ann, "provenance", "sample-model:" + version, "-o", "json"));
        assertEquals(name, Tree.text(model, "run", "name"), model.toString());
        platform.desk()
                .await("the model is tagged in MLflow", () -> tags(version).containsKey("plumbline.dev/commit"));
        assertEquals(platform.commit(), tags(version).get("plumbline.dev/commit"));
        assertEquals("MATCH", tags(version).get("plumbline.dev/verdict"));
    }

    /** With the rights that are shipped for it in both namespaces; of KServe only the controller and the runtime are stand-ins. */
    @Test
    void rawDataBecomesAServedModelThatAnswersAPrediction() throws Exception {
        platform.desk().installCrds("platform-crds");
        try (KserveStandIn _ = KserveStandIn.start(platform.desk(), NodePlatform.MODELS)) {
            Map<String, @Nullable Object> run = platform.ran(
                    ann,
                    List.of("ml-pipeline-template"),
                    "model-name=churn",
                    "ecr-repository=123456789012.dkr.ecr.eu-west-1.amazonaws.com/sklearnserver");
            assertEquals("Succeeded", Tree.text(run, "status", "phase"), () -> platform.said(run));
            Map<String, String> outputs = NodePlatform.outputs(run);
            assertEquals("http://churn-predictor.models-dev.svc.cluster.local", outputs.get("serving-url"));
            assertTrue(List.of("0", "1").contains(outputs.get("prediction")), outputs.toString());

            Map<String, @Nullable Object> known = platform.provenance(ann, Tree.text(run, "metadata", "name"));
            assertEquals("MATCH", Tree.text(known, "verdict"), known.toString());
            assertEquals(platform.commit(), Tree.text(known, "commit", "id"), known.toString());
        }
    }

    private static Map<String, String> tags(String version) throws Exception {
        Map<String, String> tags = new TreeMap<>();
        Map<String, @Nullable Object> answer =
                new NodeMlflow(platform.desk()).ask("model-versions/get?name=sample-model&version=" + version);
        for (Map<String, @Nullable Object> tag : Tree.maps(answer, "model_version", "tags")) {
            tags.put(Tree.text(tag, "key"), Tree.text(tag, "value"));
        }
        return tags;
    }
}
