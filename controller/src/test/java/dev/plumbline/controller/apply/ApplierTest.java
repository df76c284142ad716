package dev.plumbline.controller.apply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.controller.health.HealthRules;
import dev.plumbline.controller.health.ObjectHealth;
import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.live.ClusterException.Reason;
import dev.plumbline.controller.local.cluster.EmbeddedCluster;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.ObjectKey;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Retries, gates and replacement, on the embedded cluster behind a writer that fails as it is told. */
class ApplierTest {

    private static final String DEPLOYMENT = """
        {'apiVersion':'apps/v1','kind':'Deployment','metadata':{'name':'d','namespace':'default'%s},'spec':{'selector':{'matchLabels':{'a':'%s'}},'template':{'metadata':{'labels':{'a':'%s'}},'spec':{'containers':[{'name':'main','image':'x'}]}}}}\
        """;

    private static final String CRON = """
        {'apiVersion':'argoproj.io/v1alpha1','kind':'CronWorkflow','metadata':{'name':'c','namespace':'default'},'spec':{'schedules':['0 1 * * *'],'workflowSpec':{'workflowTemplateRef':{'name':'t'}}}}\
        """;

    private static final ObjectKey DEPLOYMENT_KEY = new ObjectKey("apps", "Deployment", "default", "d");
    private static final ObjectKey CRON_KEY = new ObjectKey("argoproj.io", "CronWorkflow", "default", "c");

    @TempDir
    Path folder;

    private EmbeddedCluster cluster;
    private FailingWriter writer;
    private TestSync sync;

    @BeforeEach
    void open() throws ClusterException {
        cluster = EmbeddedCluster.open(folder, InstantSource.system());
        writer = new FailingWriter(cluster);
        sync = new TestSync("applier", cluster, writer);
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void anUnreachableServerIsAskedAgainAndNotForEver() throws Exception {
        writer.fail(2, Reason.UNAVAILABLE, "away");
        sync.wants(configMap("1")).apply();
        assertEquals(3, writer.applies.get());
        writer.fail(100, Reason.UNAVAILABLE, "away");
        ApplyResult result = sync.apply(sync.wants(configMap("2")).plan());
        assertTrue(result.failures().getFirst().retryable());
        assertEquals(7, writer.applies.get());
    }

    @Test
    void whatIsNotValidIsNotTriedAgain() throws Exception {
        writer.fail(100, Reason.INVALID, "no such field");
        ApplyResult result = sync.apply(sync.wants(configMap("1")).plan());
        assertEquals(1, writer.applies.get());
        assertFalse(result.failures().getFirst().retryable());
        assertTrue(result.failedByContent());
    }

    @Test
    void aLaterWaveWaitsForWhatIsNotCurrent() throws Exception {
        sync.wants(DEPLOYMENT.formatted("", "b", "b"), CRON);
        ApplyResult result = sync.apply(sync.plan(), gate(Duration.ofMillis(100), pause -> Thread.sleep(20)));
        assertFalse(result.complete());
        assertTrue(result.failures().getFirst().error().contains("Deployment/d was applied and is not ready"));
        assertTrue(result.failures().getFirst().retryable());
        assertTrue(cluster.get(CRON_KEY).isEmpty(), "the schedule is not begun");
        assertTrue(cluster.get(DEPLOYMENT_KEY).isPresent());
        assertEquals(
                Tree.text(cluster.get(DEPLOYMENT_KEY).orElseThrow(), "metadata", "uid"),
                sync.inventory.items().get(DEPLOYMENT_KEY).uid());
    }

    @Test
    void aLaterWaveGoesOnWhenItIsCurrent() throws Exception {
        sync.wants(DEPLOYMENT.formatted("", "b", "b"), CRON);
        AtomicInteger looks = new AtomicInteger();
        HealthRules third = HealthRules.STANDARD.with(Map.of(
                "apps/Deployment",
                (object, related) ->
                        looks.incrementAndGet() < 3 ? ObjectHealth.inProgress("not yet") : ObjectHealth.current("")));
        Gate gate = new HealthGate(cluster, third, Duration.ofSeconds(20), InstantSource.system(), time -> {});
        ApplyResult result = sync.apply(sync.plan(), gate);
        assertTrue(result.complete(), result.failures().toString());
        assertTrue(cluster.get(CRON_KEY).isPresent());
    }

    @Test
    void anImmutableFieldIsNamedWithTheWayOut() throws Exception {
        sync.wants(DEPLOYMENT.formatted("", "b", "b")).apply();
        writer.fail(
                1,
                Reason.INVALID,
                "Deployment.apps \"d\" is invalid: spec.selector: Invalid value: {}: field is immutable");
        ApplyResult result =
                sync.apply(sync.wants(DEPLOYMENT.formatted("", "c", "c")).plan());
        String error = String.valueOf(result.failures().getFirst().error());
        assertTrue(error.contains("spec.selector cannot be changed"), error);
        assertTrue(error.contains("plumbline.dev/replace: allowed"), error);
    }

    @Test
    void whatMayBeReplacedIsDeletedAndMadeAnew() throws Exception {
        String allowed = ",'annotations':{'plumbline.dev/replace':'allowed'}";
        sync.wants(DEPLOYMENT.formatted(allowed, "b", "b")).apply();
        String uid = Tree.text(cluster.get(DEPLOYMENT_KEY).orElseThrow(), "metadata", "uid");
        writer.fail(1, Reason.INVALID, "spec.selector: Invalid value: {}: field is immutable");
        ApplyResult result =
                sync.apply(sync.wants(DEPLOYMENT.formatted(allowed, "c", "c")).plan());
        assertTrue(result.complete(), result.failures().toString());
        assertEquals("made anew", result.results().getFirst().note());
        Map<String, @Nullable Object> live = cluster.get(DEPLOYMENT_KEY).orElseThrow();
        assertFalse(uid.equals(Tree.text(live, "metadata", "uid")));
        assertEquals("c", Tree.text(live, "spec", "selector", "matchLabels", "a"));
        assertTrue(sync.plan().isEmpty(), sync.plan().text());
    }

    @Test
    void noMoreWritesAreUnderWayThanAllowed() throws Exception {
        writer.slow = Duration.ofMillis(2);
        sync.wants(configMaps(100)).apply();
        int most = Collections.max(writer.underWay);
        assertTrue(most <= InFlight.SYNC && most > 1, "under way at once: " + most);
    }

    @Test
    void whatWaitsForItsTurnIsLeftUndoneWhenANewerCommitComes() throws Exception {
        writer.slow = Duration.ofMillis(20);
        sync.cancelled = () -> writer.applies.get() > 0;
        ApplyResult result = sync.apply(sync.wants(configMaps(100)).plan());
        assertTrue(result.cancelled());
        assertTrue(writer.applies.get() <= InFlight.SYNC, "applied " + writer.applies.get());
    }

    private static String[] configMaps(int count) {
        List<String> many = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            many.add(configMap("1").replace("'settings'", "'settings-" + i + "'"));
        }
        return many.toArray(String[]::new);
    }

