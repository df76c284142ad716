package dev.plumbline.controller.local.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.controller.apply.DeleteOptions;
import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.live.Selection;
import dev.plumbline.controller.live.WatchListener;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.ObjectKey;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedClusterDiskTest {

    @TempDir
    Path folder;

    private static Map<String, @Nullable Object> configMap(String name, String value) {
        return Map.of(
                "apiVersion",
                "v1",
                "kind",
                "ConfigMap",
                "metadata",
                Map.of("name", name, "namespace", "default"),
                "data",
                Map.of("key", value));
    }

    private static ObjectKey key(String name) {
        return new ObjectKey("", "ConfigMap", "default", name);
    }

    private EmbeddedCluster open() throws ClusterException {
        return EmbeddedCluster.open(folder, InstantSource.system());
    }

    @Test
    void whatWasAcknowledgedIsThereAfterTheNextOpen() throws Exception {
        String id;
        Map<String, @Nullable Object> patched;
        String version;
        try (EmbeddedCluster cluster = open()) {
            id = cluster.clusterId();
            cluster.create(configMap("kept", "1"), "me");
            cluster.create(configMap("deleted", "1"), "me");
            patched = cluster.mergePatch(key("kept"), Map.of("data", Map.of("key", "2")), "me");
            cluster.delete(key("deleted"), new DeleteOptions(null, null, false));
            version = cluster.list(Selection.of("", "ConfigMap", "")).resourceVersion();
        }
        try (EmbeddedCluster cluster = open()) {
            assertEquals(id, cluster.clusterId());
            assertEquals(patched, cluster.get(key("kept")).orElseThrow());
            assertTrue(cluster.get(key("deleted")).isEmpty());
            assertEquals(
                    version, cluster.list(Selection.of("", "ConfigMap", "")).resourceVersion());
        }
    }

    @Test
    void aTornTailIsCutOff() throws Exception {
        try (EmbeddedCluster cluster = open()) {
            cluster.create(configMap("kept", "1"), "me");
        }
        Path log = WriteAheadLog.logFile(folder, 1);
        long whole = Files.size(log);
        Files.write(log, new byte[] {0, 0, 0, 50, 1, 2, 3, 4, '{'}, StandardOpenOption.APPEND);
        try (EmbeddedCluster cluster = open()) {
            assertEquals(whole, Files.size(log));
            assertTrue(cluster.get(key("kept")).isPresent());
            cluster.create(configMap("next", "1"), "me");
        }
        try (EmbeddedCluster cluster = open()) {
            assertTrue(cluster.get(key("next")).isPresent());
        }
    }

    @Test
    void aSecondOpenIsRefused() throws Exception {
        try (EmbeddedCluster cluster = open()) {
            assertEquals(
                    ClusterException.Reason.UNAVAILABLE,
                    assertThrows(ClusterException.class, this::open).reason());
        }
    }

    @Test
    void theLogIsReplacedByAStateWhenItHasGrown() throws Exception {
        String big = "x".repeat(200_000);
        Map<String, @Nullable Object> last = Map.of();
        try (EmbeddedCluster cluster = open()) {
            cluster.create(configMap("kept", "1"), "me");
            for (int i = 0; i < 100; i++) {
                last = cluster.mergePatch(key("kept"), Map.of("data", Map.of("big", i + big)), "me");
            }
        }
        try (Stream<Path> files = Files.list(folder)) {
            List<String> names =
                    files.map(f -> f.getFileName().toString()).sorted().toList();
            assertEquals(4, names.size(), names::toString);
            assertTrue(names.get(3).startsWith("state-"), names::toString);
        }
        try (EmbeddedCluster cluster = open()) {
            assertEquals(last, cluster.get(key("kept")).orElseThrow());
            Map<String, @Nullable Object> next =
                    cluster.mergePatch(key("kept"), Map.of("data", Map.of("big", "")), "me");
            assertTrue(Long.parseLong(Tree.text(next, "metadata", "resourceVersion"))
                    > Long.parseLong(Tree.text(last, "metadata", "resourceVersion")));
            assertEquals(
                    ClusterException.Reason.GONE,
                    assertThrows(
                                    ClusterException.class,
                                    () -> cluster.watch(Selection.of("", "ConfigMap", ""), "3", new Seen()))
                            .reason());
        }
    }

    @Test
    void theFirstFormatIsReadForEver() throws Exception {
        for (String name : List.of("cluster-id", "state-00000002", "log-00000002")) {
            try (InputStream in = EmbeddedClusterDiskTest.class.getResourceAsStream("v1/" + name)) {
                Files.write(
                        folder.resolve(name), Objects.requireNonNull(in, name).readAllBytes());
            }
        }
        try (EmbeddedCluster cluster = open()) {
            assertEquals("7d9f0d2e-4b1c-4d5e-9a10-0123456789ab", cluster.clusterId());
            assertEquals("7", cluster.list(Selection.of("", "ConfigMap", "")).resourceVersion());
            Map<String, @Nullable Object> stored = cluster.get(key("stored")).orElseThrow();
            assertEquals(Map.of("key", "c"), stored.get("data"));
            assertEquals("5", Tree.text(stored, "metadata", "resourceVersion"));
            assertEquals(
                    "carol",
                    Tree.text(Tree.maps(stored, "metadata", "managedFields").getFirst(), "manager"));
            assertTrue(cluster.get(key("logged")).isPresent());
            assertTrue(cluster.get(key("gone")).isEmpty());
        }
    }

    @Test
    void damageInTheMiddleIsSaidAndNothingIsChanged() throws Exception {
        try (EmbeddedCluster cluster = open()) {
            cluster.create(configMap("kept", "1"), "me");
        }
        Path log = WriteAheadLog.logFile(folder, 1);
        WriteAheadLog.create(folder, 2);
        byte[] bytes = Files.readAllBytes(log);
        bytes[bytes.length - 20] ^= 1;
        Files.write(log, bytes);
        ClusterException refusal = assertThrows(ClusterException.class, this::open);
        assertTrue(String.valueOf(refusal.getMessage()).contains("log-00000001 is damaged"), refusal::getMessage);
        assertEquals(bytes.length, Files.size(log));
    }

    private static final class Seen implements WatchListener {
        @Override
        public void changed(Type type, Map<String, @Nullable Object> object) {
            throw new AssertionError("nothing may be delivered");
        }

        @Override
        public void ended(ClusterException why) {
            throw new AssertionError(why);
        }
    }
}
