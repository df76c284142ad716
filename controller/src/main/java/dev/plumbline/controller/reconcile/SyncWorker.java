package dev.plumbline.controller.reconcile;

import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.spec.Reason;
import dev.plumbline.controller.status.Notice.Kind;
import dev.plumbline.controller.status.Wait;
import dev.plumbline.controller.trigger.Trigger;
import dev.plumbline.registry.history.HistoryEntry;
import dev.plumbline.registry.history.Outcome;
import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.registry.source.SourceException;
import dev.plumbline.registry.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the corridor of one sync, one head at a time. Signals only set what it looks at next, so that any number of heads
 * pushed meanwhile is one piece of work: the newest. A newer head cancels the apply of an older one at once (law 7).
 */
final class SyncWorker implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SyncWorker.class);
    private static final Duration FIRST_RETRY = Duration.ofSeconds(2);
    private static final Duration LONGEST_RETRY = Duration.ofMinutes(5);

    private final Reconciler reconciler;
    private final SyncStore store;
    private final Notices notices;
    private final HeadGate gate;
    private final ReentrantLock corridor = new ReentrantLock();
    private final Semaphore wake = new Semaphore(0);
    private final AtomicReference<@Nullable CommitId> newest = new AtomicReference<>();
    private final AtomicReference<@Nullable Request> request = new AtomicReference<>();
    private final Set<ObjectKey> touched = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Thread thread;
    private final AtomicBoolean abandoned = new AtomicBoolean();
    private int failures;
    private volatile @Nullable Wait trouble;
    private volatile @Nullable Wait waiting;

    SyncWorker(Reconciler reconciler, SyncStore store, Notices notices, HeadGate gate, String name) {
        this.reconciler = reconciler;
        this.store = store;
        this.notices = notices;
        this.gate = gate;
        this.thread = Thread.ofVirtual().name("sync " + name).unstarted(this::loop);
    }

    /** What a person asked for: look again, with or without a confirmed deletion. */
    private record Request(@Nullable Digest confirmed) {}

    void start() {
        thread.start();
    }

    /** The newest head of the branch. */
    void head(CommitId head) {
        if (!head.equals(newest.getAndSet(head))) {
            wake.release();
        }
    }

    /** Looks at the newest head again although it was handled. */
    void again(@Nullable Digest confirmed) {
        request.set(new Request(confirmed));
        wake.release();
    }

    /** Objects of ours that changed in the cluster, by us or by somebody else. */
    void touched(ObjectKey key) {
        if (touched.add(key)) {
            wake.release();
        }
    }

    /** Asks the gate again. */
    void gateMoved() {
        wake.release();
    }

    /** What keeps the newest work from its end; null while nothing does. */
    @Nullable
    Wait trouble() {
        return trouble;
    }

    /** Why a new head waits at the gate; null when none does. */
    @Nullable
    Wait waiting() {
        return waiting;
    }

    @Nullable
    CommitId newest() {
        return newest.get();
    }

    /** Does something that must not happen while the corridor is walked. */
    <T> T alone(Work<T> work) throws SourceException, StoreException, ClusterException {
        corridor.lock();
        try {
            return work.run();
        } finally {
            corridor.unlock();
        }
    }

    /** Work that reads or writes what the corridor does. */
    @FunctionalInterface
    interface Work<T> {
        T run() throws SourceException, StoreException, ClusterException;
    }

    /** Ends without finishing what has begun: somebody else is about to. */
    void abandon() {
        abandoned.set(true);
        close();
    }

    @Override
    public void close() {
        closed.set(true);
        wake.release();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void loop() {
        boolean resumed = false;
        while (!closed.get()) {
            try {
                if (!resumed) {
                    alone(() -> reconciler.resume(abandoned::get));
                    resumed = true;
                    request.compareAndSet(null, new Request(null));
                }
                boolean failed =
                        alone(this::once).filter(Outcome.FAILED::equals).isPresent();
                failures = failed ? failures + 1 : 0;
                trouble = null;
            } catch (SourceException | StoreException | ClusterException e) {
                failures++;
                trouble = Troubles.of(e);
                notices.say(Kind.FAILED, e.getMessage() + "; trying again in " + pause().toSeconds() + " s");
            } catch (RuntimeException e) { // One of the three places that catch everything: a bug ends one reconcile.
                failures++;
                trouble = Wait.of(Reason.APPLY_FAILED, "a reconcile ended by a bug: " + e);
                LOG.error("a reconcile ended by a bug", e);
                notices.say(Kind.FAILED, "a reconcile ended by a bug (" + e + "); the log has the details");
            }
            notices.settled();
            await();
        }
    }

    /** What became of the newest head; empty when nothing had to be done. */
    private Optional<Outcome> once() throws SourceException, StoreException, ClusterException {
        CommitId head = newest.get();
        SyncState state = store.state();
        if (head == null || state.suspended()) {
            return Optional.empty();
        }
        Request asked = request.getAndSet(null);
        boolean fresh = !head.equals(state.head());
        Set<ObjectKey> changed = Set.copyOf(touched);
        touched.removeAll(changed);
        if (!fresh && asked == null && failures == 0) {
            boolean well = !changed.isEmpty() && reconciler.recovered();
            boolean drifted = !changed.isEmpty() && reconciler.changedByOthers(changed);
            if (well && !drifted) {
                notices.say(Kind.INFO, "what was not healthy is healthy now");
            }
            return drifted ? reconciler.repair().map(HistoryEntry::outcome) : Optional.empty();
        }
        if (fresh && closedGate()) {
            request.compareAndSet(null, asked);
            return Optional.empty();
        }
        Trigger trigger = fresh ? Trigger.POLL : failures > 0 ? Trigger.RETRY : Trigger.MANUAL;
        Digest confirmed = asked == null ? null : asked.confirmed();
        // The end of the program is no newer commit: what has begun is finished, so that history says what happened.
        BooleanSupplier newer = () -> abandoned.get() || !head.equals(newest.get());
        Optional<HistoryEntry> entry = reconciler.head(head, trigger, confirmed, newer);
        if (entry.isPresent() && entry.get().outcome() == Outcome.HELD) {
            Optional<HistoryEntry> repaired = reconciler.repair();
            return repaired.map(HistoryEntry::outcome).or(() -> Optional.of(Outcome.HELD));
        }
        return entry.map(HistoryEntry::outcome);
    }

    private boolean closedGate() {
        Wait closed = gate.closed().orElse(null);
        waiting = closed;
        return closed != null;
    }

    private void await() {
        try {
            Duration pause = rest();
            boolean signalled = pause == null ? acquire() : wake.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS);
            if (signalled) {
                wake.drainPermits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closed.set(true);
        }
    }

    /** How long to wait at most; null for as long as nothing is signalled. */
    private @Nullable Duration rest() {
        Wait closed = waiting;
        Instant opens = closed == null ? null : closed.until();
        if (failures > 0) {
            return pause();
        }
        return opens == null ? null : notices.until(opens);
    }

    private boolean acquire() throws InterruptedException {
        wake.acquire();
        return true;
    }

    private Duration pause() {
        Duration pause = FIRST_RETRY.multipliedBy(1L << Math.min(Math.max(failures - 1, 0), 10));
        return pause.compareTo(LONGEST_RETRY) > 0 ? LONGEST_RETRY : pause;
    }
}
