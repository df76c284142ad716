package dev.plumbline.controller.apply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.controller.health.Health;
import dev.plumbline.controller.health.HealthReport;
import dev.plumbline.controller.health.HealthRules;
import dev.plumbline.controller.health.ObjectHealth;
import dev.plumbline.controller.local.cluster.EmbeddedCluster;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.model.ObjectKey;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long is waited for what, with time that only passes in pauses. */
class HealthGateTest {

    private static final ObjectKey KEY = new ObjectKey("", "ConfigMap", "default", "a");
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private int looks;

    @Test
    void aFailureThatIsOnlySeenOnceIsOfAnOlderSpec() throws Exception {
        HealthReport report = settled(
                look -> look == 1 ? ObjectHealth.failed("an old condition") : ObjectHealth.current(""), () -> false);
        assertEquals(Health.CURRENT, report.worst());
        assertEquals(2, looks);
    }

    @Test
    void aFailureThatStaysEndsTheWaitLongBeforeTheTimeout() throws Exception {
        HealthReport report = settled(look -> ObjectHealth.failed("no such image"), () -> false);
        assertEquals(Health.FAILED, report.worst());
        assertTrue(passed().compareTo(Duration.ofSeconds(5)) < 0, passed().toString());
    }

    @Test
    void theWaitEndsAtTheTimeoutAndSaysWhatItWaitsFor() throws Exception {
        HealthReport report = settled(look -> ObjectHealth.inProgress("1 of 2"), () -> false);
        assertEquals("1 of 1 objects is InProgress; ConfigMap/a: 1 of 2", report.summary());
        assertTrue(passed().compareTo(TIMEOUT) >= 0, passed().toString());
        assertTrue(looks < 80, "looks: " + looks);
    }

    @Test
    void aNewerCommitEndsTheWaitAtOnce() throws Exception {
        settled(look -> ObjectHealth.inProgress("1 of 2"), () -> looks > 2);
        assertEquals(3, looks);
    }

    @Test
    void whatIsGoneMeanwhileIsNotFound() throws Exception {
        try (EmbeddedCluster cluster = EmbeddedCluster.open(folder, InstantSource.system())) {
            TreeMap<ObjectKey, ObjectHealth> objects = new TreeMap<>(Map.of(KEY, ObjectHealth.inProgress("")));
            assertEquals(
                    Health.NOT_FOUND,
                    gate(cluster, HealthRules.STANDARD)
                            .settled(objects, () -> true)
                            .worst());
        }
    }

    private HealthReport settled(IntFunction<ObjectHealth> answers, BooleanSupplier cancelled) throws Exception {
        HealthRules rules =
                HealthRules.STANDARD.with(Map.of("/ConfigMap", (object, related) -> answers.apply(++looks)));
        try (EmbeddedCluster cluster = EmbeddedCluster.open(folder, InstantSource.system())) {
            cluster.create(
                    Json.parseObject(
                            "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"a\",\"namespace\":\"default\"}}"),
                    "test");
            return gate(cluster, rules).settled(new TreeMap<>(Map.of(KEY, ObjectHealth.inProgress(""))), cancelled);
        }
    }

    private HealthGate gate(EmbeddedCluster cluster, HealthRules rules) {
        Pause pause = time -> now.updateAndGet(before -> before.plus(time));
        return new HealthGate(cluster, rules, TIMEOUT, now::get, pause);
    }

    private Duration passed() {
        return Duration.between(Instant.EPOCH, now.get());
    }
}
