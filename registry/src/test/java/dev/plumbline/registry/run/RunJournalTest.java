package dev.plumbline.registry.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.memory.MemoryStores;
import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.model.RunId;
import dev.plumbline.registry.model.SyncId;
import dev.plumbline.registry.store.LogStore;
import dev.plumbline.registry.store.ObjectStore;
import dev.plumbline.registry.store.RefStore;
import dev.plumbline.registry.store.StoreException;
import dev.plumbline.registry.store.Stores;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RunJournalTest {

    private static final SyncId SYNC = new SyncId("plumbline", "local");
    private static final Set<String> WRITES = Set.of("put", "append", "compareAndSet");

    private final Stores stores = MemoryStores.create();
    private final RunJournal journal = new RunJournal(stores, "cluster-1", SYNC);

    @Test
    void aRunThatIsRecordedTwiceStandsInTheLogOnceAndTheFirstRecordCounts() throws StoreException {
        RunEntry first = journal.record(SampleRecords.record("uid-1", "Succeeded"));
        RunEntry second = journal.record(SampleRecords.record("uid-1", "Failed"));
        assertEquals(first, second);
        assertEquals(List.of(first), journal.entries(1, 10));
        assertEquals("Succeeded", journal.read(first.record()).phase());
    }

    @Test
    void anotherAttemptIsAnotherRun() throws StoreException {
        RunRecord first = SampleRecords.record("uid-1", "Failed");
        journal.record(first);
        journal.record(SampleRecords.attempt(first, "2026-11-25T11:00:00Z"));
        assertEquals(2, journal.entries(1, 10).size());
    }

    /** Stops after each number of writes in turn, as a kill does, and goes on with a new journal. */
    @Test
    void aKillBetweenAnyTwoWritesLeadsNeitherToLossNorToADouble() throws StoreException {
        for (int writes = 0; writes < 6; writes++) {
            Stores survived = MemoryStores.create();
            RunJournal killed = new RunJournal(dyingAfter(writes, survived), "cluster-1", SYNC);
            RunRecord record = SampleRecords.record("uid-1", "Succeeded");
            RunSighting sighting = sighting(record.id());
            try {
                killed.see(sighting);
                killed.record(record);
                killed.finish(record.id());
            } catch (StoreException e) {
                assertTrue(e.retryable());
            }
            RunJournal next = new RunJournal(survived, "cluster-1", SYNC);
            next.see(sighting);
            next.record(record);
            next.finish(record.id());
            assertEquals(1, next.entries(1, 10).size(), "killed after " + writes + " writes");
            assertEquals(List.of(), next.pending());
        }
    }

    @Test
    void manyRecordersOfOneRunAgree() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<RunEntry>> all = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                String phase = "Phase" + i;
                all.add(() -> new RunJournal(stores, "cluster-1", SYNC).record(SampleRecords.record("uid-1", phase)));
            }
            var answers = threads.invokeAll(all);
            for (var answer : answers) {
                assertEquals(answers.getFirst().get(), answer.get());
            }
        }
        assertEquals(1, journal.entries(1, 100).size());
    }

    /** Two journals of one store, as two terms that overlap have them; each records its own runs and those of both. */
    @Test
    void runsThatAreRecordedSideBySideStandInTheLogOnceEach() throws Exception {
        RunJournal other = new RunJournal(stores, "cluster-1", SYNC);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<RunEntry>> all = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                RunRecord record = SampleRecords.record("uid-" + i, "Succeeded");
                all.add(() -> (record.hashCode() % 2 == 0 ? journal : other).record(record));
                if (i % 4 == 0) {
                    all.add(() -> other.record(record));
                    all.add(() -> {
                        RunEntry entry = journal.record(record);
                        journal.amend(entry, entry.models());
                        return entry;
                    });
                }
            }
            for (var each : threads.invokeAll(all)) {
                each.get();
            }
        }
        List<RunEntry> entries = journal.entries(1, 1000);
        List<RunId> runs = entries.stream()
                .filter(entry -> entry.kind() == RunEntry.Kind.RUN)
                .map(RunEntry::id)
                .toList();
        assertEquals(400, runs.size());
        assertEquals(400, Set.copyOf(runs).size());
        assertEquals(500, entries.size(), "and what was added to a hundred of them");
    }

    @Test
    void whatComesWhileOthersAreAppendedIsAppendedTogether() throws Exception {
        AtomicInteger appends = new AtomicInteger();
        recordSideBySide(64, appending(call -> {
            appends.incrementAndGet();
            Thread.sleep(20); // as long as a server takes
            return call.call();
        }));
        assertTrue(appends.get() < 32, appends + " appends of 64 runs");
    }

    /** Of an append that failed nobody knows whether it was done; half of them were. */
    @Test
    void anAppendOfManyThatFailsLosesNoneAndDoublesNone() throws Exception {
        AtomicInteger appends = new AtomicInteger();
        recordSideBySide(200, appending(call -> {
            int number = appends.incrementAndGet();
            Thread.sleep(1);
            if (number % 4 == 0) {
                throw new StoreException("not done", true);
            }
            Object answer = call.call();
            if (number % 4 == 2) {
                throw new StoreException("done, but the answer is lost", true);
            }
            return answer;
        }));
    }

    /** Records runs on eight threads, each until it succeeds, and checks that each of them stands in the log once. */
    private void recordSideBySide(int runs, Stores through) throws Exception {
        RunJournal slow = new RunJournal(through, "cluster-1", SYNC);
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Callable<RunEntry>> all = new ArrayList<>();
            for (int i = 0; i < runs; i++) {
                RunRecord record = SampleRecords.record("uid-" + i, "Succeeded");
                all.add(() -> recorded(slow, record));
            }
            for (var each : threads.invokeAll(all)) {
                each.get();
            }
        }
        List<RunId> ids = journal.entries(1, 1000).stream().map(RunEntry::id).toList();
        assertEquals(runs, ids.size());
        assertEquals(runs, Set.copyOf(ids).size());
    }

    private static RunEntry recorded(RunJournal journal, RunRecord record) throws StoreException {
        while (true) {
            try {
                return journal.record(record);
            } catch (StoreException e) {
                assertTrue(e.retryable());
            }
        }
    }

    /** What an append of the log goes through. */
    private interface Through {
        Object append(Callable<Object> call) throws Exception;
    }

    private Stores appending(Through through) {
        LogStore logs = (LogStore) Proxy.newProxyInstance(
                LogStore.class.getClassLoader(), new Class<?>[] {LogStore.class}, (proxy, method, args) -> {
                    Callable<Object> call = () -> method.invoke(stores.logs(), args);
                    return method.getName().equals("append") ? through.append(call) : call.call();
                });
        return new Stores(stores.objects(), stores.refs(), logs);
    }

    @Test
    void aSightingKeepsWhatWasSeenFirst() throws StoreException {
        Digest early = Digest.of("early");
        RunId id = new RunId("cluster-1", "uid-1", "2026-11-25T10:00:01Z");
        assertTrue(journal.see(sighting(id).with(Map.of("steps", Optional.of(early))))
                .first());
        RunJournal.Seen later = journal.see(
                sighting(id).with(Map.of("steps", Optional.of(Digest.of("late")), "more", Optional.empty())));
        assertFalse(later.first());
        assertEquals(
                Map.of("steps", Optional.of(early), "more", Optional.<Digest>empty()),
                later.sighting().configMaps());
        assertEquals(List.of(later.sighting()), journal.pending());
    }

    @Test
    void whatTheRegistrySaysLaterIsAddedAndReplacesNothing() throws StoreException {
        RunEntry entry = journal.record(SampleRecords.record("uid-1", "Succeeded"));
        List<ModelRecord> learnt =
                List.of(SampleRecords.model().registered(ModelRecord.Registration.FOUND, "models:/m-1"));
        journal.amend(entry, learnt);
        List<RunEntry> entries = journal.entries(1, 10);
        assertEquals(List.of(entry, entry.amended(learnt)), entries);
        assertEquals(entry, journal.settle(entry.id()).orElseThrow(), "an amendment is no second run");
    }

    @Test
    void aHostileUidDoesNotChooseANameInTheStore() throws StoreException {
        journal.record(SampleRecords.record("../../etc", "Succeeded"));
        assertEquals(1, journal.entries(1, 10).size());
    }

    @Test
    void aLostRecordIsSaid() {
        assertFalse(assertThrows(StoreException.class, () -> journal.read(Digest.of("nothing")))
                .retryable());
    }

    private static RunSighting sighting(RunId id) {
        return new RunSighting(id, SYNC, "ml", "train-1", "2026-11-25T10:00:00Z", false, Map.of());
    }

    private static Stores dyingAfter(int writes, Stores stores) {
        int[] left = {writes};
        return new Stores(
                dying(ObjectStore.class, stores.objects(), left),
                dying(RefStore.class, stores.refs(), left),
                dying(LogStore.class, stores.logs(), left));
    }

    private static <T> T dying(Class<T> door, T store, int[] left) {
        return door.cast(Proxy.newProxyInstance(door.getClassLoader(), new Class<?>[] {door}, (proxy, method, args) -> {
            if (WRITES.contains(method.getName()) && left[0]-- <= 0) {
                throw new StoreException("killed", true);
            }
            return method.invoke(store, args);
        }));
    }
}
