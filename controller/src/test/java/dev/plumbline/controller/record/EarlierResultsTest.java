package dev.plumbline.controller.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.local.cluster.EmbeddedCluster;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.memory.MemoryStores;
import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.registry.model.RunId;
import dev.plumbline.registry.model.SyncId;
import dev.plumbline.registry.provenance.FollowedResult;
import dev.plumbline.registry.provenance.SampleRepository;
import dev.plumbline.registry.provenance.SampleRuns;
import dev.plumbline.registry.run.Executor;
import dev.plumbline.registry.run.Judgement;
import dev.plumbline.registry.run.Observation;
import dev.plumbline.registry.run.PartEvidence;
import dev.plumbline.registry.run.RunJournal;
import dev.plumbline.registry.run.RunObserver;
import dev.plumbline.registry.run.RunRecord;
import dev.plumbline.registry.run.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cache is a hint that anybody may write; only a record of a run that fits it in all is followed. */
class EarlierResultsTest {

    private static final SyncId SYNC = new SyncId("plumbline", "local");
    private static final CommitId COMMIT = new CommitId("1".repeat(40));
    private static final ObjectKey TEMPLATE = new ObjectKey("argoproj.io", "WorkflowTemplate", "ml", "memory");

    private final EmbeddedCluster cluster;
    private final RunJournal journal = new RunJournal(MemoryStores.create(), "cluster-1", SYNC);

