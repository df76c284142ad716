package dev.plumbline.controller.app.operator;

import dev.plumbline.controller.apply.ClusterWriter;
import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.live.ClusterReader;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.ObjectKey;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Holds a Lease so that one program of several acts. A leader whose calls hang is stopped in time by a watchdog of its own thread. Whether another holder is gone is judged by how long this program saw its
 * lease unchanged on its own monotonic clock, never by the time that the holder wrote: clocks may be hours apart.
 */
final class LeaderElection implements AutoCloseable {

    private static final String MANAGER = "plumbline-leader";
    private static final DateTimeFormatter MICRO_TIME = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /** Shortest patience with an answer: below it a busy API server would seem to be away. */
    private static final Duration LEAST_PATIENCE = Duration.ofSeconds(5);

    private final ClusterReader reader;
    private final ClusterWriter writer;
    private final ObjectKey key;
    private final String identity;
    private final Timing timing;
    private final InstantSource clock;
    private final Listener listener;
    private final Semaphore wake = new Semaphore(0);
    private final Thread thread;
    private final Thread watchdog;
    private volatile boolean closed;
    private volatile String trouble = "";
    private volatile @Nullable LeaseRecord seen;
    private long seenAt;
    private boolean leads; // this and the next are guarded by this object
    private long renewedAt;

    /**
     * An election that is not entered yet.
     *
     * @param key the Lease
     * @param identity who enters; no other program may use the same
     */
    LeaderElection(
            ClusterReader reader,
            ClusterWriter writer,
            ObjectKey key,
            String identity,
            Timing timing,
            InstantSource clock,
            Listener listener) {
        this.reader = reader;
        this.writer = writer;
        this.key = key;
        this.identity = identity;
        this.timing = timing;
        this.clock = clock;
        this.listener = listener;
        // Threads of the system's own: renderings may hold every carrier of virtual threads for longer than a lease
        // lasts.
        this.thread = Thread.ofPlatform().daemon().name("leader election").unstarted(this::loop);
        this.watchdog = Thread.ofPlatform().daemon().name("leader watchdog").unstarted(this::watch);
    }

    /**
     * How long things take.
     *
     * @param lease how long an unchanged lease is respected
     * @param renew how long a leader that cannot renew goes on; shorter than the lease, so that it stops before another begins
     * @param retry pause between two looks
     */
    record Timing(Duration lease, Duration renew, Duration retry) {

        /** The usual shares of a lease: it is renewed seven times, and given up after two thirds. */
        static Timing of(Duration lease) {
            return new Timing(lease, lease.multipliedBy(2).dividedBy(3), lease.dividedBy(7));
        }

        /** Longest wait for an answer about the lease: one that takes longer than a leader may go on comes too late. */
        Duration patience() {
            return renew.compareTo(LEAST_PATIENCE) < 0 ? LEAST_PATIENCE : renew;
        }
    }

    /** Hears how it goes, one call at a time; while a call lasts the lease is not renewed. */
    interface Listener {

        /**
         * This program may lead from now on.
         *
         * @param transitions how often the lease changed hands
         * @return whether it does; when not, it is asked again
         */
        boolean leads(long transitions);

        /**
         * It leads no more, and must have stopped acting when this returns.
         *
         * @param inOrder whether it still holds the lease, and may finish what has begun
         */
        void stops(String why, boolean inOrder);

        /** Something that a person should know. */
        void trouble(String what);
    }

    void start() {
        thread.start();
        watchdog.start();
    }

    /** Who held the lease when it was last seen; empty when nobody did. */
    String holder() {
        LeaseRecord last = seen;
        return last == null ? "" : last.holder();
    }

