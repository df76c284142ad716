package dev.plumbline.controller.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.plumbline.controller.apply.DeleteOptions;
import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.local.cluster.EmbeddedCluster;
import dev.plumbline.registry.evidence.Check;
import dev.plumbline.registry.evidence.EvidenceArchive;
import dev.plumbline.registry.evidence.EvidenceLog;
import dev.plumbline.registry.evidence.FoundModel;
import dev.plumbline.registry.evidence.LogCheck;
import dev.plumbline.registry.evidence.ModelCheck;
import dev.plumbline.registry.evidence.RunEvidence;
import dev.plumbline.registry.evidence.SampleKeys;
import dev.plumbline.registry.evidence.SecretParameters;
import dev.plumbline.registry.evidence.Statement;
import dev.plumbline.registry.evidence.StoredSync;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.memory.MemoryStores;
import dev.plumbline.registry.mlflow.MlflowRegistry;
import dev.plumbline.registry.mlflow.StandInMlflow;
import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.registry.model.SyncId;
import dev.plumbline.registry.provenance.Judge;
import dev.plumbline.registry.provenance.SampleRepository;
import dev.plumbline.registry.provenance.SampleRuns;
import dev.plumbline.registry.run.Executor;
import dev.plumbline.registry.run.ModelRecord.Registration;
import dev.plumbline.registry.run.RunEntry;
import dev.plumbline.registry.run.RunJournal;
import dev.plumbline.registry.run.RunRecord;
import dev.plumbline.registry.run.Verdict;
import dev.plumbline.registry.store.StoreException;
import dev.plumbline.registry.store.Stores;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecorderTest {

    private static final SyncId SYNC = new SyncId("plumbline", "local");
    private static final ObjectKey WORKFLOW = new ObjectKey("argoproj.io", "Workflow", "ml", "train-1");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final SampleRepository repository = new SampleRepository();
    private final CommitId commit = repository.commit("trainer:1", "fit(1)", "load()");
    private final Stores stores = MemoryStores.create();
    private final HeardEvents heard = new HeardEvents();
    private final SampleKeys keys = new SampleKeys();
    private final EvidenceWriter evidence =
            new EvidenceWriter(keys, InstantSource.system(), new SecretParameters("salt", Set.of("rounds")), "0.1.0");
    private final StandInMlflow mlflow = new StandInMlflow();
    private final MlflowRegistry registry = new MlflowRegistry(mlflow.address(), Duration.ofSeconds(5));
    private final EmbeddedCluster cluster;
    private final RunJournal journal;

    RecorderTest(@TempDir Path folder) throws ClusterException, IOException {
        cluster = EmbeddedCluster.open(folder, InstantSource.system());
        journal = new RunJournal(stores, cluster.clusterId(), SYNC);
        cluster.create(
                SampleRepository.tree(
                        "{\"apiVersion\": \"v1\", \"kind\": \"Namespace\", \"metadata\": {\"name\": \"ml\"}}"),
                "test");
    }

    @AfterEach
    void close() {
        registry.close();
        mlflow.close();
        cluster.close();
    }

    @Test
    void recordsARunWhenItEndsWithItsVerdictAndTagsItsModel() throws Exception {
        mlflow.register("churn", "1", "r1");
        holdStepCode();
        Map<String, @Nullable Object> run = started();
        try (Recorder recorder = recorder()) {
            await(() -> heard.said.contains("started train-1"));
            end(run);
            await(() -> heard.said.contains("model churn:1 FOUND"));
        }
        RunRecord record = heard.records.getFirst();
        assertEquals(Verdict.MATCH, record.judgement().verdict(), record::toString);
        assertEquals(commit, record.judgement().commit());
        assertEquals(Executor.LOCAL, record.executor());
        assertEquals(Registration.FOUND, record.models().getFirst().registration());
        assertEquals(commit.hex(), mlflow.version("churn", "1").get("plumbline.dev/commit"));
        assertEquals("MATCH", mlflow.run("r1").get("plumbline.dev/verdict"));
        assertEquals(List.of(), journal.pending());
        assertEquals(1, journal.entries(1, 10).size());
    }

    @Test
    void aRecorderThatStartsAfterTheRunEndedRecordsItOnceHoweverOftenItStarts() throws Exception {
        holdStepCode();
        end(started());
        for (int i = 0; i < 3; i++) {
            try (Recorder recorder = recorder()) {
                await(() -> entries().size() == 1);
            }
        }
        assertEquals(1, heard.records.size());
    }

    @Test
    void stepCodeThatWasChangedWhileTheRunWentOnIsNoticedAcrossARestart() throws Exception {
        holdStepCode();
        Map<String, @Nullable Object> run = started();
        try (Recorder recorder = recorder()) {
            await(() -> heard.said.contains("started train-1"));
        }
        Map<String, @Nullable Object> steps = configMap();
        Tree.set(steps, "fit(666)", "data", "train.py");
        cluster.apply(steps, "somebody", true, false);
        end(run);
        try (Recorder recorder = recorder()) {
            await(() -> !heard.records.isEmpty());
        }
        assertEquals(Verdict.UNVERIFIABLE, heard.records.getFirst().judgement().verdict());
    }

    @Test
    void aRunThatIsDeletedBeforeItEndedIsStated() throws Exception {
        holdStepCode();
        started();
        try (Recorder recorder = recorder()) {
            await(() -> heard.said.contains("started train-1"));
            cluster.delete(WORKFLOW, new DeleteOptions(null, null, false));
            await(() -> !heard.records.isEmpty());
        }
        RunRecord record = heard.records.getFirst();
        assertEquals(RunRecord.VANISHED, record.phase());
        assertEquals(Verdict.UNVERIFIABLE, record.judgement().verdict());
        assertTrue(record.judgement().reasons().contains("the run was deleted before it ended"));
    }

    @Test
    void aRunThatIsDeletedWhileNobodyWatchedIsStatedToo() throws Exception {
        started();
        try (Recorder recorder = recorder()) {
            await(() -> heard.said.contains("started train-1"));
        }
        cluster.delete(WORKFLOW, new DeleteOptions(null, null, false));
        try (Recorder recorder = recorder()) {
            await(() -> !heard.records.isEmpty());
        }
        RunRecord record = heard.records.getFirst();
        assertEquals("train-1", record.name());
        assertTrue(record.judgement().reasons().contains("the run was deleted before it ended, while nobody watched"));
        assertEquals(List.of(), journal.pending());
    }

    @Test
    void aRegistryThatIsAwayDelaysTheTagsButNotTheRecord() throws Exception {
        mlflow.register("churn", "1", "r1");
        mlflow.failNext(2);
        holdStepCode();
        end(started());
        try (Recorder recorder = recorder()) {
            await(() -> heard.records.size() == 1);
            assertEquals(
                    Registration.UNKNOWN,
                    heard.records.getFirst().models().getFirst().registration());
            await(() -> heard.said.contains("model churn:1 FOUND"));
        }
        assertEquals("MATCH", mlflow.version("churn", "1").get("plumbline.dev/verdict"));
        assertEquals(
                List.of(RunEntry.Kind.RUN, RunEntry.Kind.AMENDMENT),
                entries().stream().map(RunEntry::kind).toList());
        assertTrue(heard.said.stream().anyMatch(said -> said.startsWith("trouble") && said.contains("503")));
    }

    @Test
    void aRunThatClaimsTheModelOfAnotherDoesNotGetToTagIt() throws Exception {
        mlflow.register("churn", "1", "the tracking run of somebody else");
        mlflow.failNext(2);
        holdStepCode();
        end(started());
        try (Recorder recorder = recorder()) {
            await(() ->
                    heard.said.contains("model churn:1 OTHER_RUN") && entries().size() == 2);
        }
        RunRecord record = heard.records.getFirst();
        assertEquals(Registration.UNKNOWN, record.models().getFirst().registration(), "when it was recorded");
        EvidenceArchive archive = new EvidenceArchive(stores, cluster.clusterId(), SYNC);
        RunEvidence made = archive.find(record.id()).orElseThrow();
        Statement summary =
                Statement.of(archive.bundle(made.models().getFirst().summary()).payload());
        assertEquals("FAILED", summary.predicate().get("verificationResult"));
        assertFalse(mlflow.version("churn", "1").containsKey("plumbline.dev/verdict"));
    }

    @Test
    void aModelsEvidenceIsSignedAndSealedOnceAndSecretsAreNotInIt() throws Exception {
        holdStepCode();
        end(started());
        EvidenceArchive archive = new EvidenceArchive(stores, cluster.clusterId(), SYNC);
        EvidenceLog log = new EvidenceLog(stores, cluster.clusterId(), SYNC);
        try (Recorder recorder = recorder()) {
            await(() -> !heard.records.isEmpty() && log.newest().isPresent());
        }
        RunRecord record = heard.records.getFirst();
        RunEvidence made = archive.find(record.id()).orElseThrow();
        try (Recorder recorder = recorder()) {
            await(() -> entries().size() == 1);
        }
        assertEquals(made, archive.find(record.id()).orElseThrow());
        StoredSync sync = new StoredSync(cluster.clusterId(), SYNC);
        ModelCheck check = ModelCheck.of(
                stores, keys.keyring(), new FoundModel(sync, entries().getFirst(), 0, made));
        assertFalse(Check.anyWrong(check.checks()), check.checks().toString());
        assertFalse(Check.anyWrong(LogCheck.of(stores, keys.keyring(), sync, List.of())));
        assertTrue(record.parameters().getOrDefault("rounds", "").startsWith(SecretParameters.MARK), record + "");
        assertTrue(check.gate(Verdict.MATCH, Set.of(Executor.ARGO)).message().contains("executor: local"));
        assertEquals(
                Check.State.OK,
                check.gate(Verdict.MATCH, Set.of(Executor.ARGO, Executor.LOCAL)).state());
    }

    private Recorder recorder() throws ClusterException {
        Recorder recorder = new Recorder(
                Executor.LOCAL,
                new RecorderDoors(
                        cluster,
                        stores,
                        registry,
                        ArtifactDigests.NONE,
                        evidence,
                        DefaultsHistory.NONE,
                        null,
                        InstantSource.system(),
                        null),
                new Judge(),
                heard);
        recorder.follow(new WatchedSync(
                SYNC,
                Set.of("ml"),
                "https://git.example.com/pipelines.git",
                repository,
                (sync, created) -> List.of(repository.inForce(1, commit))));
        return recorder;
    }

    /** A run of the training template that has begun. */
    private Map<String, @Nullable Object> started() throws ClusterException {
        Map<String, @Nullable Object> run = SampleRuns.training(repository, commit, "training");
        Tree.set(run, "false", "metadata", "labels", "workflows.argoproj.io/completed");
        Tree.set(run, "Running", "status", "phase");
        return cluster.create(run, "runner");
    }

    private void end(Map<String, @Nullable Object> run) throws ClusterException {
        cluster.mergePatch(WORKFLOW, SampleRepository.tree("""
                        {"metadata": {"labels": {"workflows.argoproj.io/completed": "true"}},
                         "status": {"phase": "Succeeded", "outputs": {"parameters": [
                           {"name": "model-name", "value": "churn"}, {"name": "model-version", "value": "1"},
                           {"name": "mlflow-run-id", "value": "r1"}]}}}"""), "runner");
        assertEquals("train-1", Tree.text(run, "metadata", "name"));
    }

    private void holdStepCode() throws ClusterException {
        cluster.apply(configMap(), "plumbline", true, false);
    }

    private Map<String, @Nullable Object> configMap() {
        return new LinkedHashMap<>(Tree.copy(repository.object(commit, "ConfigMap", repository.steps(commit))));
    }

    private List<RunEntry> entries() throws StoreException {
        return journal.entries(1, 10);
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
}