    private Gate gate(Duration timeout, Pause pause) {
        return new HealthGate(cluster, HealthRules.STANDARD, timeout, InstantSource.system(), pause);
    }

    private static String configMap(String value) {
        return "{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'settings','namespace':'default'},'data':{'value':'"
                + value + "'}}";
    }

    /** Fails the next applies. */
    private static final class FailingWriter implements ClusterWriter {

        private final ClusterWriter inner;
        private final AtomicInteger applies = new AtomicInteger();
        private final AtomicInteger failures = new AtomicInteger();
        private final AtomicInteger now = new AtomicInteger();
        private final List<Integer> underWay = Collections.synchronizedList(new ArrayList<>());
        private volatile Duration slow = Duration.ZERO;
        private volatile Reason reason = Reason.UNAVAILABLE;
        private volatile String why = "";

        FailingWriter(ClusterWriter inner) {
            this.inner = inner;
        }

        void fail(int times, Reason with, String because) {
            failures.set(times);
            reason = with;
            why = because;
        }

        @Override
        public Map<String, @Nullable Object> apply(
                Map<String, @Nullable Object> content, String manager, boolean force, boolean dryRun)
                throws ClusterException {
            applies.incrementAndGet();
            if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                throw new ClusterException(reason, null, why);
            }
            underWay.add(now.incrementAndGet());
            try {
                Thread.sleep(slow);
                return inner.apply(content, manager, force, dryRun);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            } finally {
                now.decrementAndGet();
            }
        }

        @Override
        public Map<String, @Nullable Object> create(Map<String, @Nullable Object> content, String manager)
                throws ClusterException {
            return inner.create(content, manager);
        }

        @Override
        public Map<String, @Nullable Object> mergePatch(
                ObjectKey key, Map<String, @Nullable Object> patch, String manager) throws ClusterException {
            return inner.mergePatch(key, patch, manager);
        }

        @Override
        public void delete(ObjectKey key, DeleteOptions options) throws ClusterException {
            inner.delete(key, options);
        }
    }
}
