package dev.plumbline.tests.operator;

import static dev.plumbline.tests.operator.Fault.NONE;
import static dev.plumbline.tests.operator.FaultDesk.SYNC;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.plumbline.controller.apply.DeleteOptions;
import dev.plumbline.registry.history.HistoryEntry;
import dev.plumbline.registry.history.Outcome;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.tests.parts.RealCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong around a sync while it works: its branch, its namespace, its store. */
@Tag("cluster")
class DisturbanceTest {

    private static final int[] ALL = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};

    @TempDir
    Path folder;

    @Test
    void aForcePushInTheMiddleOfASyncIsFollowedAndTold() throws Exception {
        int many = 70; // More than one sync may write at once, so that some are not begun yet.
        try (FaultDesk desk = FaultDesk.applied(folder, many)) {
            slowWrites(desk.proxy());
            String pushed = desk.push(IntStream.range(0, many).toArray());
            desk.awaitAny("1");
            desk.desk().repository().git("reset", "-q", "--hard", desk.commits().getFirst());
            String forced = desk.push(0, 1, 2);
            desk.awaitApplied();
            desk.proxy().heal();

            for (int i = 0; i < many; i++) {
                String wanted = i < 3 ? "2" : "0";
                String name = "c" + i;
                desk.desk()
                        .await(
                                name + " has " + wanted,
                                () -> desk.desk().data(name, "n").equals(wanted));
            }
            StoredHistory history = StoredHistory.of(desk.desk(), SYNC);
            assertEquals(
                    List.of(desk.commits().getFirst(), pushed, forced),
                    history.entries().stream()
                            .map(entry -> entry.commit().toString())
                            .toList(),
                    history::told);
            assertEquals(List.of(Outcome.SUPERSEDED), history.outcomes(pushed), history::told);
            HistoryEntry last = history.entries().getLast();
            assertEquals(Outcome.APPLIED, last.outcome(), history::told);
            assertTrue(last.forced(), history::told);
        }
    }

    @Test
    void aStoreThatGoesAwayStopsEverythingUntilItIsBack() throws Exception {
        try (FaultDesk desk = FaultDesk.applied(folder, ALL.length)) {
            Path aside = folder.resolve("aside");
            Files.move(desk.desk().store(), aside);
            Files.writeString(desk.desk().store(), "no folder");
            desk.push(ALL);
            storeIsMissed(desk);
            Files.delete(desk.desk().store());
            Files.move(aside, desk.desk().store());
            desk.checkEnd();
        }
    }

    @Test
    void aStoreThatTurnsReadOnlyStopsEverythingUntilItIsNot() throws Exception {
        Path store = Files.createDirectories(folder.resolve("store"));
        assumeTrue(
                mount("-t", "tmpfs", "tmpfs", store.toString()), "skipped: mounting a file system needs a privilege");
        try (FaultDesk desk = FaultDesk.applied(folder, ALL.length)) {
            assertTrue(mount("-o", "remount,ro", store.toString()));
            desk.push(ALL);
            storeIsMissed(desk);
            assertTrue(mount("-o", "remount,rw", store.toString()));
            desk.checkEnd();
        } finally {
            new ProcessBuilder("umount", "-l", store.toString()).start().waitFor();
        }
    }

    /** Nothing is applied that could not be recorded, and the status says so. */
    private static void storeIsMissed(FaultDesk desk) throws Exception {
        desk.desk().awaitReady(SYNC, "False/StoreUnavailable");
        String message = desk.desk().message(SYNC);
        assertTrue(message.contains("clusters/") || message.contains("store"), message);
        desk.push(0);
        TimeUnit.SECONDS.sleep(3);
        for (int i = 0; i < ALL.length; i++) {
            assertEquals(List.of("0"), desk.observed().of("c" + i));
        }
        assertEquals("False/StoreUnavailable", desk.desk().ready(SYNC));
    }

    @Test
    void aStoreThatGoesAwayInTheMiddleOfAnApplyLosesNothing() throws Exception {
        try (FaultDesk desk = FaultDesk.applied(folder, ALL.length)) {
            slowWrites(desk.proxy());
            String commit = desk.push(ALL);
            desk.awaitAny("1");
            Path aside = folder.resolve("aside");
            Files.move(desk.desk().store(), aside);
            Files.writeString(desk.desk().store(), "no folder");
            desk.desk().awaitReady(SYNC, "False/StoreUnavailable");
            Files.delete(desk.desk().store());
            Files.move(aside, desk.desk().store());
            desk.proxy().heal();
            StoredHistory history = desk.checkEnd();
            assertEquals(List.of(Outcome.APPLIED), history.outcomes(commit), history::told);
            assertEquals(ALL.length, history.entries().getLast().changes().size(), "what was done is told");
        }
    }

    @Test
    void aNamespaceThatIsDeletedUnderASyncIsSaidAndFilledAgainWhenItIsBack() throws Exception {
        try (OperatorDesk desk = OperatorDesk.prepared(RealCluster.get(), folder)) {
            String other = desk.namespace() + "-other";
            ObjectKey key = new ObjectKey("", "Namespace", "", other);
            desk.apply("v1", "Namespace", "", other, Map.of());
            desk.repository().write("overlay/kustomization.yaml", "namespace: " + other + "\nresources: [one.yaml]\n");
            String first = desk.repository().commit("Begin");
            desk.start();
            desk.sync(SYNC, Map.of());
            desk.awaitApplied(SYNC, first);

            desk.cluster().delete(key, new DeleteOptions(null, null, false));
            desk.await("it is gone", () -> desk.cluster().get(key).isEmpty());
            desk.config("one", "a", "2");
            String second = desk.repository().commit("While the namespace is gone");
            desk.poke(SYNC);
            desk.awaitReady(SYNC, "False/ApplyFailed");
            assertTrue(desk.message(SYNC).contains(other), desk.message(SYNC));

            desk.apply("v1", "Namespace", "", other, Map.of());
            desk.poke(SYNC);
            desk.awaitApplied(SYNC, second);
            ObjectKey one = new ObjectKey("", "ConfigMap", other, "one");
            assertEquals("2", Tree.text(desk.cluster().get(one).orElseThrow(), "data", "a"));
            desk.cluster().delete(key, new DeleteOptions(null, null, false));
        }
    }

    @Test
    void aNamespaceGoesWithItsSyncAndTheObjectsOfItsSync() throws Exception {
        try (OperatorDesk desk = OperatorDesk.prepared(RealCluster.get(), folder)) {
            String first = desk.repository().commit("Begin");
            desk.liveIn(desk.namespace() + "-system"); // A lease goes with its namespace, and with it who would lead.
            desk.start();
            desk.sync(SYNC, Map.of("deletionPolicy", "Delete"));
            desk.awaitApplied(SYNC, first);
            ObjectKey key = new ObjectKey("", "Namespace", "", desk.namespace());
            desk.cluster().delete(key, new DeleteOptions(null, null, false));
            desk.await(
                    "it is gone, no finalizer holds it",
                    () -> desk.cluster().get(key).equals(Optional.empty()));
        }
    }

    private static void slowWrites(FaultProxy proxy) {
        AtomicInteger writes = new AtomicInteger();
        proxy.faults(request -> request.isOf("configmaps") && request.isWrite() && writes.incrementAndGet() > 3
                ? new Fault.Slow(6, 400)
                : NONE);
    }

    private static boolean mount(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("mount"));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
    }
}
