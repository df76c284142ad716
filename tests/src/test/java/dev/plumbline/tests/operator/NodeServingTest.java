package dev.plumbline.tests.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.controller.health.Health;
import dev.plumbline.controller.health.ObjectHealth;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.render.Renderer;
import dev.plumbline.registry.source.MapSnapshot;
import dev.plumbline.tests.parts.RealCluster;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The shipped steps of a deployment with the shipped rights, and KServe's own controller: an InferenceService is applied, KServe makes a
 * Deployment and a Service of it, its own code fetches the model, and a pod of a runtime answers a prediction. Of the runtime the server is
 * ours; see {@link NodeKserve}.
 */
@Tag("cluster")
class NodeServingTest {

    private static final String URI =
            NodeMlflow.ADDRESS + "/api/2.0/mlflow-artifacts/artifacts/1/models/m-1/artifacts/model.pkl";

    /** A model of two features, handed to MLflow as MLflow's own client does. */
    private static final String MAKE = """
            import pickle, sys, urllib.request
            from sklearn.linear_model import LogisticRegression

            model = LogisticRegression().fit([[0.0, 0.0], [9.0, 9.0]], [0, 1])
            request = urllib.request.Request(sys.argv[1], data=pickle.dumps(model), method="PUT")
            print(urllib.request.urlopen(request).status)
            """;

    @TempDir
    static Path folder;

    private static NodeDesk desk;
    private static NodeKserve kserve;

    @BeforeAll
    static void start() throws Exception {
        desk = NodeDesk.open(folder, List.of(), RealCluster.part("steps-image").resolve("image.tar"));
        for (String namespace : List.of(NodePlatform.PIPELINES, NodePlatform.MODELS)) {
            desk.apply("{\"apiVersion\": \"v1\", \"kind\": \"Namespace\", \"metadata\": {\"name\": \"" + namespace
                    + "\"}}");
        }
        MapSnapshot shipped = MapSnapshot.read(Path.of("..").toAbsolutePath().normalize(), List.of("pipelines"));
        for (Manifest manifest :
                new Renderer().render(shipped, "pipelines/model-deployment").objects()) {
            Map<String, @Nullable Object> object = Tree.copy(manifest.content());
            Tree.set(object, NodePlatform.PIPELINES, "metadata", "namespace");
            desk.apply(object);
        }
        for (var object : NodeDesk.shipped(DeploymentRights.ACCOUNTS, NodePlatform.MODELS, NodePlatform.PIPELINES)) {
            desk.apply(object);
        }
        NodeMlflow mlflow = new NodeMlflow(desk);
        mlflow.start();
        kserve = NodeKserve.start(desk, NodePlatform.MODELS);
        mlflow.await();
    }

    @AfterAll
    static void stop() throws Exception {
        if (kserve != null) {
            kserve.close();
        }
        if (desk != null) {
            desk.close();
        }
    }

    @Test
    void aModelIsServedAndOneThatLacksARightToServeSaysWhich() throws Exception {
        desk.apply("""
                {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "make", "namespace": "mlflow-dev"},
                 "spec": {"restartPolicy": "OnFailure", "containers": [{"name": "main", "image": "plumbline/pipeline-python:1.0.0",
                   "command": ["python", "-c", %s, "%s"]}]}}
                """.formatted(Json.write(MAKE), URI));
        desk.await(
                "the model is made",
                () -> Tree.text(desk.get("", "Pod", "mlflow-dev", "make"), "status", "phase")
                        .equals("Succeeded"));
        DeploymentRights steps = DeploymentRights.begin(desk, URI, NodeKserve.RUNTIME);
        Map<String, @Nullable Object> run = steps.whole();
        assertEquals("Succeeded", Tree.text(run, "status", "phase"), () -> steps.said(run));
        Map<String, String> outputs = NodePlatform.outputs(run);
        assertEquals("http://churn-predictor.models-dev.svc.cluster.local", outputs.get("serving-url"));
        assertEquals("0", outputs.get("prediction"));
        ObjectHealth health = kserve.health(NodePlatform.MODELS, "churn");
        assertEquals(Health.CURRENT, health.health(), health::reason);

        assertEquals(
                List.of(
                        "no-create-inferenceservices",
                        "no-get-deployments",
                        "no-get-inferenceservices",
                        "no-patch-inferenceservices"),
                steps.names());
        Map<String, String> silent = steps.silent();
        assertTrue(silent.isEmpty(), silent::toString);
    }
}
