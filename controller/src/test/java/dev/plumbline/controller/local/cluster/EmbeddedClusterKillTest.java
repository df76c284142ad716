package dev.plumbline.controller.local.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.live.Selection;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.ObjectKey;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that writes is killed at random moments; what it had been told is written must be there, and nothing half. */
class EmbeddedClusterKillTest {

    private static final int ROUNDS = 4;
    private static final int WRITERS = 4;

    @TempDir
    Path folder;

    /** The process: several writers count one object each up, as fast as they can, and print what was acknowledged. */
    static final class Writer {
        public static void main(String[] args) throws Exception {
            EmbeddedCluster cluster = EmbeddedCluster.open(Path.of(args[0]), InstantSource.system());
            for (int i = 0; i < WRITERS; i++) {
                String name = "counter-" + i;
                Thread.ofVirtual().start(() -> count(cluster, name));
            }
            while (true) {
                LockSupport.park();
            }
        }

        private static void count(EmbeddedCluster cluster, String name) {
            try {
                Object before = cluster.get(key(name))
                        .map(object -> Tree.text(object, "data", "count"))
                        .orElse("0");
                for (long count = Long.parseLong(before.toString()) + 1; ; count++) {
                    cluster.apply(content(name, count), "writer", true, false);
                    synchronized (System.out) {
                        System.out.println(name + " " + count);
                        System.out.flush();
                    }
                }
            } catch (ClusterException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static ObjectKey key(String name) {
        return new ObjectKey("", "ConfigMap", "default", name);
    }

    /** Big enough that a kill meets a compaction now and then. */
    private static Map<String, @Nullable Object> content(String name, long count) {
        Map<String, @Nullable Object> content = new LinkedHashMap<>();
        content.put("apiVersion", "v1");
        content.put("kind", "ConfigMap");
        content.put("metadata", Map.of("name", name, "namespace", "default"));
        content.put("data", Map.of("count", Long.toString(count), "ballast", "x".repeat(40_000)));
        return content;
    }

    private Map<String, Long> runAndKill(long millis) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Writer.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Map<String, Long> acknowledged = new LinkedHashMap<>();
        try (BufferedReader lines = process.inputReader()) {
            String line = lines.readLine();
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
            while (line != null) {
                String[] words = line.split(" ", -1);
                acknowledged.put(words[0], Long.parseLong(words[1]));
                if (System.nanoTime() > end) {
                    // Through its handle, which leaves the pipe open: what was printed before is still to be read.
                    process.toHandle().destroyForcibly();
                }
                line = lines.readLine();
            }
        } finally {
            process.destroyForcibly();
            process.waitFor();
        }
        return acknowledged;
    }

    @Test
    void aKillLosesNothingThatWasAcknowledged() throws Exception {
        Random random = new Random();
        for (int round = 0; round < ROUNDS; round++) {
            Map<String, Long> acknowledged = runAndKill(100 + random.nextInt(900));
            assertEquals(WRITERS, acknowledged.size(), "the process did not get to work");
            try (EmbeddedCluster cluster = EmbeddedCluster.open(folder, InstantSource.system())) {
                for (Map.Entry<String, Long> entry : acknowledged.entrySet()) {
                    Map<String, @Nullable Object> object =
                            cluster.get(key(entry.getKey())).orElseThrow();
                    long count = Long.parseLong(Tree.text(object, "data", "count"));
                    assertTrue(
                            count == entry.getValue() || count == entry.getValue() + 1,
                            () -> entry + " was acknowledged, but " + count + " was found");
                }
                assertEquals(
                        WRITERS,
                        cluster.list(Selection.of("", "ConfigMap", "default"))
                                .items()
                                .size());
            }
            try (Stream<Path> files = Files.list(folder)) {
                List<String> odd = files.map(file -> file.getFileName().toString())
                        .filter(name -> !name.matches("cluster-id|lock|(log|state)-[0-9]{8}"))
                        .toList();
                assertEquals(List.of(), odd);
            }
        }
    }
}
