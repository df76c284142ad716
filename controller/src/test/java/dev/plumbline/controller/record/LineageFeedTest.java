package dev.plumbline.controller.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.lineage.LineageException;
import dev.plumbline.registry.lineage.LineageSink;
import dev.plumbline.registry.memory.MemoryStores;
import dev.plumbline.registry.model.SyncId;
import dev.plumbline.registry.provenance.SampleRepository;
import dev.plumbline.registry.run.RunJournal;
import dev.plumbline.registry.run.RunRecord;
import dev.plumbline.registry.run.SampleRecords;
import dev.plumbline.registry.store.Stores;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Each run that is recorded is handed over, however often the endpoint is away or the program is killed, and nobody waits for it. */
class LineageFeedTest {

    private static final Duration FIRST = Duration.ofMillis(20);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final CountedStores counted = new CountedStores(MemoryStores.create());
    private final Stores stores = counted.stores();
    private final SyncId sync = SampleRecords.record("uid-1", "Succeeded").sync();
    private final RunJournal journal = new RunJournal(stores, "cluster-1", sync);
    private final List<String> troubles = new CopyOnWriteArrayList<>();
    private final Taker taker = new Taker();
    private final HeardEvents heard = new HeardEvents();
    private RunEvents events = heard;

    @Test
    void runsAreHandedOverAsTheyEndedAndNotThoseFromBefore() throws Exception {
        record("before", "Succeeded");
        try (LineageFeed feed = feed()) {
            record("uid-1", "Succeeded");
            record("uid-2", "Failed");
            await(() -> taker.taken.size() == 4);
        }
        assertEquals(List.of("uid-1 START", "uid-1 COMPLETE", "uid-2 START", "uid-2 FAIL"), taker.taken);
        assertEquals(List.of(), troubles);
    }

    @Test
    void whatWasNotHandedOverIsByTheNextProgramAndNothingTwice() throws Exception {
        try (LineageFeed feed = feed()) {
            record("uid-1", "Succeeded");
            await(() -> taker.taken.size() == 2);
        }
        for (int i = 2; i < 4; i++) {
            int all = 2 * i;
            record("uid-" + i, "Succeeded");
            try (LineageFeed feed = feed()) {
                await(() -> taker.taken.size() >= all);
            }
        }
        assertEquals(
                List.of(
                        "uid-1 START",
                        "uid-1 COMPLETE",
                        "uid-2 START",
                        "uid-2 COMPLETE",
                        "uid-3 START",
                        "uid-3 COMPLETE"),
                taker.taken);
        assertFalse(taker.closed, "the next feed uses it too");
    }

    @Test
    void aSyncWhoseLogIsDamagedKeepsNoOtherBack() throws Exception {
        SyncId other = new SyncId("plumbline", "another");
        try (LineageFeed feed = new LineageFeed(stores, "cluster-1", taker, troubles::add, FIRST)) {
            feed.follow(watched(other));
            feed.follow(watched(sync));
            events = feed.hearing(heard);
            assertTrue(
                    stores.logs().append(RunJournal.stream("cluster-1", other), 1, Json.bytes(Map.of("schema", "x"))));
            events.entered(other);
            record("uid-1", "Succeeded");
            await(() -> taker.taken.size() == 2 && !troubles.isEmpty());
        }
        assertTrue(troubles.getFirst().contains("damaged"), troubles.toString());
    }

    @Test
    void anEndpointThatIsAwayIsSaidOnceAndTriedAgainAndARunIsRecordedMeanwhile() throws Exception {
        taker.away.set(3);
        try (LineageFeed feed = feed()) {
            record("uid-1", "Succeeded");
            record("uid-2", "Succeeded");
            assertEquals(2, journal.entries(1, 10).size(), "recorded, whoever is away");
            await(() -> taker.taken.size() == 4);
        }
        assertEquals(1, troubles.size(), troubles.toString());
        assertTrue(troubles.getFirst().contains("handed over later"));
    }

    @Test
    void whatIsRefusedForGoodKeepsNoOtherBack() throws Exception {
        taker.refused = "uid-1";
        try (LineageFeed feed = feed()) {
            record("uid-1", "Succeeded");
            record("uid-2", "Succeeded");
            await(() -> taker.taken.size() == 2);
        }
        assertEquals(List.of("uid-2 START", "uid-2 COMPLETE"), taker.taken);
        assertTrue(troubles.getFirst().contains("is not handed over"), troubles.toString());
    }

    @Test
    void nothingIsReadWhereNothingIsRecorded() throws Exception {
        try (LineageFeed feed = feed()) {
            record("uid-1", "Succeeded");
            await(() -> taker.taken.size() == 2 && counted.restsFor(FIRST.multipliedBy(5)));
            long before = counted.reads();
            Thread.sleep(FIRST.multipliedBy(25));
            assertEquals(before, counted.reads(), "an idle feed");
            record("uid-2", "Succeeded");
            await(() -> taker.taken.size() == 4);
        }
    }

    @Test
    void everythingThatTheRecorderSaysIsHandedOn() throws Exception {
        RunRecord record = SampleRecords.record("uid-1", "Succeeded");
        try (LineageFeed feed = feed()) {
            events.recorded(record);
            events.registered(record, SampleRecords.model());
            events.trouble("away");
        }
        assertEquals(List.of(record), heard.records);
        assertTrue(heard.said.contains("trouble away"), heard.said.toString());
        assertTrue(heard.said.stream().anyMatch(said -> said.startsWith("model churn:2")), heard.said.toString());
    }

    @Test
    void withoutASinkNothingIsRemembered() throws Exception {
        try (LineageFeed feed = new LineageFeed(stores, "cluster-1", null, troubles::add)) {
            feed.follow(watched(sync));
        }
        assertFalse(stores.refs().names("cluster-1/").stream().anyMatch(name -> name.endsWith("lineage-sent")));
    }

    private LineageFeed feed() {
        LineageFeed feed = new LineageFeed(stores, "cluster-1", taker, troubles::add, FIRST);
        feed.follow(watched(sync));
        events = feed.hearing(heard);
        return feed;
    }

    private static WatchedSync watched(SyncId of) {
        return new WatchedSync(
                of, Set.of("ml"), "https://git.example.com/ml.git", new SampleRepository(), (id, created) -> List.of());
    }

    private void record(String uid, String phase) throws Exception {
        RunRecord record = SampleRecords.record(uid, phase);
        journal.record(record);
        events.entered(record.sync());
        journal.finish(record.id());
    }

    private static void await(Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.call()) {
            if (System.nanoTime() > end) {
                fail("waited in vain");
            }
            Thread.sleep(10);
        }
    }

    /** Takes events, unless it is told not to. */
    private static final class Taker implements LineageSink {

        private final List<String> taken = new CopyOnWriteArrayList<>();
        private final AtomicInteger away = new AtomicInteger();
        private volatile String refused = "";
        private volatile boolean closed;

        @Override
        public void send(List<Map<String, @Nullable Object>> events) throws LineageException {
            if (away.get() > 0) {
                away.decrementAndGet();
                throw new LineageException("tried to post, failed because it is away", true);
            }
            if (Tree.text(events.getFirst(), "run", "runId").equals(refused)) {
                throw new LineageException("tried to post, refused", false);
            }
            events.forEach(event -> taken.add(Tree.text(event, "run", "runId") + " " + Tree.text(event, "eventType")));
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
