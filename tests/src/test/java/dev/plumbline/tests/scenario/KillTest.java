package dev.plumbline.tests.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.file.FileStores;
import dev.plumbline.registry.history.HistoryEntry;
import dev.plumbline.registry.history.HistoryLog;
import dev.plumbline.registry.history.Outcome;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.model.SyncId;
import dev.plumbline.registry.run.RunEntry;
import dev.plumbline.registry.run.RunJournal;
import dev.plumbline.registry.store.Stores;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Killed at any moment: nothing lost, nothing twice, nothing left running, and the next start goes on. */
class KillTest {

    private static final SyncId SYNC = new SyncId("plumbline", "local");

    @Test
    void twelveKillsLoseNothing(@TempDir Path root) throws Exception {
        killed(root, 12, 42);
    }

    /** {@code -Dplumbline.kills=N -Dplumbline.seed=S} choose how many, and which moments. */
    @Test
    @Tag("proof")
    void aHundredKillsLoseNothing(@TempDir Path root) throws Exception {
        killed(root, Integer.getInteger("plumbline.kills", 100), Long.getLong("plumbline.seed", System.nanoTime()));
    }

    private static void killed(Path root, int kills, long seed) throws Exception {
        Random random = new Random(seed);
        Map<Moment, Integer> hit = new TreeMap<>();
        try (Desk desk = Desk.prepared(root)) {
            int recipe = 1;
            for (int kill = 0; kill < kills; kill++) {
                Moment moment = Moment.values()[kill % Moment.values().length];
                try (Child child = Child.start(desk)) {
                    child.awaitReady();
                    byte[] written = inventory(desk);
                    if (moment.ofRun) {
                        desk.plumbline("run", "train", "-p", "wait=" + (moment == Moment.STEP ? 1 : 0));
                    } else {
                        desk.replace("pipelines/train/steps/train.sh", "recipe " + recipe, "recipe " + (recipe + 1));
                        recipe++;
                        desk.commit("Train with recipe " + recipe);
                    }
                    if (moment == Moment.INVENTORY) {
                        awaitNewInventory(desk, written);
                    } else {
                        child.awaitLine(moment.line);
                    }
                    Thread.sleep(random.nextInt(moment.spreadMillis)); // The moment itself is what varies.
                    child.kill();
                }
                hit.merge(moment, 1, Integer::sum);
            }
            System.out.println("killed with seed " + seed + ": " + hit);
            try (Child last = Child.start(desk)) {
                last.awaitReady();
                settled(desk);
                last.stop();
            }
            checkStores(desk);
            assertEquals(List.of(), Child.leftovers(desk.data()), "no process is left");
        }
    }

    /** When a kill comes: after a line that says where the work is, and a little later. */
    private enum Moment {
        FETCH(false, "", 200),
        /** The inventory that is written before the first object is; see {@link #awaitNewInventory}. */
        INVENTORY(false, "", 4),
        APPLY(false, " commit ", 60),
        APPEND(false, " applied ", 15),
        STEP(true, " Running", 900),
        RECORD(true, " Succeeded", 25),
        IDLE(false, " applied ", 400);

        private final boolean ofRun;
        private final String line;
        private final int spreadMillis;

        Moment(boolean ofRun, String line, int spreadMillis) {
            this.ofRun = ofRun;
            this.line = line;
            this.spreadMillis = spreadMillis;
        }
    }

    /** The stored inventory; empty before the first. */
    private static byte[] inventory(Desk desk) throws IOException {
        Path clusters = desk.data().resolve("store/refs/clusters");
        if (Files.exists(clusters)) {
            for (File cluster : Objects.requireNonNull(clusters.toFile().listFiles())) {
                Path inventory = cluster.toPath().resolve("syncs/" + SYNC + "/inventory+");
                if (Files.exists(inventory)) {
                    return Files.readAllBytes(inventory);
                }
            }
        }
        return new byte[0];
    }

    /** Looks again without a pause, because the writes of objects follow within milliseconds. */
    private static void awaitNewInventory(Desk desk, byte[] before) throws IOException {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (Arrays.equals(before, inventory(desk))) {
            assertTrue(System.nanoTime() < end, "the inventory is written before the objects are");
            Thread.onSpinWait();
        }
    }

    private static void settled(Desk desk) throws Exception {
        String head = desk.head();
        desk.await("the head is applied and every run is recorded", () -> {
            Map<String, @Nullable Object> sync = desk.json("sync", "get");
            List<Map<String, @Nullable Object>> runs = Tree.maps(desk.json("runs"), "runs");
            return Tree.text(sync, "applied", "commit").equals(head)
                    && runs.stream().noneMatch(run -> Tree.text(run, "verdict").isEmpty());
        });
        assertTrue(
                desk.plumbline("plan").text().contains("0 to create, 0 to update, 0 to delete"),
                desk.plumbline("plan").text());
        for (Map<String, @Nullable Object> run : Tree.maps(desk.json("runs"), "runs")) {
            assertTrue(Set.of("Succeeded", "Error").contains(Tree.text(run, "phase")), run.toString());
        }
        assertFalse(Tree.maps(desk.json("runs"), "runs").isEmpty());
    }

    private static void checkStores(Desk desk) throws Exception {
        Stores stores = FileStores.open(desk.data().resolve("store"));
        String stream = stores.logs().streams("clusters/").stream()
                .filter(name -> name.endsWith("/history"))
                .findFirst()
                .orElseThrow();
        List<HistoryEntry> entries =
                HistoryLog.open(stores.logs(), stream).newest(Integer.MAX_VALUE).reversed();
        Set<CommitId> seen = new HashSet<>();
        long revision = 0;
        for (int i = 0; i < entries.size(); i++) {
            HistoryEntry entry = entries.get(i);
            assertEquals(i + 1, entry.number());
            if (entry.outcome() == Outcome.APPLIED) {
                assertEquals(++revision, entry.revision(), "no revision is lost or doubled");
                assertTrue(
                        entry.changes().stream()
                                .allMatch(change -> change.error().isEmpty()),
                        entry.toString());
            }
            assertTrue(seen.add(entry.commit()), "commit " + entry.commit() + " has one entry");
            seen.addAll(entry.passedOver());
        }
        // A kill before the first entry leaves nothing to compare with: what is older than the first head counts as
        // before it.
        CommitId first = entries.getFirst().commit();
        Set<CommitId> all = new HashSet<>(Set.of(first));
        desk.git("log", "--format=%H", first + "..HEAD").lines().forEach(line -> all.add(new CommitId(line)));
        Set<CommitId> lost = new HashSet<>(all);
        lost.removeAll(seen);
        assertEquals(all, seen, "every commit was a head or was passed over, but not " + lost + ": " + entries);

        String cluster = stream.split("/", -1)[1];
        List<String> runs = new ArrayList<>();
        for (RunEntry entry : new RunJournal(stores, cluster, SYNC).entries(1, 10_000)) {
            runs.add(entry.id().toString());
        }
        assertEquals(new HashSet<>(runs).size(), runs.size(), "no run is recorded twice: " + runs);
    }
}
