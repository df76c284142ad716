package dev.plumbline.controller.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.local.cluster.EmbeddedCluster;
import dev.plumbline.registry.evidence.EvidenceLog;
import dev.plumbline.registry.evidence.SampleKeys;
import dev.plumbline.registry.evidence.SecretParameters;
import dev.plumbline.registry.history.HistoryLog;
import dev.plumbline.registry.memory.MemoryStores;
import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.model.SyncId;
import dev.plumbline.registry.provenance.Judge;
import dev.plumbline.registry.provenance.SampleRepository;
import dev.plumbline.registry.provenance.SampleRuns;
import dev.plumbline.registry.run.Executor;
import dev.plumbline.registry.sign.SignException;
import dev.plumbline.registry.sign.Signer;
import dev.plumbline.registry.store.Stores;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is new is sealed because somebody said so, and otherwise nothing is read. */
class SealingTest {

    private static final SyncId SYNC = new SyncId("plumbline", "local");
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration QUIET = Duration.ofSeconds(1);

    private final SampleRepository repository = new SampleRepository();
    private final CommitId commit = repository.commit("trainer:1", "fit(1)", "load()");
    private final CountedStores counted = new CountedStores(MemoryStores.create());
    private final Stores stores = counted.stores();
    private final HeardEvents heard = new HeardEvents();
    private final AtomicBoolean keyIsThere = new AtomicBoolean(true);
    private final EmbeddedCluster cluster;
    private final EvidenceLog log;

    SealingTest(@TempDir Path folder) throws ClusterException, IOException {
        cluster = EmbeddedCluster.open(folder, InstantSource.system());
        log = new EvidenceLog(stores, cluster.clusterId(), SYNC);
        cluster.create(
                SampleRepository.tree(
                        "{\"apiVersion\": \"v1\", \"kind\": \"Namespace\", \"metadata\": {\"name\": \"ml\"}}"),
                "test");
        cluster.apply(
                new LinkedHashMap<>(repository.object(commit, "ConfigMap", repository.steps(commit))),
                "plumbline",
                true,
                false);
        cluster.create(SampleRuns.training(repository, commit, "training"), "runner");
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void anIdleRecorderReadsNothingAndSealsWhatTheHistoryGotOnceThatIsSaid() throws Exception {
        try (Recorder recorder = recorder()) {
            await(() -> log.newest().isPresent());
            await(() -> counted.restsFor(QUIET));
            String history = HistoryLog.stream(cluster.clusterId(), SYNC);
            assertTrue(stores.logs().append(history, 1, "an observed head".getBytes(StandardCharsets.UTF_8)));
            long before = counted.reads();
            Thread.sleep(Recorder.RETRY.plus(QUIET));
            assertEquals(before, counted.reads(), "an idle recorder");
            recorder.grew(SYNC);
            await(() -> stores.logs().next(log.stream()) == 3);
        }
        assertEquals(1, heard.records.size());
    }

    @Test
    void whatWasRecordedBeforeThereWasAKeyIsSealedWhenItIsThere() throws Exception {
        keyIsThere.set(false);
        try (Recorder recorder = recorder()) {
            await(() -> heard.records.size() == 1);
            await(() -> counted.restsFor(QUIET));
            assertTrue(log.newest().isEmpty());
            keyIsThere.set(true);
            await(() -> log.newest().isPresent());
        }
    }

    private Recorder recorder() throws ClusterException {
        EvidenceWriter evidence = new EvidenceWriter(
                new LateKeys(new SampleKeys(), keyIsThere),
                InstantSource.system(),
                new SecretParameters("salt", Set.of()),
                "0.1.0");
        Recorder recorder = new Recorder(
                Executor.LOCAL,
                new RecorderDoors(
                        cluster,
                        stores,
                        null,
                        ArtifactDigests.NONE,
                        evidence,
                        DefaultsHistory.NONE,
                        null,
                        InstantSource.system(),
                        null,
                        null),
                new Judge(),
                heard,
                Duration.ofMillis(100));
        recorder.follow(new WatchedSync(
                SYNC,
                Set.of("ml"),
                "https://git.example.com/pipelines.git",
                repository,
                (sync, created) -> List.of(repository.inForce(1, commit))));
        return recorder;
    }

    private void await(Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.call()) {
            if (System.nanoTime() > end) {
                fail("waited in vain; heard: " + heard.said);
            }
            Thread.sleep(20);
        }
    }

    /**
     * A key that is put into its place later.
     *
     * @param keys the key
     * @param there whether it is there
     */
    private record LateKeys(SampleKeys keys, AtomicBoolean there) implements Signer {

        @Override
        public Signed sign(byte[] message) throws SignException {
            return keys.sign(message);
        }

        @Override
        public boolean ready() {
            return there.get();
        }
    }
}
