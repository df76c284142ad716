package dev.plumbline.controller.local.cron;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.controller.apply.ClusterWriter;
import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.live.Selection;
import dev.plumbline.controller.local.cluster.EmbeddedCluster;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.ObjectKey;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Schedules on a clock that the test moves; what the runs do is written by the test. */
class CronWorkflowsTest {

    private static final ObjectKey CRON = new ObjectKey("argoproj.io", "CronWorkflow", "default", "nightly");

    @TempDir
    private Path data;

    private Instant now = Instant.parse("2026-03-28T12:00:10Z");
    private final List<String> said = new ArrayList<>();
    private EmbeddedCluster cluster;
    private CronWorkflows crons;

    @BeforeEach
    void open() throws Exception {
        cluster = EmbeddedCluster.open(data.resolve("cluster"), () -> now);
        crons = new CronWorkflows(cluster, cluster, () -> now, said::add);
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    private void create(String spec) throws Exception {
        cluster.create(Json.parseObject("""
                {"apiVersion": "argoproj.io/v1alpha1", "kind": "CronWorkflow",
                 "metadata": {"name": "nightly", "namespace": "default"}, "spec": {%s,
                 "workflowMetadata": {"labels": {"team": "a"}, "annotations": {"why": "b"}},
                 "workflowSpec": {"entrypoint": "main"}}}
                """.formatted(spec)), "test");
        crons.look();
    }

    private void at(String time) throws Exception {
        now = Instant.parse(time);
        crons.look();
    }

    private List<Map<String, @Nullable Object>> runs() throws Exception {
        return cluster.list(Selection.of("argoproj.io", "Workflow", "default")).items();
    }

    private List<String> names() throws Exception {
        return runs().stream()
                .map(run -> Instant.ofEpochSecond(Long.parseLong(
                                Tree.text(run, "metadata", "name").substring("nightly-".length())))
                        .toString())
                .toList();
    }

    private void end(Map<String, @Nullable Object> run, String phase) throws Exception {
        cluster.mergePatch(
                new ObjectKey("argoproj.io", "Workflow", "default", Tree.text(run, "metadata", "name")),
                Json.parseObject("""
                        {"metadata": {"labels": {"workflows.argoproj.io/completed": "true"}},
                         "status": {"phase": "%s", "finishedAt": "%s"}}
                        """.formatted(phase, now)),
                "test");
    }

    private Map<String, @Nullable Object> cron() throws Exception {
        return cluster.get(CRON).orElseThrow();
    }

    @Test
    void aRunIsMadeAtItsTimeAsArgosControllerMakesIt() throws Exception {
        create("\"schedules\": [\"0 2 * * *\"], \"timezone\": \"Europe/Berlin\"");
        at("2026-03-29T00:59:59Z");
        assertEquals(List.of(), names());
        // 02:00 does not exist that night in Berlin, so the next run is a day later, in summer time.
        at("2026-03-29T02:00:00Z");
        assertEquals(List.of(), names());
        at("2026-03-30T00:00:01Z");
        assertEquals(List.of("2026-03-30T00:00:00Z"), names());
        crons.look();
        Map<String, @Nullable Object> run = runs().getFirst();
        assertEquals("nightly", Tree.text(run, "metadata", "labels", "workflows.argoproj.io/cron-workflow"));
        assertEquals("a", Tree.text(run, "metadata", "labels", "team"));
        assertEquals("b", Tree.text(run, "metadata", "annotations", "why"));
        assertEquals(
                "2026-03-30T00:00:00Z",
                Tree.text(run, "metadata", "annotations", "workflows.argoproj.io/scheduled-time"));
        assertEquals("main", Tree.text(run, "spec", "entrypoint"));
        assertEquals("2026-03-30T00:00:00Z", Tree.text(cron(), "status", "lastScheduledTime"));
        assertEquals(
                Tree.text(run, "metadata", "uid"),
                Tree.text(Tree.maps(cron(), "status", "active").getFirst(), "uid"));
        assertEquals(1, runs().size());
    }

    @Test
    void forbidWaitsAndReplaceEndsTheRunThatGoesOn() throws Exception {
        create("\"schedules\": [\"* * * * *\"], \"concurrencyPolicy\": \"Forbid\"");
        at("2026-03-28T12:01:00Z");
        at("2026-03-28T12:02:00Z");
        assertEquals(List.of("2026-03-28T12:01:00Z"), names());
        assertTrue(said.getLast().contains("its concurrencyPolicy is Forbid"), said.toString());
        end(runs().getFirst(), "Succeeded");
        at("2026-03-28T12:03:00Z");
        assertEquals(List.of("2026-03-28T12:01:00Z", "2026-03-28T12:03:00Z"), names());
        cluster.mergePatch(CRON, Map.of("spec", Map.of("concurrencyPolicy", "Replace")), "test");
        at("2026-03-28T12:04:00Z");
        assertEquals(List.of("2026-03-28T12:01:00Z", "2026-03-28T12:04:00Z"), names());
        assertEquals(1L, Tree.at(cron(), "status", "succeeded"));
    }

    @Test
    void aMissedTimeIsMadeUpForOnlyWithinItsDeadline() throws Exception {
        create("\"schedules\": [\"0 * * * *\"]");
        at("2026-03-28T13:10:00Z");
        assertEquals(List.of(), names(), "ten minutes late, and nothing said that this is fine");
        cluster.mergePatch(CRON, Map.of("spec", Map.of("startingDeadlineSeconds", 900L)), "test");
        at("2026-03-28T14:10:00Z");
        assertEquals(List.of("2026-03-28T14:00:00Z"), names());

        // A program that was away: what is known of the last run stands on the object.
        crons = new CronWorkflows(cluster, cluster, () -> now, said::add);
        at("2026-03-28T16:05:00Z");
        assertEquals(List.of("2026-03-28T14:00:00Z", "2026-03-28T16:00:00Z"), names());

        // A schedule that changed meanwhile has missed nothing.
        crons = new CronWorkflows(cluster, cluster, () -> now, said::add);
        cluster.mergePatch(CRON, Map.of("spec", Map.of("schedules", List.of("1 * * * *"))), "test");
        at("2026-03-28T17:05:00Z");
        assertEquals(2, names().size());
    }

    @Test
    void suspensionAndStopStrategyKeepItFromFiring() throws Exception {
        create("\"schedules\": [\"* * * * *\"], \"suspend\": true,"
                + " \"stopStrategy\": {\"expression\": \"cronworkflow.failed >= 2\"}");
        at("2026-03-28T12:05:00Z");
        assertEquals(List.of(), names());
        cluster.mergePatch(CRON, Map.of("spec", Map.of("suspend", false)), "test");
        at("2026-03-28T12:05:30Z");
        assertEquals(List.of(), names(), "what was due while it was suspended is not made up for");
        at("2026-03-28T12:06:00Z");
        end(runs().getLast(), "Failed");
        at("2026-03-28T12:07:00Z");
        end(runs().getLast(), "Error");
        at("2026-03-28T12:08:00Z");
        assertEquals("Stopped", Tree.text(cron(), "status", "phase"));
        at("2026-03-28T12:09:00Z");
        assertTrue(names().stream().noneMatch(name -> name.compareTo("2026-03-28T12:08") >= 0), names().toString());
    }

    @Test
    void historyAndTimeToLiveCleanUp() throws Exception {
        create("\"schedules\": [\"* * * * *\"], \"successfulJobsHistoryLimit\": 2");
        for (int minute = 1; minute <= 6; minute++) {
            at("2026-03-28T12:0" + minute + ":00Z");
            end(runs().getLast(), minute % 2 == 0 ? "Succeeded" : "Failed");
        }
        crons.look();
        crons.look();
        assertEquals(List.of("2026-03-28T12:04:00Z", "2026-03-28T12:05:00Z", "2026-03-28T12:06:00Z"), names());
        assertEquals(3L, Tree.at(cron(), "status", "succeeded"));
        assertEquals(3L, Tree.at(cron(), "status", "failed"));

        cluster.create(Json.parseObject("""
                {"apiVersion": "argoproj.io/v1alpha1", "kind": "Workflow", "metadata": {"name": "short", "namespace": "default"},
                 "spec": {"entrypoint": "x", "ttlStrategy": {"secondsAfterCompletion": 3600, "secondsAfterSuccess": 60}},
                 "status": {"phase": "Succeeded", "finishedAt": "2026-03-28T12:06:00Z"}}
                """), "test");
        cluster.mergePatch(CRON, Map.of("spec", Map.of("suspend", true)), "test");
        at("2026-03-28T12:07:00Z");
        assertEquals(4, runs().size());
        at("2026-03-28T12:07:01Z");
        assertEquals(3, runs().size());
    }

    @Test
    void anIntervalThatIsLongerThanTheDeadlineIsFiredAndOneBelowASecondIsASecond() throws Exception {
        create("\"schedules\": [\"@every 1h\"]");
        at("2026-03-28T12:59:59Z");
        assertEquals(List.of(), names());
        at("2026-03-28T13:00:10Z");
        assertEquals(List.of("2026-03-28T13:00:10Z"), names());
        at("2026-03-28T14:00:15Z");
        assertEquals(List.of("2026-03-28T13:00:10Z", "2026-03-28T14:00:10Z"), names());
        at("2026-03-28T15:02:00Z");
        assertEquals(2, names().size(), "two minutes late");
        at("2026-03-28T16:00:11Z");
        assertEquals("2026-03-28T16:00:10Z", names().getLast());
        for (String every : new String[] {"@every 0s", "@every -5m", "@every 10ms"}) {
            cluster.mergePatch(CRON, Map.of("spec", Map.of("schedules", List.of(every))), "test");
            crons.look();
            now = now.plusSeconds(1);
            crons.look();
            assertEquals(now.toString(), names().getLast(), every);
        }
    }

    @Test
    void oneThatCannotBeFiredKeepsNoOtherFromFiring() throws Exception {
        create("\"schedules\": [\"* * * * *\"]");
        for (String spec :
                new String[] {"\"schedules\": [\"CRON_TZ=Mars/Olympus * * * * *\"]", "\"schedules\": [\"* * * * *\"]"
                }) {
            cluster.create(Json.parseObject("""
                    {"apiVersion": "argoproj.io/v1alpha1", "kind": "CronWorkflow",
                     "metadata": {"name": "a%d", "namespace": "default",
                       "annotations": {"cronworkflows.argoproj.io/last-used-schedule": "* * * * *"}},
                     "spec": {%s, "workflowSpec": {"entrypoint": "main"}}, "status": {"lastScheduledTime": "soon"}}
                    """.formatted(spec.length(), spec)), "test");
        }
        at("2026-03-28T12:01:00Z");
        assertEquals(List.of("2026-03-28T12:01:00Z"), names());
        assertTrue(
                said.stream().anyMatch(text -> text.contains("timezone 'Mars/Olympus' is not known")), said::toString);
        assertTrue(
                said.stream().anyMatch(text -> text.contains("status.lastScheduledTime 'soon' is no time")),
                said::toString);
    }

    @Test
    void aRunThatCouldNotBeMadeIsTriedAgain() throws Exception {
        create("\"schedules\": [\"* * * * *\"]");
        AtomicBoolean away = new AtomicBoolean(true);
        ClusterWriter writer = (ClusterWriter) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {ClusterWriter.class}, (_, method, arguments) -> {
                    if (away.get() && method.getName().equals("create")) {
                        throw new ClusterException(ClusterException.Reason.UNAVAILABLE, CRON, "away");
                    }
                    return method.invoke(cluster, arguments);
                });
        crons = new CronWorkflows(cluster, writer, () -> now, said::add);
        crons.look();
        at("2026-03-28T12:01:00Z");
        assertEquals(List.of(), names());
        away.set(false);
        at("2026-03-28T12:01:05Z");
        assertEquals(List.of("2026-03-28T12:01:00Z"), names());
    }

    @Test
    void aRunWhoseEndCannotBeReadIsKept() throws Exception {
        cluster.create(Json.parseObject("""
                {"apiVersion": "argoproj.io/v1alpha1", "kind": "Workflow", "metadata": {"name": "odd", "namespace": "default"},
                 "spec": {"entrypoint": "x", "ttlStrategy": {"secondsAfterCompletion": 1}},
                 "status": {"phase": "Succeeded", "finishedAt": "yesterday"}}
                """), "test");
        create("\"schedules\": [\"* * * * *\"]");
        at("2026-03-29T12:01:00Z");
        assertEquals(2, runs().size());
    }

    @Test
    void whatCannotBeReadIsSaidOnce() throws Exception {
        create("\"schedules\": [\"* * * * *\"], \"timezone\": \"Mars/Olympus\"");
        crons.look();
        assertEquals(
                List.of("CronWorkflow/nightly is not fired: timezone 'Mars/Olympus' is not known;"
                        + " write one such as Europe/Berlin"),
                said);
    }
}
