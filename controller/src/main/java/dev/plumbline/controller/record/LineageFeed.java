package dev.plumbline.controller.record;

import dev.plumbline.registry.evidence.LineageEvents;
import dev.plumbline.registry.lineage.LineageException;
import dev.plumbline.registry.lineage.LineageSink;
import dev.plumbline.registry.model.SyncId;
import dev.plumbline.registry.run.ModelRecord;
import dev.plumbline.registry.run.Observation;
import dev.plumbline.registry.run.RunEntry;
import dev.plumbline.registry.run.RunJournal;
import dev.plumbline.registry.run.RunRecord;
import dev.plumbline.registry.store.StoreException;
import dev.plumbline.registry.store.Stores;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Hands the recorded runs of followed syncs to whoever collects lineage. It follows the logs of runs with a thread of its own, so
 * an endpoint that is away keeps neither a sync nor a record waiting; how far it came stands in the store, so a kill loses nothing.
 * It reads a log when the sync is first followed and when the recorder says that a run was entered, and nothing in between. A run is
 * handed over at least once. Runs that were recorded before a sync is first followed are not.
 */
public final class LineageFeed implements AutoCloseable {

    /** The first wait after something failed; each further one is twice as long. */
    static final Duration FIRST = Duration.ofSeconds(2);

    /** The longest wait for an endpoint or a store that is away. */
    static final Duration LONGEST = Duration.ofMinutes(5);

    private static final int PAGE = 100;

    private final Stores stores;
    private final String cluster;
    private final @Nullable LineageSink sink;
    private final Consumer<String> trouble;
    private final Duration first;
    private final Map<SyncId, WatchedSync> syncs = new ConcurrentHashMap<>();
    private final Set<SyncId> waiting = new LinkedHashSet<>();
    private boolean closed;
    private String said = "";

    /**
     * A feed that follows no sync yet.
     *
     * @param sink takes the events, and stays open; null for nobody, then nothing happens
     * @param trouble hears once of what fails
     */
    public LineageFeed(Stores stores, String cluster, @Nullable LineageSink sink, Consumer<String> trouble) {
        this(stores, cluster, sink, trouble, FIRST);
    }

    LineageFeed(Stores stores, String cluster, @Nullable LineageSink sink, Consumer<String> trouble, Duration first) {
        this.stores = stores;
        this.cluster = cluster;
        this.sink = sink;
        this.trouble = trouble;
        this.first = first;
        if (sink != null) {
            Thread.ofVirtual().name("lineage").start(() -> work(sink));
        }
    }

    /** Hands over the runs of this sync from now on, before it is recorded itself. */
    public void follow(WatchedSync sync) {
        if (sink == null) {
            return;
        }
        try {
            begin(sync.id());
        } catch (StoreException e) {
            say("from which run on " + sync.id() + " is handed over as lineage is not written down: " + e.getMessage());
        }
        syncs.put(sync.id(), sync);
        wake(sync.id());
    }

    /** What hears what the recorder says, so that the feed knows of new runs, and hands all of it on. */
    public RunEvents hearing(RunEvents others) {
        return new RunEvents() {
            @Override
            public void started(SyncId sync, Observation run) {
                others.started(sync, run);
            }

            @Override
            public void recorded(RunRecord record) {
                others.recorded(record);
            }

            @Override
            public void entered(SyncId sync) {
                wake(sync);
                others.entered(sync);
            }

            @Override
            public void registered(RunRecord record, ModelRecord model) {
                others.registered(record, model);
            }

            @Override
            public void state(String message) {
                others.state(message);
            }

            @Override
            public void trouble(String message) {
                others.trouble(message);
            }
        };
    }

    /** Hands over no more of it for now; what it did not come to is handed over when it is followed again. */
    public void unfollow(SyncId sync) {
        syncs.remove(sync);
    }

