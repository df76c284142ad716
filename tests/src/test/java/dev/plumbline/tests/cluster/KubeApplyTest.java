package dev.plumbline.tests.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.controller.apply.ApplyResult;
import dev.plumbline.controller.apply.Gate;
import dev.plumbline.controller.apply.HealthGate;
import dev.plumbline.controller.apply.Pause;
import dev.plumbline.controller.apply.TestSync;
import dev.plumbline.controller.health.Health;
import dev.plumbline.controller.health.HealthRules;
import dev.plumbline.controller.kube.KubeCluster;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.tests.parts.RealCluster;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What only a real API server does: it takes time to serve a new kind, and does not let every field be changed. */
@Tag("cluster")
class KubeApplyTest {

    private static KubeCluster cluster;

    private String namespace;
    private TestSync sync;

    @BeforeAll
    static void connect() throws Exception {
        cluster = RealCluster.bare().connect();
    }

    @AfterAll
    static void disconnect() {
        if (cluster != null) {
            cluster.close();
        }
    }

    @BeforeEach
    void prepare() throws Exception {
        namespace = "apply-" + UUID.randomUUID().toString().substring(0, 8);
        sync = new TestSync("apply", cluster, cluster);
    }

    @Test
    void aDefinitionItsNamespaceAndItsObjectsAreOnePlan() throws Exception {
        String group = namespace + ".example.com";
        sync.wants(
                "{'apiVersion':'" + group + "/v1','kind':'Widget','metadata':{'name':'w','namespace':'" + namespace
                        + "'},'spec':{'size':1}}",
                "{'apiVersion':'v1','kind':'Namespace','metadata':{'name':'" + namespace + "'}}",
                "{'apiVersion':'apiextensions.k8s.io/v1','kind':'CustomResourceDefinition','metadata':{'name':'widgets."
                        + group + "'},'spec':{'group':'" + group
                        + "','scope':'Namespaced','names':{'kind':'Widget','plural':'widgets'},'versions':[{'name':'v1','served':true,'storage':true,'schema':{'openAPIV3Schema':{'type':'object','properties':{'spec':{'type':'object','properties':{'size':{'type':'integer'}}}}}}}]}}");
        ObjectKey widget = new ObjectKey(group, "Widget", namespace, "w");
        ObjectKey definition =
                new ObjectKey("apiextensions.k8s.io", "CustomResourceDefinition", "", "widgets." + group);
        ApplyResult result = sync.apply(sync.plan(), gate());
        assertTrue(result.complete(), result.failures().toString());
        assertTrue(cluster.get(widget).isPresent());
        assertEquals(
                Health.CURRENT,
                HealthRules.STANDARD
                        .of(cluster.get(definition).orElseThrow(), List.of())
                        .health());
        assertEquals(
                Health.CURRENT,
                HealthRules.STANDARD
                        .of(
                                cluster.get(new ObjectKey("", "Namespace", "", namespace))
                                        .orElseThrow(),
                                List.of())
                        .health());
    }

    @Test
    void aFieldThatTheServerDoesNotLetChangeIsNamed() throws Exception {
        makeNamespace();
        sync.wants(deployment("", "b")).apply();
        ApplyResult result = sync.apply(sync.wants(deployment("", "c")).plan());
        String error = String.valueOf(result.failures().getFirst().error());
        assertTrue(error.contains("spec.selector cannot be changed"), error);
        assertTrue(error.contains("plumbline.dev/replace: allowed"), error);
        assertFalse(result.failures().getFirst().retryable());
    }

    @Test
    void whatMayBeReplacedIsMadeAnew() throws Exception {
        makeNamespace();
        String allowed = ",'annotations':{'plumbline.dev/replace':'allowed'}";
        sync.wants(deployment(allowed, "b")).apply();
        ObjectKey key = new ObjectKey("apps", "Deployment", namespace, "d");
        String uid = Tree.text(cluster.get(key).orElseThrow(), "metadata", "uid");
        ApplyResult result = sync.apply(sync.wants(deployment(allowed, "c")).plan());
        assertTrue(result.complete(), result.failures().toString());
        assertFalse(uid.equals(Tree.text(cluster.get(key).orElseThrow(), "metadata", "uid")));
        assertTrue(sync.plan().isEmpty(), sync.plan().text());
    }

    @Test
    void aDeploymentThatNobodyRollsOutIsInProgress() throws Exception {
        makeNamespace();
        sync.wants(deployment("", "b"));
        ApplyResult result = sync.apply(sync.plan(), gate());
        assertEquals(
                Health.IN_PROGRESS, result.health().worst(), result.health().summary());
    }

    @Test
    void moreCallsMayBeUnderWayThanOneConnectionCarries() throws Exception {
        makeNamespace();
        List<Callable<Boolean>> reads = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            ObjectKey key = new ObjectKey("", "ConfigMap", namespace, "missing-" + i);
            reads.add(() -> cluster.get(key).isPresent());
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Boolean> read : threads.invokeAll(reads)) {
                assertFalse(read.get());
            }
        }
    }

    private static Gate gate() {
        return new HealthGate(
                cluster, HealthRules.STANDARD, Duration.ofSeconds(20), InstantSource.system(), Pause.SLEEP);
    }

    private void makeNamespace() throws Exception {
        cluster.create(
                Json.parseObject(
                        "{\"apiVersion\":\"v1\",\"kind\":\"Namespace\",\"metadata\":{\"name\":\"" + namespace + "\"}}"),
                "test");
    }

    private String deployment(String more, String label) {
        return "{'apiVersion':'apps/v1','kind':'Deployment','metadata':{'name':'d','namespace':'" + namespace + "'"
                + more
                + "},'spec':{'selector':{'matchLabels':{'a':'" + label + "'}},'template':{'metadata':{'labels':{'a':'"
                + label + "'}},'spec':{'containers':[{'name':'main','image':'x'}]}}}}";
    }
}
