package dev.plumbline.controller.record;

import dev.plumbline.registry.run.ObservationLog;
import dev.plumbline.registry.run.UnseenWindow;
import dev.plumbline.registry.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Writes down until when namespaces are watched, and states the times in which they were not. Used by many threads. */
final class Watching implements AutoCloseable {

    /** How often it is written down; after a kill a window is stated that begins this much too early at most. */
    static final Duration HEARTBEAT = Duration.ofSeconds(10);

    /** Shorter ones are not stated: a time of the cluster is told in whole seconds. */
    static final Duration SHORTEST = Duration.ofSeconds(1);

    private final ObservationLog log;
    private final MissingRuns missing;
    private final InstantSource clock;
    private final RunEvents events;

    /** What is said of the archive with each time; empty where there is none. */
    private final String archive;

    private final Set<String> seeing = ConcurrentHashMap.newKeySet();
    private final Map<String, Instant> blindSince = new ConcurrentHashMap<>();

    /** Until when each namespace was watched before it is watched now; null until it was read. */
    private @Nullable Map<String, Instant> before;

    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread heartbeat;

    Watching(ObservationLog log, MissingRuns missing, InstantSource clock, RunEvents events, String archive) {
        this.archive = archive;
        this.log = log;
        this.missing = missing;
        this.clock = clock;
        this.events = events;
        this.heartbeat = Thread.ofVirtual().name("recorder heartbeat").start(this::beat);
    }

    /**
     * All that is in a namespace was listed, and its watch begins.
     *
     * @param asked when the list was asked for
     * @param names names of the runs that were there
     * @return the time before, in which it was not watched; null where there was none that is stated
     */
    @Nullable
    UnseenWindow sees(String namespace, Instant asked, Set<String> names) {
        UnseenWindow window = null;
        try {
            Instant blind = blindSince.remove(namespace);
            Instant from = blind != null ? blind : before(namespace);
            if (from != null && Duration.between(from, asked).compareTo(SHORTEST) >= 0) {
                String why = blind != null ? "the cluster ended the watch" : "no recorder ran";
                List<String> absent = missing.between(namespace, from, asked, names);
                window = new UnseenWindow(namespace, from, asked, why, absent, archive);
                log.notSeen(window);
                events.trouble("runs in " + namespace + " were not watched from " + from + " to " + asked + ", because "
                        + why + "; what began and was deleted in that time is in no record"
                        + (absent.isEmpty() ? "" : ", such as " + String.join(", ", absent))
                        + (archive.isEmpty() ? "" : ", unless it is archived: " + archive));
            }
            seeing.add(namespace);
        } catch (StoreException e) {
            events.trouble("since when runs in " + namespace + " are watched is not written down: " + e.getMessage());
        }
        return window;
    }

    /** Nothing is seen until the next list. */
    void blind(String namespace) {
        if (seeing.remove(namespace)) {
            blindSince.put(namespace, clock.instant());
        }
    }

    /** It is not to be watched any more. */
    void leaves(String namespace) {
        blindSince.remove(namespace);
        if (seeing.remove(namespace)) {
            synchronized (this) {
                if (before != null) {
                    before.put(namespace, clock.instant());
                }
            }
        }
    }

    private synchronized @Nullable Instant before(String namespace) throws StoreException {
        if (before == null) {
            before = log.seenUntil();
        }
        return before.get(namespace);
    }

    /** Writes down a last time that all namespaces were watched until now. */
    @Override
    public void close() {
        closed.countDown();
        try {
            heartbeat.join(Recorder.RETRY);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void beat() {
        boolean open = true;
        Duration wait = SHORTEST; // A namespace that was never watched before is known soon.
        while (open) {
            try {
                open = !closed.await(wait.toMillis(), TimeUnit.MILLISECONDS);
                wait = HEARTBEAT;
                log.seen(new TreeSet<>(seeing), clock.instant());
            } catch (StoreException e) {
                if (open) {
                    events.trouble("until when runs are watched is not written down: " + e.getMessage());
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }
}
