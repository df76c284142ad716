package dev.plumbline.controller.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.JsonException;
import dev.plumbline.registry.model.ObjectKey;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RuleFileTest {

    private static final String VOLCANO = """
        rules:
          - group: batch.volcano.sh
            kind: Job
            inProgress: object.status.state.phase in ['Pending', 'Running']
            failed: object.status.state.phase == 'Failed'
            current: object.status.state.phase == 'Completed'
        """;

    @Test
    void theFirstExpressionThatHoldsDecides() throws JsonException {
        RuleFile file = RuleFile.read("health.yaml", VOLCANO.getBytes(StandardCharsets.UTF_8));
        assertEquals(List.of(), file.findings());
        HealthRules rules = HealthRules.STANDARD.with(file.rules());
        assertEquals(Health.IN_PROGRESS, health(rules, "Running"));
        assertEquals(Health.FAILED, health(rules, "Failed"));
        assertEquals(Health.CURRENT, health(rules, "Completed"));
        assertEquals(Health.IN_PROGRESS, health(rules, "Aborted"));
    }

    @Test
    void aFieldThatIsNotThereYetIsWaitedFor() throws JsonException {
        RuleFile file = RuleFile.read("health.yaml", VOLCANO.getBytes(StandardCharsets.UTF_8));
        HealthRules rules = HealthRules.STANDARD.with(file.rules());
        assertEquals(
                Health.IN_PROGRESS,
                rules.of(Json.parseObject("{\"apiVersion\":\"batch.volcano.sh/v1\",\"kind\":\"Job\"}"), List.of())
                        .health());
    }

    @Test
    void anExpressionThatWorksTooMuchIsUnknownAndNotAHang() throws JsonException {
        RuleFile file = RuleFile.read("health.yaml", """
            rules:
              - kind: ConfigMap
                current: object.items.all(a, object.items.all(b, object.items.all(c, a + b + c >= 0)))
            """.getBytes(StandardCharsets.UTF_8));
        StringBuilder items = new StringBuilder("0");
        for (int i = 1; i < 500; i++) {
            items.append(',').append(i);
        }
        ObjectHealth health = HealthRules.STANDARD
                .with(file.rules())
                .of(
                        Json.parseObject("{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"items\":[" + items + "]}"),
                        List.of());
        assertEquals(Health.UNKNOWN, health.health(), health.toString());
    }

    @Test
    void aWrongFileIsFindingsAndNoRules() {
        RuleFile file = RuleFile.read("health.yaml", """
            rules:
              - kind: A
                current: object.status ==
              - kind: B
              - kind: C
                current: "true"
                currrent: "true"
            """.getBytes(StandardCharsets.UTF_8));
        assertEquals(Map.of(), file.rules());
        assertEquals(3, file.findings().size(), file.findings().toString());
    }

    @Test
    void theWorstWinsAndIsNamed() {
        TreeMap<ObjectKey, ObjectHealth> objects = new TreeMap<>();
        objects.put(new ObjectKey("", "ConfigMap", "n", "a"), ObjectHealth.current(""));
        objects.put(new ObjectKey("apps", "Deployment", "n", "b"), ObjectHealth.inProgress("1 of 2"));
        objects.put(new ObjectKey("batch", "Job", "n", "c"), ObjectHealth.failed("too often"));
        HealthReport report = new HealthReport(objects);
        assertEquals(Health.FAILED, report.worst());
        assertTrue(report.summary().contains("Job/c: too often"), report.summary());
        assertEquals(2, report.unwell().size());
        assertEquals(Health.CURRENT, new HealthReport(new TreeMap<>()).worst());
    }

    private static Health health(HealthRules rules, String phase) throws JsonException {
        return rules.of(
                        Json.parseObject(
                                "{\"apiVersion\":\"batch.volcano.sh/v1\",\"kind\":\"Job\",\"status\":{\"state\":{\"phase\":\""
                                        + phase + "\"}}}"),
                        List.of())
                .health();
    }
}
