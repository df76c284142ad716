package dev.plumbline.controller.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.controller.apply.DeleteOptions;
import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.registry.evidence.Check;
import dev.plumbline.registry.evidence.EvidenceArchive;
import dev.plumbline.registry.evidence.EvidenceLog;
import dev.plumbline.registry.evidence.FindModels;
import dev.plumbline.registry.evidence.FoundModel;
import dev.plumbline.registry.evidence.LogCheck;
import dev.plumbline.registry.evidence.ModelCheck;
import dev.plumbline.registry.evidence.RunEvidence;
import dev.plumbline.registry.evidence.Statement;
import dev.plumbline.registry.evidence.StoredSync;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.run.Executor;
import dev.plumbline.registry.run.ModelRecord.Registration;
import dev.plumbline.registry.run.RunEntry;
import dev.plumbline.registry.run.RunRecord;
import dev.plumbline.registry.run.Verdict;
import dev.plumbline.registry.store.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model registry that is away, slow or says something else delays no record, and what it says counts once it says it. */
class RegistryAwayTest extends RecorderRoom {

    RegistryAwayTest(@TempDir Path folder) throws ClusterException, IOException {
        super(folder);
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
    void whileARegistryIsAwayARunIsSignedAndSealedWithTheGapSaidAndCaughtUpAfterwards() throws Exception {
        mlflow.register("churn", "1", "r1");
        mlflow.away(true);
        holdStepCode();
        end(started());
        EvidenceArchive archive = new EvidenceArchive(stores, cluster.clusterId(), SYNC);
        EvidenceLog log = new EvidenceLog(stores, cluster.clusterId(), SYNC);
        try (Recorder recorder = recorder()) {
            await(() -> log.newest().isPresent());
            RunEvidence made = archive.find(heard.records.getFirst().id()).orElseThrow();
            assertTrue(made.awaited());
            Statement run =
                    Statement.of(archive.bundle(made.models().getFirst().run()).payload());
            assertEquals(
                    "did not answer yet",
                    Tree.text(run.predicate(), "buildDefinition", "internalParameters", "modelRegistry"));
            assertEquals("FAILED", summary(archive).get("verificationResult"));
            assertTrue(gate().message().contains("did not say yet"), gate().message());
            assertEquals(1, journal.pending().size());
            mlflow.away(false);
            await(() -> heard.said.contains("model churn:1 FOUND")
                    && journal.pending().isEmpty());
            await(() -> stores.logs().next(log.stream()) == 3);
        }
        assertEquals("PASSED", summary(archive).get("verificationResult"));
        assertEquals(Check.State.OK, gate().state(), gate().message());
        StoredSync sync = new StoredSync(cluster.clusterId(), SYNC);
        assertFalse(Check.anyWrong(LogCheck.of(stores, keys.keyring(), sync, List.of())));
        String answered = stores.refs()
                .names(cluster.clusterId() + "/" + SYNC + "/answered-evidence/")
                .getFirst();
        stores.refs().compareAndSet(answered, stores.refs().read(answered).orElseThrow(), null);
        assertTrue(Check.anyWrong(LogCheck.of(stores, keys.keyring(), sync, List.of())), "its removal is found");
    }

    @Test
    void aRecorderThatIsKilledWhileTheRegistryIsAwayCatchesUpAtItsNextStart() throws Exception {
        mlflow.register("churn", "1", "r1");
        mlflow.away(true);
        holdStepCode();
        end(started());
        EvidenceArchive archive = new EvidenceArchive(stores, cluster.clusterId(), SYNC);
        try (Recorder recorder = recorder()) {
            await(() -> !heard.records.isEmpty()
                    && archive.find(heard.records.getFirst().id()).isPresent());
        }
        mlflow.away(false);
        cluster.delete(WORKFLOW, new DeleteOptions(null, null, false));
        try (Recorder recorder = recorder()) {
            await(() -> journal.pending().isEmpty());
        }
        assertEquals("MATCH", mlflow.version("churn", "1").get("plumbline.dev/verdict"));
        assertEquals("PASSED", summary(archive).get("verificationResult"));
        try (Recorder recorder = recorder()) {
            assertEquals(2, entries().size(), "nothing is said twice");
        }
    }

    @Test
    void aSlowRegistryDoesNotDelayTheRecordAndIsWaitedForAfterwards() throws Exception {
        mlflow.register("churn", "1", "r1");
        mlflow.answerAfter(Duration.ofMillis(1_200));
        holdStepCode();
        Map<String, @Nullable Object> run = started();
        try (Recorder recorder = recorder()) {
            await(() -> heard.said.contains("started train-1"));
            long ended = System.nanoTime();
            end(run);
            await(() -> entries().size() == 1);
            Duration durable = Duration.ofNanos(System.nanoTime() - ended);
            assertTrue(durable.compareTo(Duration.ofSeconds(2)) <= 0, durable + " until it was durable");
            await(() -> heard.said.contains("model churn:1 FOUND"));
        }
        assertEquals("MATCH", mlflow.version("churn", "1").get("plumbline.dev/verdict"));
    }

    private Map<String, @Nullable Object> summary(EvidenceArchive archive) throws StoreException {
        RunEvidence made = archive.find(heard.records.getFirst().id()).orElseThrow();
        return Statement.of(archive.bundle(made.models().getFirst().summary()).payload())
                .predicate();
    }

    private Check gate() throws StoreException {
        FoundModel found = new FindModels(stores).named("churn:1").getFirst();
        return ModelCheck.of(stores, keys.keyring(), found).gate(Verdict.MATCH, Set.of(Executor.ARGO, Executor.LOCAL));
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
}