    /** Gives the lease back, after the listener stopped. */
    @Override
    public void close() {
        closed = true;
        wake.release();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void loop() {
        while (!closed) {
            try {
                look();
                trouble = "";
            } catch (ClusterException e) {
                trouble("the lease " + key.display() + " cannot be kept: " + e.getMessage());
            } catch (RuntimeException e) { // A bug must not end the renewals of a program that goes on acting.
                trouble("keeping the lease " + key.display() + " ended by a bug: " + e);
            }
            pause();
        }
        if (stop("the program ends", true)) {
            giveBack();
        }
    }

    /** Why the last look at the lease failed; empty when it did not. */
    String trouble() {
        return trouble;
    }

    private void trouble(String what) {
        trouble = what;
        listener.trouble(what);
    }

    /** Stops a leader that could not renew, also while its thread waits for an answer. */
    private void watch() {
        try {
            while (!closed) {
                Thread.sleep(timing.retry);
                expire();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void expire() {
        if (leads && elapsed(renewedAt).compareTo(timing.renew) > 0) {
            stop("the lease was not renewed for " + timing.renew.toSeconds() + " s", false);
        }
    }

    private void look() throws ClusterException {
        Optional<Map<String, @Nullable Object>> live = reader.get(key);
        if (live.isEmpty()) {
            stop("somebody deleted the lease", false);
            long now = System.nanoTime();
            writer.create(lease(spec(0)), MANAGER);
            begin(0, now);
            return;
        }
        LeaseRecord lease = LeaseRecord.of(live.get());
        if (!lease.equals(seen)) {
            seen = lease;
            seenAt = System.nanoTime();
        }
        long now = System.nanoTime();
        if (lease.holder().equals(identity)) {
            write(lease, spec(lease.transitions()));
            begin(lease.transitions(), now);
        } else if (!stop(lease.holder() + " took the lease", false)
                && (lease.holder().isEmpty() || elapsed(seenAt).compareTo(timing.lease) > 0)) {
            write(lease, spec(lease.transitions() + 1));
            begin(lease.transitions() + 1, now);
        }
    }

    /** It holds the lease since the moment at which it asked for it. */
    private synchronized void begin(long transitions, long askedAt) {
        renewedAt = askedAt;
        leads = leads || listener.leads(transitions);
    }

    /** Whether it led until now. */
    private synchronized boolean stop(String why, boolean inOrder) {
        boolean led = leads;
        leads = false;
        if (led) {
            listener.stops(why, inOrder);
        }
        return led;
    }

    private void giveBack() {
        LeaseRecord last = seen;
        try {
            if (last != null
                    && reader.get(key)
                            .map(LeaseRecord::of)
                            .filter(now -> now.holder().equals(identity))
                            .isPresent()) {
                Map<String, @Nullable Object> spec = spec(last.transitions());
                spec.put("holderIdentity", "");
                writer.mergePatch(key, lease(spec), MANAGER);
            }
        } catch (ClusterException e) {
            listener.trouble("the lease " + key.display() + " could not be given back, others wait until it ends: "
                    + e.getMessage());
        }
    }

    /** Conditional on what was seen: of two that take it at once, one is refused. */
    private void write(LeaseRecord from, Map<String, @Nullable Object> spec) throws ClusterException {
        Map<String, @Nullable Object> patch = new LinkedHashMap<>();
        patch.put("spec", spec);
        Tree.set(patch, from.resourceVersion(), "metadata", "resourceVersion");
        seen = LeaseRecord.of(writer.mergePatch(key, patch, MANAGER));
        seenAt = System.nanoTime();
    }

    private Map<String, @Nullable Object> lease(Map<String, @Nullable Object> spec) {
        Map<String, @Nullable Object> lease = new LinkedHashMap<>();
        lease.put("apiVersion", "coordination.k8s.io/v1");
        lease.put("kind", key.kind());
        Tree.set(lease, key.namespace(), "metadata", "namespace");
        Tree.set(lease, key.name(), "metadata", "name");
        lease.put("spec", spec);
        return lease;
    }

    private Map<String, @Nullable Object> spec(long transitions) {
        Map<String, @Nullable Object> spec = new LinkedHashMap<>();
        spec.put("holderIdentity", identity);
        spec.put("leaseDurationSeconds", Math.max(1, timing.lease.toSeconds()));
        spec.put("renewTime", MICRO_TIME.format(clock.instant()));
        spec.put("leaseTransitions", transitions);
        return spec;
    }

    private static Duration elapsed(long since) {
        return Duration.ofNanos(System.nanoTime() - since);
    }

    private void pause() {
        try {
            var _ = wake.tryAcquire(timing.retry.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closed = true;
        }
    }
}
