package dev.plumbline.controller.app.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.Tree;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

/** Whatever is logged, by whichever library, is one JSON object in one line. */
class JsonLogsTest {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, false, StandardCharsets.UTF_8);

    private Logger logger() {
        return new JsonLogger("dev.example.Room", out);
    }

    private List<Map<String, @Nullable Object>> lines() throws Exception {
        List<Map<String, @Nullable Object>> lines = new ArrayList<>();
        for (String line : bytes.toString(StandardCharsets.UTF_8).split("\n", -1)) {
            if (!line.isEmpty()) {
                lines.add(Json.parseObject(line));
            }
        }
        return lines;
    }

    @Test
    void aLineHasTimeLevelLoggerAndMessage() throws Exception {
        logger().warn("the sync {} has {} objects\nand a \"second\" line", "team/ml ✔", 3);
        Map<String, @Nullable Object> line = lines().getFirst();
        assertEquals(List.of("time", "level", "logger", "message"), List.copyOf(line.keySet()));
        assertEquals("WARN", line.get("level"));
        assertEquals("dev.example.Room", line.get("logger"));
        assertEquals("the sync team/ml ✔ has 3 objects\nand a \"second\" line", line.get("message"));
        assertTrue(Instant.parse(Tree.text(line, "time")).isAfter(Instant.parse("2026-01-01T00:00:00Z")));
        assertEquals(1, lines().size());
    }

    @Test
    void whatALineIsAboutHasFieldsOfItsOwn() throws Exception {
        logger().atInfo()
                .addKeyValue("sync", "team/ml")
                .addKeyValue("commit", "1234")
                .log("{} it", "applied");
        Map<String, @Nullable Object> line = lines().getFirst();
        assertEquals(List.of("time", "level", "logger", "message", "sync", "commit"), List.copyOf(line.keySet()));
        assertEquals("team/ml", line.get("sync"));
        assertEquals("1234", line.get("commit"));
        assertEquals("applied it", line.get("message"));
    }

    @Test
    void whatWasThrownIsToldWithItsCauses() throws Exception {
        logger().error(
                        "the sync {} ended by a bug",
                        "a/b",
                        new IllegalStateException("outer", new RuntimeException("inner")));
        String thrown = Tree.text(lines().getFirst(), "thrown");
        assertTrue(thrown.startsWith("java.lang.IllegalStateException: outer\n\tat "), thrown);
        assertTrue(thrown.contains("Caused by: java.lang.RuntimeException: inner"), thrown);
        assertEquals(1, lines().size());
    }

    @Test
    void detailsAreLeftOut() throws Exception {
        logger().debug("detail");
        logger().trace("detail");
        logger().info("fact");
        assertEquals(1, lines().size());
    }

    @Test
    void thePlatformsOwnLoggingIsWrittenAlike() throws Exception {
        JsonHandler handler = new JsonHandler(out);
        LogRecord told = new LogRecord(java.util.logging.Level.SEVERE, "port {0} is taken");
        told.setParameters(new Object[] {"8080"});
        told.setLoggerName("io.helidon.Server");
        told.setThrown(new IllegalStateException("why"));
        handler.publish(told);
        handler.publish(new LogRecord(java.util.logging.Level.FINE, "detail"));
        Map<String, @Nullable Object> line = lines().getFirst();
        assertEquals("ERROR", line.get("level"));
        assertEquals("port 8080 is taken", line.get("message"));
        assertEquals("io.helidon.Server", line.get("logger"));
        assertTrue(Tree.text(line, "thrown").contains("IllegalStateException: why"));
        assertEquals(1, lines().size());
    }

    @Test
    void addressesAndHeadersOfLibrariesLoseTheirSecrets() throws Exception {
        logger().warn(
                        "cannot fetch https://ann:canary-1@git.example/r.git",
                        new IllegalStateException(
                                "sent Authorization: Bearer canary-2-canary and https://canary-3@h/p?a=b"));
        String text = bytes.toString(StandardCharsets.UTF_8);
        assertFalse(text.contains("canary"), text);
        assertTrue(text.contains("@git.example/r.git"), text);
    }
}
