package dev.plumbline.tests.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.controller.live.Selection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the values of Secrets that a sync applies are not. */
@Tag("cluster")
class SecretValuesTest {

    @TempDir
    Path folder;

    private static String secret(OperatorDesk desk, String value) throws Exception {
        desk.repository()
                .write(
                        "overlay/secret.yaml",
                        "apiVersion: v1\nkind: Secret\nmetadata: {name: secret}\nstringData: {key: " + value + "}\n");
        return desk.repository().commit("A secret");
    }

    @Test
    void noValueOfASecretIsInAStatusAnEventAMetricOrTheStore() throws Exception {
        try (OperatorDesk desk = OperatorDesk.prepared(folder)) {
            desk.config("one", "a", "stored-value");
            desk.kustomization("one", "secret");
            String first = secret(desk, "canary-one");
            desk.start();
            desk.sync("pipelines", Map.of());
            desk.awaitApplied("pipelines", first);
            String second = secret(desk, "canary-two");
            desk.poke("pipelines");
            desk.awaitApplied("pipelines", second);
            desk.repository().write("overlay/secret.yaml", "kind: Secret\nstringData: {key: canary-three}\n");
            desk.repository().commit("A broken one");
            desk.poke("pipelines");
            desk.awaitReady("pipelines", "False/BrokenCommit");
            desk.await("Events tell it", () -> desk.events("BrokenCommit").size() == 1);

            assertTrue(desk.get("Secret", "secret").orElseThrow().toString().contains(encoded("canary-two")));
            assertClean("the status", desk.status("PipelineSync", "pipelines").toString());
            assertClean(
                    "an Event",
                    desk.cluster()
                            .list(Selection.of("", "Event", desk.namespace()))
                            .items()
                            .toString());
            String metrics = metrics(desk);
            assertTrue(metrics.contains("plumbline_"), metrics);
            assertClean("a metric", metrics);
            assertFalse(stored(desk.store(), "stored-value").isEmpty(), "its files are searched as they are written");
            assertEquals(List.of(), stored(desk.store(), "canary"));
            assertEquals(List.of(), stored(desk.store(), encoded("canary-")));
        }
    }

    private static void assertClean(String what, String text) {
        assertFalse(text.contains("canary") || text.contains(encoded("canary-")), () -> what + ": " + text);
    }

    /** Its first bytes in Base64, as far as they are the same for all of the values. */
    private static String encoded(String value) {
        String text = Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8));
        return text.substring(0, Math.min(8, text.length()));
    }

    private static String metrics(OperatorDesk desk) throws Exception {
        URI address = URI.create("http://127.0.0.1:" + desk.port() + "/metrics");
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }

    /** Files of a store that hold a text. */
    private static List<Path> stored(Path store, String text) throws Exception {
        List<Path> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(store)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (Files.readString(file, StandardCharsets.ISO_8859_1).contains(text)) {
                    found.add(file);
                }
            }
        }
        return found;
    }
}
