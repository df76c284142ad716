package dev.plumbline.tests.operator;

import static dev.plumbline.tests.operator.Fault.NONE;
import static dev.plumbline.tests.operator.FaultDesk.SYNC;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.history.Outcome;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.tests.parts.RealCluster;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An API server that is busy, broken, slow or gone: everything is applied exactly once, the history is complete and in order, nothing is
 * orphaned, and people were told.
 */
@Tag("cluster")
class FaultTest {

    private static final int[] ALL = {0, 1, 2, 3, 4, 5, 6, 7};

    @TempDir
    Path folder;

    @Test
    void aStormOf429IsWaitedOutAndEverythingIsAppliedOnce() throws Exception {
        try (FaultDesk desk = FaultDesk.applied(folder, ALL.length)) {
            AtomicInteger writes = new AtomicInteger();
            desk.proxy().faults(request -> writes.incrementAndGet() % 4 == 0 ? NONE : Fault.BUSY);
            String commit = desk.push(ALL);
            desk.desk().await("writes were turned away", () -> writes.get() > 20);
            TimeUnit.SECONDS.sleep(3);
            desk.proxy().heal();

            StoredHistory history = desk.checkEnd();
            assertEquals(Outcome.APPLIED, history.outcomes(commit).getLast(), history::told);
        }
    }

    @Test
    void aStormOf5xxIsSaidAndOverWhenItEnds() throws Exception {
        try (FaultDesk desk = FaultDesk.applied(folder, ALL.length)) {
            AtomicInteger writes = new AtomicInteger();
            desk.proxy().faults(request -> {
                if (!request.isOf("configmaps") || !request.isWrite()) {
                    return NONE;
                }
                return writes.incrementAndGet() % 2 == 0 ? Fault.AWAY : Fault.BROKEN;
            });
            String commit = desk.push(ALL);
            desk.desk().awaitReady(SYNC, "False/ClusterUnavailable");
            assertEquals("False/ClusterUnavailable", desk.desk().condition("PipelineSync", SYNC, "Stalled"));
            String message = desk.desk().message(SYNC);
            assertTrue(message.contains("ConfigMap") && message.contains("the API server answered 50"), message);
            desk.proxy().heal();

            StoredHistory history = desk.checkEnd();
            assertEquals(List.of(Outcome.FAILED, Outcome.APPLIED), history.outcomes(commit), history::told);
        }
    }

    @Test
    void anAnswerThatIsCutInTheMiddleIsNoAnswerAndWhatWasDoneIsNotDoneAgain() throws Exception {
        try (FaultDesk desk = FaultDesk.applied(folder, ALL.length)) {
            AtomicInteger writes = new AtomicInteger();
            desk.proxy().faults(request -> {
                if (!request.isOf("configmaps") || !request.isWrite()) {
                    return NONE;
                }
                return switch (writes.incrementAndGet() % 4) {
                    case 1 -> new Fault.Cut(0);
                    case 2 -> new Fault.Cut(40);
                    case 3 -> new Fault.Cut(900);
                    default -> NONE;
                };
            });
            desk.push(ALL);
            desk.awaitApplied();
            assertTrue(writes.get() > ALL.length, "some answers were lost");
            desk.proxy().heal();
            desk.checkEnd();
        }
    }

    @Test
    void aListThatIsCutInTheMiddleIsNotBelieved() throws Exception {
        try (FaultDesk desk = FaultDesk.prepared(folder, ALL.length)) {
            desk.desk().start();
            AtomicInteger reads = new AtomicInteger();
            desk.proxy()
                    .faults(request ->
                            request.isWrite() || reads.incrementAndGet() > 30 ? NONE : new Fault.Cut(reads.get() * 37));
            desk.desk().sync(SYNC, Map.of());
            desk.checkEnd();
            assertTrue(reads.get() > 30, "reads were cut");
        }
    }

    @Test
    void slowAnswersAreWaitedFor() throws Exception {
        try (FaultDesk desk = FaultDesk.applied(folder, ALL.length)) {
            desk.proxy().faults(request -> new Fault.Slow(8, 60));
            desk.push(ALL);
            desk.awaitApplied();
            desk.proxy().heal();
            StoredHistory history = desk.checkEnd();
            assertEquals(2, history.entries().size(), history::told);
        }
    }

    @Test
    void aDroppedWatchIsOpenedAgainAndMissesNothing() throws Exception {
        try (FaultDesk desk = FaultDesk.applied(folder, 3)) {
            desk.desk().await("it watches", () -> desk.proxy().dropWatches() > 0);
            byHand(desk.desk(), "c1");
            desk.desk()
                    .await("it is put back", () -> desk.desk().data("c1", "n").equals("0"));
            assertTrue(desk.proxy().dropWatches() > 0);
            desk.push(0, 2);
            desk.awaitApplied();
        }
    }

    @Test
    void watchesThatEndAsSoonAsTheyBeginAreNotAskedForInARush() throws Exception {
        watchesFail(new Fault.Cut(0));
    }

    @Test
    void watchesThatBeginAndSayNothingAreNotAskedForInARush() throws Exception {
        watchesFail(new Fault.Instead(200, "", ""));
    }

