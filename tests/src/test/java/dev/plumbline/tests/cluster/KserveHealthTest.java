package dev.plumbline.tests.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.controller.health.Health;
import dev.plumbline.controller.health.HealthRules;
import dev.plumbline.controller.health.ObjectHealth;
import dev.plumbline.controller.kube.KubeCluster;
import dev.plumbline.controller.live.Selection;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.tests.parts.Kserve;
import dev.plumbline.tests.parts.RealCluster;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What our health rule says of InferenceServices whose status KServe's own controller writes, in its Standard mode; only the kubelet is the
 * test's. KServe does not watch pods, so it learns of a pod that fails when it looks at the service for another reason.
 */
@Tag("cluster")
class KserveHealthTest {

    private static final String GROUP = "serving.kserve.io";
    private static final String KIND = "InferenceService";
    private static final String ME = "tests";
    private static final String FIRST = "https://models.example.com/1/model.pkl";
    private static final String SECOND = "https://models.example.com/2/model.pkl";
    private static final String RUNTIME = "kserve-sklearnserver";

    private static RealCluster real;
    private static KubeCluster cluster;
    private static Kserve kserve;
    private static String namespace;
    private static ServedPods pods;

    @BeforeAll
    static void start() throws Exception {
        real = RealCluster.ownWithControllers();
        cluster = real.connect();
        namespace = "kserve-" + UUID.randomUUID().toString().substring(0, 8);
        cluster.apply(Json.parseObject("""
                {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "%s"}}""".formatted(namespace)), ME, true, false);
        kserve = Kserve.start(real, List.of(), Kserve.shipped(RUNTIME + ".yaml"));
        cluster.apply(Kserve.shipped("default.yaml"), ME, true, false);
        pods = new ServedPods(cluster, namespace);
    }

    @AfterAll
    static void stop() throws Exception {
        if (kserve != null) {
            kserve.close();
        }
        if (cluster != null) {
            cluster.close();
        }
        if (real != null) {
            real.stop();
        }
    }

    @Test
    void aServiceIsCurrentWhenItsModelIsServed() throws Exception {
        apply("good", FIRST, RUNTIME, Map.of());
        await("good", Health.IN_PROGRESS, "");
        pods.serve("good", FIRST);
        await("good", Health.CURRENT, "http://good");
        assertEquals(
                "http://good-predictor." + namespace + ".svc.cluster.local",
                Tree.text(live("good"), "status", "address", "url"));
    }

    /** The generation that KServe says it has seen is that of the Deployment, which does not count what only the service says (kserve#6081). */
    @Test
    void aServiceIsCurrentThoughKserveNamesAnotherGeneration() throws Exception {
        apply("counted", FIRST, RUNTIME, Map.of());
        pods.serve("counted", FIRST);
        await("counted", Health.CURRENT, "");
        cluster.mergePatch(key("counted"), Json.parseObject("{\"spec\": {\"predictor\": {\"maxReplicas\": 3}}}"), ME);
        look("counted");
        assertEquals(2L, Tree.at(live("counted"), "metadata", "generation"));
        await("counted", Health.CURRENT, "");
        assertEquals(1L, Tree.at(live("counted"), "status", "observedGeneration"));
    }

    @Test
    void aServerThatCrashesIsFailedWithItsLastWords() throws Exception {
        apply("crashing", FIRST, RUNTIME, Map.of());
        pods.crash("crashing", FIRST, "no module named model");
        look("crashing");
        await("crashing", Health.FAILED, "BlockedByFailedLoad: no module named model");
    }

    @Test
    void aModelThatCannotBeFetchedIsFailedWithTheReason() throws Exception {
        apply("missing", FIRST, RUNTIME, Map.of());
        pods.missTheModel("missing", FIRST, "URI returned a 404 response code");
        look("missing");
        await("missing", Health.FAILED, "BlockedByFailedLoad: URI returned a 404 response code");
    }

    @Test
    void aRuntimeThatDoesNotExistIsFailed() throws Exception {
        apply("lost", FIRST, "kserve-nobody", Map.of());
        await("lost", Health.FAILED, "InvalidSpec: Waiting for runtime to become available");
        apply("lost", FIRST, RUNTIME, Map.of());
        pods.serve("lost", FIRST);
        await("lost", Health.CURRENT, "");
    }

