package dev.plumbline.tests.operator;

import static dev.plumbline.tests.operator.FaultDesk.SYNC;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A controller killed at any moment: nothing lost, nothing applied twice, no orphan, history complete and in order. */
class OperatorKillTest {

    private static final int OBJECTS = 6;

    @TempDir
    Path folder;

    @Test
    @Tag("cluster")
    void twentyKillsInARunOfCommitsLoseNothing() throws Exception {
        killed(20, 42);
    }

    /** {@code -Dplumbline.kills=N -Dplumbline.seed=S} choose how many, and which moments. */
    @Test
    @Tag("proof")
    void twoHundredKillsInARunOfCommitsLoseNothing() throws Exception {
        killed(Integer.getInteger("plumbline.kills", 200), Long.getLong("plumbline.seed", System.nanoTime()));
    }

    @Test
    @Tag("cluster")
    void aLeaderKilledInTheMiddleOfAnApplyIsFollowedByTheOneThatWaits() throws Exception {
        int objects = 40;
        try (FaultDesk desk = FaultDesk.prepared(folder, objects)) {
            desk.desk().sync(SYNC, Map.of());
            ControllerChild leader = ControllerChild.start(desk.desk());
            try {
                leader.awaitLead(desk.desk());
                desk.awaitApplied();
                for (int round = 1; round <= 3; round++) {
                    ControllerChild next = ControllerChild.start(desk.desk());
                    try {
                        desk.desk().await("the other waits", () -> next.said().contains("HTTP on "));
                        desk.push(IntStream.range(0, objects).toArray());
                        String number = String.valueOf(round);
                        desk.awaitAny(number);
                        leader.kill();
                        next.awaitLead(desk.desk());
                        desk.awaitApplied();
                    } finally {
                        leader.close();
                        leader = next;
                    }
                }
                leader.stop();
                StoredHistory history = desk.checkEnd();
                assertEquals(desk.commits(), history.applied(), history::told);
            } finally {
                leader.close();
            }
        }
    }

    private void killed(int kills, long seed) throws Exception {
        Random random = new Random(seed);
        Map<Moment, Integer> hit = new TreeMap<>();
        try (FaultDesk desk = FaultDesk.prepared(folder, OBJECTS)) {
            desk.desk().sync(SYNC, Map.of());
            for (int kill = 0; kill < kills; kill++) {
                Moment moment = Moment.values()[kill % Moment.values().length];
                try (ControllerChild child = ControllerChild.start(desk.desk())) {
                    await(moment, desk, child, random);
                    TimeUnit.MICROSECONDS.sleep(random.nextInt(1000 * moment.spreadMillis)); // What varies.
                    child.kill();
                }
                hit.merge(moment, 1, Integer::sum);
            }
            System.out.println("controllers killed with seed " + seed + ": " + hit);
            try (ControllerChild last = ControllerChild.start(desk.desk())) {
                last.awaitLead(desk.desk());
                desk.awaitApplied();
                last.stop();
            }
            StoredHistory history = desk.checkEnd();
            assertTrue(history.applied().size() > kills / Moment.values().length, history::told);
        }
    }

    /** When a kill comes: after a commit got as far as this, and a little later. */
    private enum Moment {
        START(1500),
        FETCH(150),
        INVENTORY(6),
        FIRST_OBJECT(12),
        LAST_OBJECT(15),
        HISTORY(6),
        STATUS(300);

        private final int spreadMillis;

        Moment(int spreadMillis) {
            this.spreadMillis = spreadMillis;
        }
    }

    private static void await(Moment moment, FaultDesk desk, ControllerChild child, Random random) throws Exception {
        if (moment == Moment.START) {
            desk.push(random.nextInt(OBJECTS));
            return; // It is killed before it leads, or soon after.
        }
        child.awaitLead(desk.desk());
        desk.toggle("extra");
        String commit = desk.push(random.nextInt(OBJECTS), random.nextInt(OBJECTS), random.nextInt(OBJECTS));
        String number = String.valueOf(desk.commits().size() - 1);
        switch (moment) {
            case INVENTORY -> {
                byte[] before = inventory(desk.desk());
                desk.soon("the inventory is written", () -> !Arrays.equals(before, inventory(desk.desk())));
            }
            case FIRST_OBJECT -> desk.awaitAny(number);
            case LAST_OBJECT -> desk.awaitAll(number);
            case HISTORY ->
                desk.soon(
                        "history has it",
                        () -> StoredHistory.of(desk.desk(), SYNC).applied().contains(commit));
            case STATUS -> desk.awaitApplied();
            default -> assertEquals(Moment.FETCH, moment); // At once.
        }
    }

    /** The stored inventory; empty before the first. */
    private static byte[] inventory(OperatorDesk desk) throws Exception {
        try (Stream<Path> files = Files.walk(desk.store())) {
            for (Path file : files.filter(file -> file.endsWith("inventory+")).toList()) {
                return Files.readAllBytes(file);
            }
        }
        return new byte[0];
    }
}
