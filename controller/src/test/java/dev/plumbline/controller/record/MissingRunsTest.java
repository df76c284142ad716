package dev.plumbline.controller.record;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.plumbline.controller.local.cluster.EmbeddedCluster;
import dev.plumbline.registry.json.Json;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MissingRunsTest {

    private static final Instant CREATED = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    Path folder;

    @Test
    void namesWhatSchedulesHadDueAndIsNotThere() throws Exception {
        List<String> said = new ArrayList<>();
        try (EmbeddedCluster cluster = EmbeddedCluster.open(folder, InstantSource.fixed(CREATED))) {
            cluster.create(
                    Json.parseObject(
                            "{\"apiVersion\": \"v1\", \"kind\": \"Namespace\", \"metadata\": {\"name\": \"ml\"}}"),
                    "test");
            schedule(cluster, "hourly", "\"schedules\": [\"0 * * * *\"]");
            schedule(cluster, "daily", "\"schedules\": [\"30 2 * * *\"], \"timezone\": \"Europe/Berlin\"");
            schedule(cluster, "off", "\"schedules\": [\"* * * * *\"], \"suspend\": true");
            schedule(cluster, "odd", "\"schedules\": [\"no schedule\"]");
            MissingRuns missing = new MissingRuns(cluster, said::add);
            Instant from = Instant.parse("2026-01-02T00:30:00Z");
            Instant until = Instant.parse("2026-01-02T03:00:00Z");
            String there = "hourly-" + Instant.parse("2026-01-02T02:00:00Z").getEpochSecond();
            assertEquals(
                    List.of(
                            "daily-" + Instant.parse("2026-01-02T01:30:00Z").getEpochSecond(),
                            "hourly-" + Instant.parse("2026-01-02T01:00:00Z").getEpochSecond(),
                            "hourly-" + until.getEpochSecond()),
                    missing.between("ml", from, until, Set.of(there)));
            assertEquals(List.of(), missing.between("ml", from.minusSeconds(360_000), CREATED, Set.of()));
            assertEquals(
                    MissingRuns.MAX_NAMES,
                    missing.between("ml", from, from.plusSeconds(86_400L * 30), Set.of())
                            .size());
        }
        assertEquals(List.of(), said);
    }

    private static void schedule(EmbeddedCluster cluster, String name, String fields) throws Exception {
        cluster.create(Json.parseObject("""
                {"apiVersion": "argoproj.io/v1alpha1", "kind": "CronWorkflow",
                 "metadata": {"name": "%s", "namespace": "ml"},
                 "spec": {%s, "workflowSpec": {"workflowTemplateRef": {"name": "train"}}}}
                """.formatted(name, fields)), "test");
    }
}