    /** Also when the new server crashes: until the Deployment gives up, KServe may speak of either pod. */
    @Test
    void aServiceIsInProgressUntilTheNewModelIsServedAndTheOldOneGone() throws Exception {
        apply("updated", FIRST, RUNTIME, Map.of());
        pods.serve("updated", FIRST);
        await("updated", Health.CURRENT, "");
        apply("updated", SECOND, RUNTIME, Map.of());
        Eventually.holds(() -> pods.of("updated", SECOND).size() == 1);
        ObjectHealth begun = health("updated");
        assertEquals(Health.IN_PROGRESS, begun.health(), begun::reason);
        pods.crash("updated", SECOND, "no module named model");
        look("updated");
        ObjectHealth crashed = health("updated");
        assertEquals(Health.IN_PROGRESS, crashed.health(), crashed::reason);
        pods.serve("updated", SECOND);
        await("updated", Health.CURRENT, "");
        assertEquals(List.of(), pods.of("updated", FIRST));
    }

    /** The status is of what was wanted before, and nothing in it says so. */
    @Test
    void aServiceThatKserveHasNotLookedAtSinceItsUpdateIsInProgress() throws Exception {
        apply("unseen", FIRST, RUNTIME, Map.of());
        pods.serve("unseen", FIRST);
        await("unseen", Health.CURRENT, "");
        kserve.close();
        apply("unseen", SECOND, RUNTIME, Map.of());
        ObjectHealth unseen = health("unseen");
        assertEquals(Health.IN_PROGRESS, unseen.health(), unseen::reason);
        assertTrue(unseen.reason().contains(SECOND), unseen::reason);
        kserve = Kserve.start(real, List.of(), Kserve.shipped(RUNTIME + ".yaml"));
        pods.serve("unseen", SECOND);
        await("unseen", Health.CURRENT, "");
    }

    /** KServe goes on saying that the model failed as long as the old pod is there. */
    @Test
    void aServiceWhoseModelIsMendedIsInProgressAndThenCurrent() throws Exception {
        apply("mended", FIRST, RUNTIME, Map.of());
        pods.missTheModel("mended", FIRST, "URI returned a 404 response code");
        look("mended");
        await("mended", Health.FAILED, "");
        apply("mended", SECOND, RUNTIME, Map.of());
        Eventually.holds(() -> pods.of("mended", SECOND).size() == 1);
        await("mended", Health.IN_PROGRESS, "");
        pods.serve("mended", SECOND);
        await("mended", Health.CURRENT, "");
    }

    @Test
    void aServiceThatIsStoppedOnPurposeIsCurrent() throws Exception {
        apply("stopped", FIRST, RUNTIME, Map.of("serving.kserve.io/stop", "true"));
        await("stopped", Health.CURRENT, "stopped");
    }

    private static void apply(String name, String uri, String runtime, Map<String, String> annotations)
            throws Exception {
        Map<String, @Nullable Object> service = Json.parseObject("""
                {"apiVersion": "serving.kserve.io/v1beta1", "kind": "InferenceService",
                 "metadata": {"name": "%s", "namespace": "%s", "annotations": {"serving.kserve.io/deploymentMode": "Standard"}},
                 "spec": {"predictor": {"minReplicas": 1, "model": {
                   "modelFormat": {"name": "sklearn"}, "protocolVersion": "v2", "runtime": "%s", "storageUri": "%s"}}}}
                """.formatted(name, namespace, runtime, uri));
        Tree.map(service, "metadata", "annotations").putAll(annotations);
        cluster.apply(service, ME, true, false);
    }

    /** Has KServe look at a service, by a write that it hands on to nothing. */
    private static void look(String name) throws Exception {
        Map<String, @Nullable Object> patch = new LinkedHashMap<>();
        Tree.set(
                patch,
                UUID.randomUUID().toString(),
                "metadata",
                "annotations",
                "kubectl.kubernetes.io/last-applied-configuration");
        cluster.mergePatch(key(name), patch, ME);
    }

    private static ObjectKey key(String name) {
        return new ObjectKey(GROUP, KIND, namespace, name);
    }

    private static Map<String, @Nullable Object> live(String name) throws Exception {
        return cluster.get(key(name)).orElseThrow();
    }

    private static ObjectHealth health(String name) throws Exception {
        Map<String, @Nullable Object> service = live(name);
        List<Map<String, @Nullable Object>> related = new ArrayList<>();
        for (Selection selection : HealthRules.STANDARD.related(service)) {
            related.addAll(cluster.list(selection).items());
        }
        return HealthRules.STANDARD.of(service, related);
    }

    private static void await(String name, Health wanted, String reason) throws Exception {
        try {
            Eventually.holds(() -> {
                ObjectHealth health = health(name);
                return health.health() == wanted && health.reason().contains(reason);
            });
        } catch (AssertionError e) {
            throw new AssertionError(health(name) + "\n" + Json.write(live(name)) + "\n" + kserve.log(), e);
        }
    }
}
