package dev.plumbline.tests.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.plumbline.controller.apply.DeleteOptions;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.tests.operator.NodeRetrainings.Seed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The shipped pipelines in containers, with the real Argo, Great Expectations, MLflow and scikit-learn, as the operator applied them. */
@Tag("cluster")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class NodePipelinesTest {

    /** The model that is deployed and then looked at. */
    private static final String MODEL = "churn";

    @TempDir
    static Path folder;

    private static NodePlatform platform;
    private static Path ann;
    private static KserveStandIn kserve;
    private static NodeRetrainings retrainings;
    private static Map<String, @Nullable Object> pipeline = Map.of();

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(
                "true".equals(System.getenv("CI")) || Files.exists(NodeDesk.IMAGE),
                "skipped: there is no image; make it with ./mvnw -Pimage package");
        platform = NodePlatform.open(folder);
        ann = platform.desk().runner("ann", NodePlatform.PIPELINES);
        platform.sampleData("mlops-dev-raw-data");
        platform.sampleData("defect-data", "--defect");
        platform.desk().installCrds("platform-crds");
        kserve = KserveStandIn.start(platform.desk(), NodePlatform.MODELS);
    }

    @AfterAll
    static void stop() {
        if (kserve != null) {
            kserve.close();
        }
        if (platform != null) {
            platform.close();
        }
    }

    @Test
    @Order(1)
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
    @Order(2)
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
    @Order(3)
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
    @Order(4)
    void rawDataBecomesAServedModelThatAnswersAPrediction() throws Exception {
        Map<String, @Nullable Object> run = platform.ran(
                ann,
                List.of("ml-pipeline-template"),
                "model-name=" + MODEL,
                "ecr-repository=123456789012.dkr.ecr.eu-west-1.amazonaws.com/sklearnserver");
        assertEquals("Succeeded", Tree.text(run, "status", "phase"), () -> platform.said(run));
        Map<String, String> outputs = NodePlatform.outputs(run);
        assertEquals("http://churn-predictor.models-dev.svc.cluster.local", outputs.get("serving-url"));
        assertTrue(List.of("0", "1").contains(outputs.get("prediction")), outputs.toString());
        System.out.println("ml-pipeline on the node took " + NodeRuns.seconds(run) + " s");

        Map<String, @Nullable Object> known = platform.provenance(ann, Tree.text(run, "metadata", "name"));
        assertEquals("MATCH", Tree.text(known, "verdict"), known.toString());
        assertEquals(platform.commit(), Tree.text(known, "commit", "id"), known.toString());
        pipeline = run;
        retrainings = NodeRetrainings.begin(platform, ann, MODEL);
    }

    /** With what the platform's NetworkPolicies say, enforced; the pods have the labels that the steps have. That they reach MLflow and S3, runs show. */
    @Test
    @Order(5)
    void aStepReachesWhatItNeedsAndNothingElse() throws Exception {
        NodeProbe probe = new NodeProbe(platform.desk());
        String foreign = probe.listener("default");
        String step = probe.listener(NodePlatform.PIPELINES);
        String model = "churn-predictor.models-dev:80";
        String operator = "plumbline-controller.plumbline-system:80";
        String server = "kubernetes.default:443";
        String kubelet = "10.255.0.1:10250";
        Set<String> all = Set.of(foreign, step, model, operator, server, kubelet);
        Map<Map<String, String>, Set<String>> wanted = Map.of(
                Map.of(), Set.of(server),
                Map.of("asks", "model"), Set.of(server, model),
                Map.of("asks", "plumbline"), Set.of(server, operator));
        Map<Map<String, String>, String> pods = new HashMap<>();
        for (Map<String, String> labels : wanted.keySet()) {
            pods.put(labels, probe.look(NodePlatform.PIPELINES, labels, all));
        }
        String served = probe.look(NodePlatform.MODELS, Map.of(), all);
        String outside = probe.look("default", Map.of(), all);
        for (Map<String, String> labels : wanted.keySet()) {
            assertEquals(
                    new TreeSet<>(wanted.get(labels)),
                    probe.reached(NodePlatform.PIPELINES, pods.get(labels)),
                    labels.toString());
        }
        assertEquals(new TreeSet<>(Set.of(server)), probe.reached(NodePlatform.MODELS, served));
        assertEquals(
                new TreeSet<>(Set.of(foreign, model, operator, server, kubelet)),
                probe.reached("default", outside),
                "what no policy keeps in reaches all but a step");
    }

    @Test
    @Order(6)
    void aGoodModelIsLeftAlone() throws Exception {
        Map<String, @Nullable Object> run = looked(Seed.NOTHING);
        assertEquals("false", NodePlatform.outputs(run).get("retrained"), () -> platform.said(run));
        assertEquals("none", NodePlatform.outputs(run).get("new-version"));
        assertEquals("Skipped", NodeRetrainings.phase(run, "train"));
        assertTrue(
                platform.printed(run, "measure").endsWith(": it is good enough\n"), platform.printed(run, "measure"));
    }

    @Test
    @Order(7)
    void driftIsNoticedAndAModelThatIsNotBetterIsNotDeployed() throws Exception {
        Map<String, @Nullable Object> run = looked(Seed.DRIFT);
        String said = platform.printed(run, "measure");
        assertTrue(said.contains("train again, because the drift of ") && said.contains("monthly_charge"), said);
        assertFalse(said.contains("accuracy"), said);
        assertTrue(NodePlatform.outputs(run).get("new-version").matches("[0-9]+"), () -> platform.said(run));
        assertNotDeployed(run, "is not better than ");
    }

    @Test
    @Order(8)
    void aLossOfAccuracyIsNoticedAndABetterModelWaitsUntilADeploymentIsAskedFor() throws Exception {
        Map<String, @Nullable Object> run = looked(Seed.LOSS);
        String said = platform.printed(run, "measure");
        assertTrue(said.contains("train again, because accuracy 0.") && said.contains(" is below 0.75"), said);
        assertFalse(said.contains("drift"), said);
        assertNotDeployed(run, "keep the current model, because auto-deploy is false");
    }

    private static void assertNotDeployed(Map<String, @Nullable Object> run, String why) throws Exception {
        assertEquals("false", NodePlatform.outputs(run).get("deployed"));
        assertEquals("Skipped", NodeRetrainings.phase(run, "deploy"));
        String compared = platform.printed(run, "compare");
        assertTrue(compared.contains(why) && compared.lines().count() == 1, compared);
    }

    @Test
    @Order(9)
    void aBetterModelIsDeployedWhenThatIsAskedFor() throws Exception {
        Map<String, @Nullable Object> run = looked(Seed.LOSS_TO_DEPLOY);
        Map<String, String> outputs = NodePlatform.outputs(run);
        assertEquals("true", outputs.get("deployed"), () -> platform.said(run));
        assertTrue(List.of("0", "1").contains(outputs.get("prediction")), outputs.toString());
        Map<String, @Nullable Object> champion =
                new NodeMlflow(platform.desk()).ask("registered-models/alias?name=" + MODEL + "&alias=champion");
        assertEquals(outputs.get("new-version"), Tree.text(champion, "model_version", "version"));
        Map<String, @Nullable Object> service =
                platform.desk().get("serving.kserve.io", "InferenceService", NodePlatform.MODELS, MODEL);
        assertEquals(outputs.get("new-version"), Tree.text(service, "metadata", "labels", "model-version"));
    }

    @Test
    @Order(10)
    void aModelThatMissesTheGateIsNotDeployedAndTheGateSaysWhy() throws Exception {
        Map<String, @Nullable Object> run = looked(Seed.GATE);
        assertEquals("false", NodePlatform.outputs(run).get("deployed"), () -> platform.said(run));
        assertEquals("Skipped", NodeRetrainings.phase(run, "deploy"));
        String said = platform.printed(run, "gate");
        assertTrue(said.matches("models:/refused/1 has accuracy 0\\.[0-9]+, below 1: it is not deployed\n"), said);
        assertTrue(platform.desk()
                .find("serving.kserve.io", "InferenceService", NodePlatform.MODELS, "refused")
                .isEmpty());
    }

    private static Map<String, @Nullable Object> looked(Seed seed) throws Exception {
        assertNotNull(retrainings, "no model was deployed that could be looked at");
        Map<String, @Nullable Object> run = retrainings.ended(seed);
        assertEquals("Succeeded", Tree.text(run, "status", "phase"), () -> platform.said(run));
        return run;
    }

    /** With the rights of the account that the pipeline names for that. */
    @Test
    @Order(11)
    void whatAPipelineKeptGoesWithItsRunButTheModelAndWhatSpeaksOfIt() throws Exception {
        ObjectKey key = new ObjectKey(
                "argoproj.io", "Workflow", NodePlatform.PIPELINES, Tree.text(pipeline, "metadata", "name"));
        assertTrue(kept().containsAll(List.of("main-logs", "split", "model")), kept().toString());
        platform.desk().cluster().delete(key, new DeleteOptions(null, null, false));
        platform.desk()
                .await(
                        "the run is gone",
                        () -> platform.desk().cluster().get(key).isEmpty());
        assertEquals(new TreeSet<>(Set.of("metrics", "model", "validation-result")), kept());
    }

    /** The names of the artifacts of the pipeline that are kept, among those that it had. */
    private static Set<String> kept() {
        Path bucket = platform.desk().bucket("mlops-dev-artifacts");
        Set<String> kept = new TreeSet<>();
        for (Object node : Tree.map(pipeline, "status", "nodes").values()) {
            for (Map<String, @Nullable Object> artifact : Tree.maps(node, "outputs", "artifacts")) {
                if (Files.exists(bucket.resolve(Tree.text(artifact, "s3", "key")))) {
                    kept.add(Tree.text(artifact, "name"));
                }
            }
        }
        return kept;
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
