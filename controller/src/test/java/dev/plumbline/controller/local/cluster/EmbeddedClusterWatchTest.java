package dev.plumbline.controller.local.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.live.SeenEvents;
import dev.plumbline.controller.live.Selection;
import dev.plumbline.controller.live.Watch;
import dev.plumbline.registry.model.ObjectKey;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a watch of the embedded cluster does where a real server's differs by its configuration. */
class EmbeddedClusterWatchTest {

    private static final Selection ALL = Selection.of("", "ConfigMap", "");

    @TempDir
    Path folder;

    private EmbeddedCluster open() throws ClusterException {
        return EmbeddedCluster.open(folder, InstantSource.system());
    }

    private static Map<String, @Nullable Object> configMap(String name, String value) {
        Map<String, @Nullable Object> content = new LinkedHashMap<>();
        content.put("apiVersion", "v1");
        content.put("kind", "ConfigMap");
        content.put("metadata", Map.of("name", name, "namespace", "default"));
        content.put("data", Map.of("key", value));
        return content;
    }

    @Test
    void itGoesOnAfterARestart() throws Exception {
        String from;
        try (EmbeddedCluster cluster = open()) {
            from = cluster.list(ALL).resourceVersion();
            cluster.create(configMap("one", "1"), "me");
            cluster.apply(configMap("one", "2"), "me", true, false);
        }
        SeenEvents seen = new SeenEvents();
        try (EmbeddedCluster cluster = open();
                Watch watch = cluster.watch(ALL, from, seen)) {
            assertEquals("ADDED one 1", seen.next());
            assertEquals("MODIFIED one 2", seen.next());
            cluster.delete(
                    new ObjectKey("", "ConfigMap", "default", "one"),
                    new dev.plumbline.controller.apply.DeleteOptions(null, null, false));
            assertEquals("DELETED one 2", seen.next());
        }
    }

    @Test
    void itIsToldWhenTheClusterCloses() throws Exception {
        SeenEvents seen = new SeenEvents();
        try (EmbeddedCluster cluster = open()) {
            cluster.watch(ALL, cluster.list(ALL).resourceVersion(), seen);
        }
        assertEquals("ended UNAVAILABLE", seen.next());
    }

    @Test
    void whatIsTooOldIsGone() throws Exception {
        try (EmbeddedCluster cluster = open()) {
            String from = cluster.list(ALL).resourceVersion();
            String big = "x".repeat(1_000_000);
            for (int i = 0; i < 10; i++) {
                cluster.apply(configMap("one", i + big), "me", true, false);
            }
            ClusterException refusal =
                    assertThrows(ClusterException.class, () -> cluster.watch(ALL, from, new SeenEvents()));
            assertEquals(ClusterException.Reason.GONE, refusal.reason());
            assertTrue(String.valueOf(refusal.getMessage()).contains("list again"));
        }
    }
}
