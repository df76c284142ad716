package dev.plumbline.tests.operator;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.json.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log of a controller as the deployment writes it, from its start to its end. */
@Tag("cluster")
class JsonLogTest {

    @Test
    void everyLineIsAnObject(@TempDir Path folder) throws Exception {
        try (OperatorDesk desk = OperatorDesk.prepared(folder);
                ControllerChild child = ControllerChild.start(desk, "--log-format", "json")) {
            String commit = desk.repository().commit("Begin");
            desk.sync("pipelines", Map.of());
            child.awaitLead(desk);
            desk.awaitApplied("pipelines", commit);
            child.stop();
            List<String> lines = child.said().lines().toList();
            assertTrue(lines.stream().anyMatch(line -> line.contains("HTTP on http://127.0.0.1:")), child.said());
            assertTrue(
                    lines.stream()
                            .anyMatch(line -> line.contains("APPLIED")
                                    && line.contains("/pipelines\",\"commit\":\"" + commit + "\"")),
                    child.said());
            for (String line : lines) {
                assertTrue(
                        Json.parseObject(line).keySet().containsAll(Set.of("time", "level", "logger", "message")),
                        line);
            }
        }
    }
}
