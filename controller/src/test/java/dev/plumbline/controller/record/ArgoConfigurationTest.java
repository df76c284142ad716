package dev.plumbline.controller.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.controller.local.cluster.EmbeddedCluster;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.memory.MemoryStores;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.registry.provenance.WorkflowDefaults;
import dev.plumbline.registry.store.Stores;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArgoConfigurationTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Map<String, @Nullable Object> SSD = Map.of("nodeSelector", Map.of("disk", "ssd"));

    private final Stores stores = MemoryStores.create();
    private final HeardEvents heard = new HeardEvents();
    private Instant now = START;
    private EmbeddedCluster cluster;

    @BeforeEach
    void open(@TempDir Path folder) throws Exception {
        cluster = EmbeddedCluster.open(folder, InstantSource.system());
        cluster.create(
                Json.parseObject(
                        "{\"apiVersion\": \"v1\", \"kind\": \"Namespace\", \"metadata\": {\"name\": \"argo\"}}"),
                "test");
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void aRunIsJudgedByWhatWasInForceWhenItWasTakenUp() throws Exception {
        configure("workflowDefaults", "");
        ArgoConfiguration configuration = at(0);
        configuration.look();
        now = START.plusSeconds(100);
        configuration.look();
        configure("workflowDefaults", "spec: {nodeSelector: {disk: ssd}}");
        now = START.plusSeconds(200);
        configuration.look();

        assertEquals(known(Map.of()), between(configuration, 50));
        assertEquals(known(SSD), between(configuration, 300));
        assertEquals(new WorkflowDefaults(List.of(SSD, Map.of()), true), between(configuration, 150), "either");
        assertFalse(between(configuration, -100).known(), "nobody looked then");

        assertEquals(known(Map.of()), between(again(), 50), "it is kept");
    }

    @Test
    void theOldFormIsReadToo() throws Exception {
        configure("config", "parallelism: 3\nworkflowDefaults:\n  spec:\n    nodeSelector: {disk: ssd}\n");
        ArgoConfiguration configuration = at(0);
        configuration.look();
        assertEquals(known(SSD), between(configuration, 10));
    }

    @Test
    void withoutTheConfigMapNothingIsKnownAndThatIsSaid() throws Exception {
        ArgoConfiguration configuration = at(0);
        configuration.look();
        assertEquals(WorkflowDefaults.UNKNOWN, between(configuration, 10));
        String said = heard.said.getFirst();
        assertTrue(said.startsWith("trouble ") && said.contains("argo/settings, failed because it is not there"), said);
    }

    @Test
    void brokenYamlIsNotTakenForNoDefaults() throws Exception {
        configure("workflowDefaults", "spec: {");
        ArgoConfiguration configuration = at(0);
        configuration.look();
        assertEquals(WorkflowDefaults.UNKNOWN, between(configuration, 10));
    }

    private ArgoConfiguration again() throws Exception {
        ArgoConfiguration configuration = at(300);
        configuration.look();
        return configuration;
    }

    private ArgoConfiguration at(long second) {
        now = START.plusSeconds(second);
        return new ArgoConfiguration(
                cluster,
                new ObjectKey("", "ConfigMap", "argo", "settings"),
                stores.refs(),
                "cluster/argo-defaults",
                () -> now,
                heard);
    }

    private static WorkflowDefaults between(ArgoConfiguration configuration, long second) {
        Instant moment = START.plusSeconds(second);
        return configuration.between(moment, moment);
    }

    private static WorkflowDefaults known(Map<String, @Nullable Object> spec) {
        return new WorkflowDefaults(List.of(spec), true);
    }

    private void configure(String field, String text) throws Exception {
        Map<String, @Nullable Object> object = Json.parseObject("""
                {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "settings", "namespace": "argo"}}
                """);
        Tree.set(object, text, "data", field);
        cluster.apply(object, "test", true, false);
    }
}