    @Test
    void a410IsAnsweredByAListAndNotInARush() throws Exception {
        watchesFail(Fault.GONE);
    }

    @Test
    void a410InsideAWatchIsAnsweredByAListAndNotInARush() throws Exception {
        watchesFail(new Fault.Instead(
                200,
                "",
                "{\"type\":\"ERROR\",\"object\":{\"kind\":\"Status\",\"code\":410,\"reason\":\"Expired\"}}\n"));
    }

    @Test
    void aWatchThatSaysNonsenseIsOpenedAgain() throws Exception {
        watchesFail(new Fault.Instead(200, "", "{\"type\":\"NEWS\",\"object\":{\"kind\":\"ConfigMap\"}}\n"));
    }

    /** While watches fail what others change is noticed late or not at all, and nothing else is wrong; afterwards nothing is missed. */
    private void watchesFail(Fault fault) throws Exception {
        try (FaultDesk desk = FaultDesk.applied(folder, 3)) {
            desk.proxy().faults(request -> request.isWatch() ? fault : NONE);
            int before = desk.proxy().seen().size();
            desk.desk().await("it watches", () -> desk.proxy().dropWatches() > 0);
            byHand(desk.desk(), "c1");
            TimeUnit.SECONDS.sleep(6);
            List<FaultProxy.Request> asked = desk.proxy().seen();
            asked = asked.subList(before, asked.size());
            assertTrue(asked.stream().filter(FaultProxy.Request::isWatch).count() > 3, "it tries again: " + asked);
            assertTrue(asked.size() < 150, asked.size() + " times in 6 s: " + asked);
            desk.proxy().heal();
            desk.desk()
                    .await("it is put back", () -> desk.desk().data("c1", "n").equals("0"));
            desk.push(0, 2);
            desk.awaitApplied();
            desk.desk().stop();
            StoredHistory.of(desk.desk(), SYNC).check(desk.commits());
        }
    }

    @Test
    void theApiServerStoppedAndStartedDuringAnApply() throws Exception {
        try (FaultDesk desk = FaultDesk.applied(folder, ALL.length)) {
            AtomicInteger writes = new AtomicInteger();
            desk.proxy().faults(request -> {
                boolean dies = request.isOf("configmaps") && request.isWrite() && writes.incrementAndGet() > 3;
                return dies ? new Fault.Cut(0) : NONE;
            });
            desk.push(ALL);
            desk.desk().await("it is in the middle", () -> writes.get() > 3);
            desk.proxy().down();
            desk.desk()
                    .await(
                            "it is not ready",
                            () -> Readiness.of(desk.desk().port()).startsWith("503 "));
            assertTrue(
                    Readiness.of(desk.desk().port()).contains("could not be reached"),
                    Readiness.of(desk.desk().port()));
            desk.proxy().heal();
            desk.proxy().up();
            desk.desk()
                    .await(
                            "it is ready again",
                            () -> Readiness.of(desk.desk().port()).startsWith("200 "));
            desk.checkEnd();
        }
    }

    @Test
    void aRealApiServerKilledAndStartedAgainDuringAnApply() throws Exception {
        RealCluster real = RealCluster.own();
        try (FaultDesk desk = FaultDesk.prepared(OperatorDesk.prepared(real, folder), folder, 30)) {
            desk.start();
            desk.awaitApplied();
            desk.push(IntStream.range(0, 30).toArray());
            desk.awaitAny("1");
            real.server(false);
            desk.commit(0, 1, 2);
            TimeUnit.SECONDS.sleep(3);
            real.server(true);
            desk.checkEnd();
        }
    }

    /** {@code -Dplumbline.seed=S} chooses which. */
    @Test
    void faultsOfEveryKindWhileCommitsCome() throws Exception {
        long seed = Long.getLong("plumbline.seed", 7);
        Random random = new Random(seed);
        try (FaultDesk desk = FaultDesk.applied(folder, ALL.length)) {
            desk.proxy().faults(request -> any(request, random));
            for (int i = 0; i < 12; i++) {
                desk.push(random.nextInt(ALL.length), random.nextInt(ALL.length));
                TimeUnit.MILLISECONDS.sleep(random.nextInt(2500));
                if (i % 4 == 3) {
                    desk.proxy().dropWatches();
                }
            }
            desk.proxy().heal();
            desk.checkEnd();
        }
    }

    private static synchronized Fault any(FaultProxy.Request request, Random random) {
        return switch (random.nextInt(12)) {
            case 0 -> Fault.BUSY;
            case 1 -> Fault.AWAY;
            case 2 -> new Fault.Cut(random.nextInt(1500));
            case 3 -> new Fault.Slow(3, 50);
            case 4 -> request.isWatch() ? Fault.GONE : Fault.BROKEN;
            default -> NONE;
        };
    }

    private static void byHand(OperatorDesk desk, String name) throws Exception {
        Map<String, @Nullable Object> patch = new LinkedHashMap<>();
        Tree.set(patch, "99", "data", "n");
        desk.cluster().mergePatch(desk.key("ConfigMap", name), patch, "hand");
    }
}
