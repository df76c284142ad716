package dev.plumbline.tests.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.plumbline.controller.kube.KubeCluster;
import dev.plumbline.controller.live.Selection;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.JsonException;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.manifest.Manifest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The pods of InferenceServices where no kubelet runs them: what a kubelet would write about them is written here.
 *
 * @param cluster where
 * @param namespace of the services
 */
record ServedPods(KubeCluster cluster, String namespace) {

    private static final String ME = "tests";
    private static final String SOURCE = "internal.serving.kserve.io/storage-initializer-sourceuri";

    private static final String READY = """
            {"phase": "Running", "conditions": [{"type": "Ready", "status": "True"}],
             "initContainerStatuses": [%s], "containerStatuses": [%s]}
            """;

    private static final String WAITING = """
            {"phase": "%s", "conditions": [{"type": "Ready", "status": "False"}],
             "initContainerStatuses": [%s], "containerStatuses": [%s]}
            """;

    private static final String STATE = """
            {"name": "%s", "image": "i", "imageID": "i", "ready": %s, "restartCount": 1, "state": {%s}, "lastState": {%s}}
            """;

    private static final String ENDED = "\"terminated\": {\"exitCode\": %s, \"reason\": \"%s\", \"message\": \"%s\"}";
    private static final String RUNS = "\"running\": {}";
    private static final String INITIALIZER = "storage-initializer";
    private static final String SERVER = "kserve-container";

    /** The pods of a service that serve a model, or are to. */
    List<Map<String, @Nullable Object>> of(String service, String uri) throws Exception {
        return cluster
                .list(new Selection("", "Pod", namespace, Map.of("app", "isvc." + service + "-predictor")))
                .items()
                .stream()
                .filter(pod -> uri.equals(Tree.text(pod, "metadata", "annotations", SOURCE)))
                .filter(pod -> Tree.text(pod, "metadata", "deletionTimestamp").isEmpty())
                .toList();
    }

    /** The model is fetched and served. */
    void serve(String service, String uri) throws Exception {
        String fetched = STATE.formatted(INITIALIZER, true, ENDED.formatted(0, "Completed", ""), "");
        write(service, uri, READY.formatted(fetched, STATE.formatted(SERVER, true, RUNS, "")));
    }

    /** The server of the model starts, ends and is started again and again. */
    void crash(String service, String uri, String message) throws Exception {
        String fetched = STATE.formatted(INITIALIZER, true, ENDED.formatted(0, "Completed", ""), "");
        write(service, uri, WAITING.formatted("Running", fetched, looping(SERVER, message)));
    }

    /** The model cannot be fetched. */
    void missTheModel(String service, String uri, String message) throws Exception {
        String waits = STATE.formatted(SERVER, false, "\"waiting\": {\"reason\": \"PodInitializing\"}", "");
        write(service, uri, WAITING.formatted("Pending", looping(INITIALIZER, message), waits));
    }

    private static String looping(String container, String message) {
        return STATE.formatted(
                container,
                false,
                "\"waiting\": {\"reason\": \"CrashLoopBackOff\"}",
                ENDED.formatted(1, "Error", message));
    }

    /** Waits for the one pod, because KServe and the controllers make it in their own time. */
    private void write(String service, String uri, String status) throws Exception {
        Eventually.holds(() -> of(service, uri).size() == 1);
        Map<String, @Nullable Object> pod = of(service, uri).getFirst();
        cluster.status(Manifest.keyOf(pod), Tree.text(pod, "metadata", "uid"), read(status), ME);
        assertEquals(
                INITIALIZER, Tree.text(Tree.maps(pod, "spec", "initContainers").getFirst(), "name"));
    }

    private static Map<String, @Nullable Object> read(String status) throws JsonException {
        return Json.parseObject(status);
    }
}
