package dev.plumbline.controller.record;

import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.live.ClusterReader;
import dev.plumbline.controller.live.Selection;
import dev.plumbline.registry.model.RunId;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Lists of the runs that a namespace holds already, for syncs that ask after its watch began. Those that ask within a moment share
 * one list: hundreds that begin together must not read every Workflow hundreds of times.
 */
final class SharedLists implements AutoCloseable {

    /** How long a list waits for others who want it too. */
    private static final Duration MOMENT = Duration.ofMillis(500);

    private final ClusterReader cluster;
    private final String clusterId;
    private final Owner owner;
    private final RunEvents events;
    private final Map<String, Set<FollowedSync>> waiting = new HashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    /** Finds the sync that a Workflow object is a run of. */
    @FunctionalInterface
    interface Owner {

        /** The sync; null without one. */
        @Nullable
        FollowedSync of(Map<String, @Nullable Object> workflow);
    }

    /** No list yet. */
    SharedLists(ClusterReader cluster, String clusterId, Owner owner, RunEvents events) {
        this.cluster = cluster;
        this.clusterId = clusterId;
        this.owner = owner;
        this.events = events;
    }

    /** Hands the runs of a namespace that belong to a sync to it, soon. */
    synchronized void ask(String namespace, FollowedSync sync) {
        Set<FollowedSync> others = waiting.get(namespace);
        if (others != null) {
            others.add(sync);
            return;
        }
        waiting.put(namespace, new HashSet<>(Set.of(sync)));
        Thread.ofVirtual().name("runs in " + namespace).start(() -> list(namespace));
    }

    /** Ends those that did not begin. */
    @Override
    public void close() {
        closed.countDown();
    }

    private synchronized Set<FollowedSync> take(String namespace) {
        Set<FollowedSync> all = waiting.remove(namespace);
        return all == null ? Set.of() : all;
    }

    private void list(String namespace) {
        try {
            if (closed.await(MOMENT.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            return;
        }
        Set<FollowedSync> syncs = take(namespace);
        Set<RunId> there = new HashSet<>();
        try {
            cluster.list(Selection.of(Recorder.GROUP, Recorder.KIND, namespace), workflow -> {
                FollowedSync sync = owner.of(workflow);
                if (sync != null && syncs.contains(sync)) {
                    sync.saw(workflow, false);
                }
                there.add(FollowedSync.id(clusterId, workflow));
            });
            syncs.forEach(sync -> sync.listed(namespace, there));
        } catch (ClusterException e) {
            events.trouble("tried to list the runs in " + namespace + ", failed because " + e.getMessage()
                    + "; they are seen when they change");
        }
    }
}
