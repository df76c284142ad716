package dev.plumbline.controller.record;

import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.live.RunArchive;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.RunId;
import dev.plumbline.registry.run.Observation;
import dev.plumbline.registry.run.ObservationLog;
import dev.plumbline.registry.run.RunObserver;
import dev.plumbline.registry.run.RunSighting;
import dev.plumbline.registry.run.UnseenWindow;
import dev.plumbline.registry.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads runs that ended and were deleted while nobody watched from Argo's archive, a thread for each time that nobody watched. While
 * the archive is away it is asked again; what it said is stated with the time.
 */
final class ArchivedRuns implements AutoCloseable {

    /** How much earlier than the time that nobody watched a run may have begun by the clock of whoever wrote its start. */
    static final Duration CLOCKS = Duration.ofMinutes(1);

    private final RunArchive archive;
    private final ObservationLog log;
    private final Taker taker;
    private final RunEvents events;
    private final Duration again;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile long awaySince;
    private volatile @Nullable ClusterException away;

    /** Takes runs. */
    @FunctionalInterface
    interface Taker {

        /** Hands a Workflow of a namespace to whoever records it; it waits while there is no room. */
        void take(String namespace, Map<String, @Nullable Object> workflow);
    }

    /**
     * Asks nothing yet.
     *
     * @param again how long an archive that is away is left alone
     */
    ArchivedRuns(RunArchive archive, ObservationLog log, Taker taker, RunEvents events, Duration again) {
        this.archive = archive;
        this.log = log;
        this.taker = taker;
        this.events = events;
        this.again = again;
    }

    /** What is said of a time before the archive answered. */
    String asked() {
        return archive.name() + " is asked for what ended in it";
    }

    /**
     * Reads the runs of a time, soon.
     *
     * @param all the runs that are in the cluster, which need not be asked for
     */
    void look(UnseenWindow window, Set<RunId> all) {
        Set<String> there = all.stream().map(RunId::uid).collect(Collectors.toSet());
        Thread.ofVirtual().name("archive of " + window.namespace()).start(() -> read(window, there));
    }

    /**
     * A run that was seen and is not in the cluster any more.
     *
     * @param run its Workflow object as it was archived; null where it is in no archive
     * @param why in words, where it is in none
     */
    record Found(@Nullable Map<String, @Nullable Object> run, String why) {}

    /**
     * Looks for a run that was seen and is not in the cluster any more.
     *
     * @param archived the archive; null where there is none
     * @throws ClusterException when the archive does not answer, now or a moment ago
     */
    static Found find(@Nullable ArchivedRuns archived, RunSighting sighting) throws ClusterException {
        String why = "the run was deleted before it ended, while nobody watched";
        if (archived == null) {
            return new Found(null, why);
        }
        try {
            return new Found(
                    archived.gone(sighting.namespace(), sighting.id().uid()).orElse(null), why);
        } catch (ClusterException e) {
            if (e.retryable()) {
                throw e;
            }
            return new Found(null, why + ", or before its archive could be read: " + e.getMessage());
        }
    }

    /**
     * What a Workflow object says, with nodes that Argo keeps outside of it once it is over.
     *
     * @param archived knows these nodes; null where nobody does
     * @throws ClusterException when they cannot be read for a while
     */
    static Observation observe(@Nullable ArchivedRuns archived, Map<String, @Nullable Object> workflow, boolean deleted)
            throws ClusterException {
        Observation run = RunObserver.observe(workflow);
        boolean outside =
                !Tree.text(workflow, "status", "offloadNodeStatusVersion").isEmpty();
        if (archived == null || !outside || !(run.ended() || deleted)) {
            return run;
        }
        try {
            Optional<Map<String, @Nullable Object>> whole =
                    archived.archive.whole(run.namespace(), run.name(), run.uid());
            return whole.filter(found -> Tree.text(found, "status", "startedAt").equals(run.attempt()))
                    .map(found -> RunObserver.observe(withNodes(workflow, Tree.map(found, "status", "nodes"))))
                    .orElse(run);
        } catch (ClusterException e) {
            if (e.retryable()) {
                throw e;
            }
            return run.obscured(String.valueOf(e.getMessage()));
        }
    }

    private static Map<String, @Nullable Object> withNodes(
            Map<String, @Nullable Object> workflow, Map<String, @Nullable Object> nodes) {
        Map<String, @Nullable Object> status = new LinkedHashMap<>(Tree.map(workflow, "status"));
        status.remove("offloadNodeStatusVersion");
        status.put("nodes", nodes);
        Map<String, @Nullable Object> whole = new LinkedHashMap<>(workflow);
        whole.put("status", status);
        return whole;
    }

    private Optional<Map<String, @Nullable Object>> gone(String namespace, String uid) throws ClusterException {
        ClusterException failed = away;
        if (failed != null && System.nanoTime() - awaySince < again.toNanos()) {
            throw failed; // Whoever asks has other runs to look at.
        }
        try {
            Optional<Map<String, @Nullable Object>> run = archive.run(namespace, uid);
            away = null;
            return run.map(ArchivedRuns::free);
        } catch (ClusterException e) {
            awaySince = System.nanoTime();
            away = e;
            throw e;
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }

    private void read(UnseenWindow window, Set<String> there) {
        boolean answered = false;
        while (!answered) {
            try {
                state(hand(window, there));
                answered = true;
            } catch (ClusterException e) {
                events.trouble(String.valueOf(e.getMessage()));
                answered = !e.retryable();
                if (answered) {
                    state(window.archived("not read, because it was refused: " + e.getMessage(), Set.of()));
                }
            }
            try {
                if (!answered && closed.await(again.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** Hands over what the archive has and the cluster has not; answers the time with what it said. */
    private UnseenWindow hand(UnseenWindow window, Set<String> there) throws ClusterException {
        List<String> archived = archive.began(window.namespace(), window.from().minus(CLOCKS));
        Set<String> handed = new TreeSet<>();
        for (String uid : archived) {
            Map<String, @Nullable Object> run = there.contains(uid)
                    ? null
                    : archive.run(window.namespace(), uid).orElse(null);
            if (run != null && began(run, window.until())) {
                taker.take(window.namespace(), free(run));
                handed.add(Tree.text(run, "metadata", "name"));
            }
        }
        return window.archived(
                archive.name() + " had " + handed.size() + " runs that are not in the cluster any more"
                        + (archived.size() < RunArchive.MAX_RUNS
                                ? ""
                                : "; others than the newest " + RunArchive.MAX_RUNS + " were not asked for"),
                handed);
    }

    private static boolean began(Map<String, @Nullable Object> run, Instant until) {
        try {
            return !Instant.parse(Tree.text(run, "status", "startedAt")).isAfter(until.plus(CLOCKS));
        } catch (java.time.DateTimeException e) {
            return false; // It never began, so there is nothing to record.
        }
    }

    private void state(UnseenWindow window) {
        try {
            log.notSeen(window);
        } catch (StoreException e) {
            events.trouble("what the archive said of a time in which " + window.namespace()
                    + " was not watched is not written down: " + e.getMessage());
        }
    }

    /** Nothing is left in the cluster to be let go. */
    private static Map<String, @Nullable Object> free(Map<String, @Nullable Object> run) {
        Map<String, @Nullable Object> freed = new LinkedHashMap<>(run);
        Map<String, @Nullable Object> metadata = new LinkedHashMap<>(Tree.map(run, "metadata"));
        metadata.remove("finalizers");
        freed.put("metadata", metadata);
        return freed;
    }
}
