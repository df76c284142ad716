package dev.plumbline.tests.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.plumbline.controller.kube.KubeCalls;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.ObjectKey;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An MLflow server on a node, of the version that the steps speak to because it is started from their image, where the overlay
 * {@code dev} looks for it. It hands out its artifacts itself and forgets everything with its pod.
 *
 * @param desk where
 */
record NodeMlflow(NodeDesk desk) {

    /** Its address, which only the node's pods reach. */
    static final String ADDRESS = "http://mlflow-server.mlflow-dev:5000";

    private static final String SERVER = """
            {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "mlflow-server", "namespace": "mlflow-dev"}, "spec": {
              "selector": {"matchLabels": {"app": "mlflow-server"}},
              "template": {"metadata": {"labels": {"app": "mlflow-server"}}, "spec": {
                "containers": [{
                  "name": "server", "image": "plumbline/pipeline-python:1.0.0",
                  "command": ["python", "-m", "mlflow", "server", "--host", "0.0.0.0", "--port", "5000", "--workers", "1",
                    "--allowed-hosts", "*",
                    "--backend-store-uri", "sqlite:////data/mlflow.db", "--artifacts-destination", "/data/artifacts"],
                  "env": [{"name": "MLFLOW_SERVER_ENABLE_JOB_EXECUTION", "value": "false"},
                    {"name": "HOME", "value": "/data"}, {"name": "TMPDIR", "value": "/data"}],
                  "readinessProbe": {"httpGet": {"path": "/health", "port": 5000}, "periodSeconds": 1},
                  "securityContext": {"readOnlyRootFilesystem": true},
                  "volumeMounts": [{"name": "data", "mountPath": "/data"}]}],
                "volumes": [{"name": "data", "emptyDir": {}}]}}}}
            """;

    /** Starts it. */
    void start() throws Exception {
        desk.apply("""
                {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "mlflow-dev"}}""", """
                {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "mlflow-server", "namespace": "mlflow-dev"},
                 "spec": {"selector": {"app": "mlflow-server"}, "ports": [{"port": 5000}]}}
                """, SERVER);
    }

    /** Waits until it answers. */
    void await() throws Exception {
        desk.await(
                "MLflow is ready",
                () -> Json.write(Tree.at(
                                desk.get("apps", "Deployment", "mlflow-dev", "mlflow-server"),
                                "status",
                                "readyReplicas"))
                        .equals("1"));
    }

    /** What it answers to a question, asked through the API server. */
    Map<String, @Nullable Object> ask(String path) throws Exception {
        KubeCalls.Reply reply = desk.cluster()
                .calls()
                .ask(
                        new ObjectKey("", "Service", "mlflow-dev", "mlflow-server"),
                        "5000",
                        "/api/2.0/mlflow/" + path,
                        Map.of(),
                        Duration.ofSeconds(20));
        assertEquals(200, reply.code(), reply::body);
        return Json.parseObject(reply.body());
    }
}