    EarlierResultsTest(@TempDir Path folder) throws ClusterException, IOException {
        cluster = EmbeddedCluster.open(folder, InstantSource.system());
        cluster.create(
                SampleRepository.tree(
                        "{\"apiVersion\": \"v1\", \"kind\": \"Namespace\", \"metadata\": {\"name\": \"argo\"}}"),
                "test");
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void theRunThatFilledTheCacheIsFollowed() throws Exception {
        filled("filling-123", "2026-11-25T10:00:05Z");
        made("uid-1", "2026-11-25T10:00:00Z", Verdict.MATCH, TEMPLATE);
        FollowedResult followed = follow();
        assertEquals("", followed.lost());
        assertEquals("filling", followed.run());
        assertEquals(
                List.of("spec"),
                followed.parts().stream().map(PartEvidence::reference).toList());
    }

    @Test
    void ofSeveralRunsOfANameTheNewestThatWasThereIsTheOne() throws Exception {
        filled("filling-123", "2026-11-25T10:00:05Z");
        made("uid-1", "2026-11-25T08:00:00Z", Verdict.STALE, TEMPLATE);
        made("uid-2", "2026-11-25T10:00:00Z", Verdict.MATCH, TEMPLATE);
        made("uid-3", "2026-11-25T10:00:06Z", Verdict.MIXED, TEMPLATE);
        assertEquals(Verdict.MATCH, follow().verdict());
    }

    @Test
    void itsVerdictIsThatOfTheResults() throws Exception {
        filled("filling-123", "2026-11-25T10:00:05Z");
        made("uid-1", "2026-11-25T08:00:00Z", Verdict.DRIFT, null);
        assertEquals(Verdict.DRIFT, follow().verdict());
        made("uid-2", "2026-11-25T09:00:00Z", Verdict.OVERRIDDEN, TEMPLATE);
        assertEquals(Verdict.OVERRIDDEN, follow().verdict());
        made("uid-3", "2026-11-25T10:00:00Z", Verdict.UNVERIFIABLE, TEMPLATE);
        assertLost("run filling, which made them, is UNVERIFIABLE");
    }

    @Test
    void whatLeadsNowhereSaysWhereTheWayEnded() throws Exception {
        assertLost("ConfigMap memory-cache of namespace argo is not there any more");
        filled("filling-123", "2026-11-25T10:00:05Z");
        assertLost("no run with node filling-123");
        made("uid-1", "2026-11-25T10:00:06Z", Verdict.MATCH, TEMPLATE);
        assertLost("no run with node filling-123");
        filled("filling-123", "2026-11-25T10:30:00Z");
        assertLost("was written anew at 2026-11-25T10:30:00Z");
        filled("../filling", "2026-11-25T10:00:05Z");
        assertLost("does not say which node");
        filled("filling-123", "yesterday");
        assertLost("not of Argo's form");
    }

    @Test
    void resultsThatTheRunDidNotMakeAreNotIts() throws Exception {
        filled("filling-123", "2026-11-25T10:00:07Z");
        made("uid-1", "2026-11-25T10:00:00Z", Verdict.MATCH, TEMPLATE);
        Map<String, @Nullable Object> run = remembering();
        Tree.set(
                run,
                SampleRepository.tree("{\"parameters\": [{\"name\": \"score\", \"value\": \"0.99\"}]}"),
                "status",
                "nodes",
                "remembering.fit",
                "outputs");
        FollowedResult followed = follow(RunObserver.observe(run));
        assertTrue(followed.lost().contains("did not make exactly these"), followed.toString());
    }

    private void assertLost(String why) throws Exception {
        FollowedResult followed = follow();
        assertTrue(followed.lost().contains(why), followed.toString());
    }

    private FollowedResult follow() throws Exception {
        return follow(RunObserver.observe(remembering()));
    }

    private FollowedResult follow(Observation run) throws Exception {
        List<FollowedResult> followed = new EarlierResults(cluster, "argo").follow(run, journal);
        assertEquals(1, followed.size());
        return followed.getFirst();
    }

    private void filled(String node, String at) throws ClusterException {
        Map<String, @Nullable Object> entry = new LinkedHashMap<>();
        entry.put("nodeID", node);
        entry.put("creationTimestamp", at);
        Map<String, @Nullable Object> cache = SampleRepository.tree("""
                {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "memory-cache", "namespace": "argo"}}""");
        Tree.set(cache, Json.write(entry), "data", "same");
        cluster.apply(cache, "test", true, false);
    }

    /** A run that took its results at 10:10. */
    private static Map<String, @Nullable Object> remembering() {
        Map<String, @Nullable Object> run =
                SampleRuns.workflow("remembering", "{\"workflowTemplateRef\": {\"name\": \"memory\"}}");
        SampleRuns.node(run, "remembering.fit", "Pod", """
                "startedAt": "2026-11-25T10:10:00Z", "templateName": "fit",
                "memoizationStatus": {"hit": true, "key": "same", "cacheName": "memory-cache"},
                "outputs": {"parameters": [{"name": "score", "value": "0.9"}]}""");
        return run;
    }

    private void made(String uid, String created, Verdict verdict, @Nullable ObjectKey object) throws Exception {
        Map<String, @Nullable Object> run =
                SampleRuns.workflow("filling", "{\"workflowTemplateRef\": {\"name\": \"memory\"}}");
        SampleRuns.node(run, "filling-123", "Pod", """
                "startedAt": "%1$s", "templateName": "fit", "templateScope": "local/",
                "outputs": {"parameters": [{"name": "score", "value": "0.9"}]}""".formatted(created));
        Observation seen = RunObserver.observe(run);
        PartEvidence part = new PartEvidence(
                "spec", object, Digest.of("memory"), object == null ? null : COMMIT, List.of(), List.of());
        RunRecord record = new RunRecord(
                new RunId("cluster-1", uid, created),
                SYNC,
                Executor.ARGO,
                "ml",
                "filling",
                "memory",
                seen.trigger(),
                created,
                created,
                "Succeeded",
                "",
                Map.of(),
                seen.nodes(),
                Map.of(),
                List.of(),
                List.of(),
                null,
                null,
                new Judgement(verdict, List.of("so it is"), null, List.of(), List.of(part), "form"),
                List.of(),
                Map.of());
        journal.record(record);
    }
}
