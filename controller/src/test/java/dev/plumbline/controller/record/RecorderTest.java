package dev.plumbline.controller.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.controller.apply.DeleteOptions;
import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.registry.evidence.Check;
import dev.plumbline.registry.evidence.EvidenceArchive;
import dev.plumbline.registry.evidence.EvidenceLog;
import dev.plumbline.registry.evidence.FoundModel;
import dev.plumbline.registry.evidence.LogCheck;
import dev.plumbline.registry.evidence.ModelCheck;
import dev.plumbline.registry.evidence.RunEvidence;
import dev.plumbline.registry.evidence.SecretParameters;
import dev.plumbline.registry.evidence.StoredSync;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.run.Executor;
import dev.plumbline.registry.run.ModelRecord.Registration;
import dev.plumbline.registry.run.RunRecord;
import dev.plumbline.registry.run.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecorderTest extends RecorderRoom {

    RecorderTest(@TempDir Path folder) throws ClusterException, IOException {
        super(folder);
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
}