    /** A call that is under way is bounded in time; interrupted, it could close files that others read. */
    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
    }

    private synchronized void wake(SyncId sync) {
        if (syncs.containsKey(sync)) {
            waiting.add(sync);
            notifyAll();
        }
    }

    private void work(LineageSink to) {
        Duration pause = Duration.ZERO;
        try {
            while (await(pause)) {
                boolean done = lookAtWaiting(to);
                pause = done ? Duration.ZERO : pause.isZero() ? first : min(pause.multipliedBy(2), LONGEST);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for this long, and until there is something to do; false when it is closed. */
    private synchronized boolean await(Duration pause) throws InterruptedException {
        long end = System.nanoTime() + pause.toNanos();
        while (!closed) {
            long left = end - System.nanoTime();
            if (left <= 0 && !waiting.isEmpty()) {
                return true;
            }
            wait(left <= 0 ? 0 : TimeUnit.NANOSECONDS.toMillis(left) + 1);
        }
        return false;
    }

    private synchronized boolean closed() {
        return closed;
    }

    private synchronized List<SyncId> take() {
        List<SyncId> taken = List.copyOf(waiting);
        waiting.clear();
        return taken;
    }

    private boolean lookAtWaiting(LineageSink to) {
        String failed = "";
        boolean away = false;
        for (SyncId id : take()) {
            WatchedSync sync = syncs.get(id);
            try {
                if (sync != null && !away) {
                    hand(sync, to);
                } else if (sync != null) {
                    wake(id);
                }
            } catch (StoreException e) { // Of one sync; the others have their own entries.
                failed = String.valueOf(e.getMessage());
                wake(id);
            } catch (LineageException e) {
                failed = String.valueOf(e.getMessage());
                away = true;
                wake(id);
            }
        }
        if (closed()) {
            return true;
        }
        if (failed.isEmpty()) {
            said = "";
        } else {
            say(failed + "; the runs are recorded all the same, and handed over later");
        }
        return failed.isEmpty();
    }

    private void hand(WatchedSync sync, LineageSink to) throws StoreException, LineageException {
        RunJournal journal = new RunJournal(stores, cluster, sync.id());
        long next = begin(sync.id());
        List<RunEntry> page;
        do {
            page = journal.entries(next, PAGE);
            for (RunEntry entry : page) {
                if (closed()) {
                    return;
                }
                if (entry.kind() == RunEntry.Kind.RUN) {
                    hand(sync, journal, entry, to);
                }
                move(sync.id(), next, next + 1);
                next++;
            }
        } while (page.size() == PAGE);
    }

    private void hand(WatchedSync sync, RunJournal journal, RunEntry entry, LineageSink to)
            throws StoreException, LineageException {
        try {
            to.send(LineageEvents.of(journal.read(entry.record()), sync.source()));
        } catch (LineageException e) {
            if (e.retryable()) {
                throw e;
            }
            say("run " + entry.name() + " is not handed over: " + e.getMessage());
        }
    }

    /** Number of the next entry to hand over; the first time that is the one after the last. */
    private long begin(SyncId sync) throws StoreException {
        Optional<byte[]> there = stores.refs().read(place(sync));
        if (there.isPresent()) {
            try {
                return Long.parseLong(new String(there.get(), StandardCharsets.UTF_8));
            } catch (NumberFormatException e) {
                throw new StoreException(
                        "tried to read " + place(sync) + ", failed because it is no number; remove it to begin anew",
                        false,
                        e);
            }
        }
        long next = stores.logs().next(RunJournal.stream(cluster, sync));
        stores.refs().compareAndSet(place(sync), null, bytes(next));
        return next;
    }

    private void move(SyncId sync, long from, long to) throws StoreException {
        stores.refs().compareAndSet(place(sync), bytes(from), bytes(to));
    }

    private String place(SyncId sync) {
        return cluster + "/" + sync + "/lineage-sent";
    }

    private void say(String message) {
        if (!message.equals(said)) {
            said = message;
            trouble.accept(message);
        }
    }

    private static byte[] bytes(long number) {
        return String.valueOf(number).getBytes(StandardCharsets.UTF_8);
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
