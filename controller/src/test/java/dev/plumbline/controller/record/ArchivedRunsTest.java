package dev.plumbline.controller.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.controller.apply.DeleteOptions;
import dev.plumbline.controller.argoserver.ArgoServer;
import dev.plumbline.controller.argoserver.StandInArgoServer;
import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.run.Executor;
import dev.plumbline.registry.run.ObservationLog;
import dev.plumbline.registry.run.RunEntry;
import dev.plumbline.registry.run.RunRecord;
import dev.plumbline.registry.run.UnseenWindow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What ended and was deleted while no recorder ran is read from Argo's archive, where there is one. */
class ArchivedRunsTest extends RecorderRoom {

    private final ObservationLog observed;
    private final StandInArgoServer argo = new StandInArgoServer();
    private final ArgoServer archive;

    ArchivedRunsTest(@TempDir Path folder) throws ClusterException, IOException {
        super(folder.resolve("cluster"));
        observed = new ObservationLog(stores, cluster.clusterId());
        Path token = Files.writeString(folder.resolve("token"), StandInArgoServer.TOKEN);
        archive = new ArgoServer(argo.address(), token, Duration.ofSeconds(5));
    }

    @AfterEach
    void stop() {
        archive.close();
        argo.close();
    }

    @Test
    void aRunThatWasSeenAndOneThatNeverWasAreRecordedFromTheArchive() throws Exception {
        Map<String, @Nullable Object> seen = gone();
        Map<String, @Nullable Object> never = Tree.copy(seen);
        Tree.set(never, "train-2", "metadata", "name");
        Tree.set(never, "uid-2", "metadata", "uid");
        Tree.set(never, Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(), "status", "startedAt");
        argo.archive(seen);
        argo.archive(never);
        try (Recorder recorder = recorder(Executor.ARGO, archive)) {
            await(() -> runs().size() == 2);
            await(() -> window().archive().contains("had 1 runs that are not in the cluster any more"));
        }
        for (RunEntry entry : runs()) {
            RunRecord record = journal.read(entry.record());
            assertEquals("Succeeded", record.phase(), record.name());
        }
        assertEquals("no recorder ran", window().why());
    }

    @Test
    void aRunThatTheArchiveDoesNotHaveVanished() throws Exception {
        gone();
        try (Recorder recorder = recorder(Executor.ARGO, archive)) {
            await(() -> runs().size() == 1);
        }
        assertEquals(
                RunRecord.VANISHED, journal.read(runs().getFirst().record()).phase());
    }

    @Test
    void anArchiveThatRefusesIsSaidInTheRecordAndInTheTime() throws Exception {
        gone();
        argo.says(403);
        try (Recorder recorder = recorder(Executor.ARGO, archive)) {
            await(() -> runs().size() == 1);
            await(() -> window().archive().contains("it was refused"));
        }
        RunRecord record = journal.read(runs().getFirst().record());
        assertTrue(record.judgement().reasons().toString().contains("--argo-server-token"), record.toString());
        assertFalse(record.toString().contains("canary"), record.toString());
    }

    @Test
    void anArchiveThatIsAwayIsAskedAgainAndNothingIsRecordedAsVanishedMeanwhile() throws Exception {
        Map<String, @Nullable Object> seen = gone();
        argo.archive(seen);
        argo.says(503);
        try (Recorder recorder = recorder(Executor.ARGO, archive)) {
            await(() -> heard.said.stream().anyMatch(said -> said.contains("its answer was 503")));
            assertEquals(0, runs().size());
            argo.says(200);
            await(() -> runs().size() == 1);
        }
        assertEquals("Succeeded", journal.read(runs().getFirst().record()).phase());
    }

    @Test
    void nodesThatArgoKeepsInItsDatabaseAreReadFromItsServer() throws Exception {
        holdStepCode();
        Map<String, @Nullable Object> run = started();
        argo.archive(Tree.copy(run));
        cluster.mergePatch(
                WORKFLOW,
                Json.parseObject("{\"status\": {\"offloadNodeStatusVersion\": \"fnv:1\", \"nodes\": null}}"),
                "argo");
        end(run);
        try (Recorder recorder = recorder(Executor.ARGO, archive)) {
            await(() -> runs().size() == 1);
        }
        RunRecord record = journal.read(runs().getFirst().record());
        assertEquals(Tree.map(run, "status", "nodes").size(), record.nodes().size(), record.toString());
        assertFalse(record.judgement().reasons().toString().contains("database"), record.toString());
    }

    /** A run that a recorder saw begin, and that ended and was deleted after the recorder ended; answers how it was when it ended. */
    private Map<String, @Nullable Object> gone() throws Exception {
        holdStepCode();
        Map<String, @Nullable Object> run = started();
        try (Recorder recorder = recorder(Executor.ARGO, null)) {
            await(() -> !journal.pending().isEmpty() && !observed.seenUntil().isEmpty());
        }
        end(run);
        Map<String, @Nullable Object> ended = Tree.copy(cluster.get(WORKFLOW).orElseThrow());
        cluster.delete(WORKFLOW, new DeleteOptions(null, null, false));
        Instant last = observed.seenUntil().get("ml");
        await(() -> Instant.now().isAfter(last.plus(Watching.SHORTEST).plusMillis(100)));
        return ended;
    }

    private List<RunEntry> runs() throws Exception {
        return entries().stream()
                .filter(entry -> entry.kind() == RunEntry.Kind.RUN)
                .toList();
    }

    private UnseenWindow window() throws Exception {
        return observed.windows(1, 100).getLast();
    }
}
