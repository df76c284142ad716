package dev.plumbline.registry.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.model.SyncId;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetricsTest {

    private static final SyncId A = new SyncId("team-a", "pipelines");
    private static final SyncId B = new SyncId("team-b", "pipelines");

    private final Metrics metrics = new Metrics("1.2.3");

    @Test
    void eachSyncHasItsOwnGaugesUntilItIsForgotten() {
        metrics.set(Metric.READY, A, 1);
        metrics.set(Metric.READY, B, 1);
        metrics.set(Metric.READY, B, 0);
        metrics.set(Metric.OWNED, B, 7);
        assertEquals(
                List.of(
                        "plumbline_inventory_objects{sync=\"team-b/pipelines\"} 7.0",
                        "plumbline_sync_ready{sync=\"team-a/pipelines\"} 1.0",
                        "plumbline_sync_ready{sync=\"team-b/pipelines\"} 0.0"),
                values());

        metrics.forget(B);
        assertEquals(List.of("plumbline_sync_ready{sync=\"team-a/pipelines\"} 1.0"), values());
        metrics.set(Metric.READY, B, 1);
        assertEquals(2, values().size());
    }

    @Test
    void aProgramWithoutSyncsSaysThatItRuns() {
        assertTrue(metrics.text().lines().anyMatch("plumbline_running{version=\"1.2.3\"} 1.0"::equals), metrics.text());
    }

    @Test
    void aCounterIsNoGauge() {
        assertThrows(IllegalArgumentException.class, () -> metrics.set(Metric.POLLS, A, 1));
    }

    private List<String> values() {
        return metrics.text()
                .lines()
                .filter(line -> !line.startsWith("#") && !line.startsWith("plumbline_running"))
                .sorted()
                .toList();
    }
}
