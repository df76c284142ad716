package dev.plumbline.controller.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.live.RunArchive;
import dev.plumbline.controller.local.cluster.EmbeddedCluster;
import dev.plumbline.registry.evidence.SampleKeys;
import dev.plumbline.registry.evidence.SecretParameters;
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
import dev.plumbline.registry.run.RunEntry;
import dev.plumbline.registry.run.RunJournal;
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
import org.junit.jupiter.api.io.TempDir;

/** One namespace of an embedded cluster, whose runs a recorder records into a store in memory, beside a model registry. */
abstract class RecorderRoom {

    static final SyncId SYNC = new SyncId("plumbline", "local");
    static final ObjectKey WORKFLOW = new ObjectKey("argoproj.io", "Workflow", "ml", "train-1");
    static final Duration PATIENCE = Duration.ofSeconds(20);

    final SampleRepository repository = new SampleRepository();
    final CommitId commit = repository.commit("trainer:1", "fit(1)", "load()");
    final Stores stores = MemoryStores.create();
    final HeardEvents heard = new HeardEvents();
    final SampleKeys keys = new SampleKeys();
    final EvidenceWriter evidence =
            new EvidenceWriter(keys, InstantSource.system(), new SecretParameters("salt", Set.of("rounds")), "0.1.0");
    final StandInMlflow mlflow = new StandInMlflow();
    final MlflowRegistry registry = new MlflowRegistry(mlflow.address(), Duration.ofSeconds(5));
    final EmbeddedCluster cluster;
    final RunJournal journal;

    RecorderRoom(@TempDir Path folder) throws ClusterException, IOException {
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

    Recorder recorder() throws ClusterException {
        return recorder(Executor.LOCAL, null);
    }

    Recorder recorder(Executor executor, @Nullable RunArchive archive) throws ClusterException {
        Recorder recorder = new Recorder(
                executor,
                new RecorderDoors(
                        cluster,
                        stores,
                        registry,
                        ArtifactDigests.NONE,
                        evidence,
                        DefaultsHistory.NONE,
                        null,
                        InstantSource.system(),
                        archive,
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
    Map<String, @Nullable Object> started() throws ClusterException {
        Map<String, @Nullable Object> run = SampleRuns.training(repository, commit, "training");
        Tree.set(run, "false", "metadata", "labels", "workflows.argoproj.io/completed");
        Tree.set(run, "Running", "status", "phase");
        return cluster.create(run, "runner");
    }

    void end(Map<String, @Nullable Object> run) throws ClusterException {
        cluster.mergePatch(WORKFLOW, SampleRepository.tree("""
            {"metadata": {"labels": {"workflows.argoproj.io/completed": "true"}},
             "status": {"phase": "Succeeded", "outputs": {"parameters": [
               {"name": "model-name", "value": "churn"}, {"name": "model-version", "value": "1"},
               {"name": "mlflow-run-id", "value": "r1"}]}}}\
            """), "runner");
        assertEquals("train-1", Tree.text(run, "metadata", "name"));
    }

    void holdStepCode() throws ClusterException {
        cluster.apply(configMap(), "plumbline", true, false);
    }

    Map<String, @Nullable Object> configMap() {
        return new LinkedHashMap<>(Tree.copy(repository.object(commit, "ConfigMap", repository.steps(commit))));
    }

    List<RunEntry> entries() throws StoreException {
        return journal.entries(1, 10);
    }

    void await(Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.call()) {
            if (System.nanoTime() > end) {
                fail("waited in vain; heard: " + heard.said);
            }
            Thread.sleep(20);
        }
    }
}
