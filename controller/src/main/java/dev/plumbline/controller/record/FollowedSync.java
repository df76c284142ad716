package dev.plumbline.controller.record;

import dev.plumbline.controller.live.ClusterReader;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.RunId;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** One sync whose runs are recorded, by threads of its own, so that a long history or a repository that is away delays no other. */
final class FollowedSync {

    private final Duration seal;
    private final String clusterId;
    private final RunWriter writer;
    private final RunFollower follower;
    private final RunEvents events;
    private final SharedLists lists;
    private final RunQueue queue = new RunQueue();
    private final AtomicBoolean grew = new AtomicBoolean();
    private final AtomicBoolean sealing = new AtomicBoolean();
    private final Thread thread;
    private volatile WatchedSync sync;

    /**
     * Begins to follow a sync.
     *
     * @param archived finds runs that are deleted; null where nobody keeps them
     * @param lists lists what is there already
     * @param seal how long what is new in the history may wait until it is sealed
     */
    FollowedSync(
            WatchedSync sync,
            ClusterReader cluster,
            String clusterId,
            RunWriter writer,
            RunKeeper keeper,
            @Nullable ArchivedRuns archived,
            SharedLists lists,
            RunEvents events,
            Duration seal) {
        this.seal = seal;
        this.sync = sync;
        this.lists = lists;
        this.clusterId = clusterId;
        this.events = events;
        this.writer = writer;
        this.follower = new RunFollower(clusterId, cluster, writer, keeper, archived, events);
        queue.then(follower::begin);
        this.thread = Thread.ofVirtual().name("recorder " + sync.id()).start(this::work);
    }

    WatchedSync sync() {
        return sync;
    }

    /** What is known of the sync from now on. */
    void becomes(WatchedSync now) {
        sync = now;
        queue.then(() -> seal(true));
    }

    /** Something became of the sync, so that its history may have an entry that is not sealed. */
    void grew() {
        grew.set(true);
    }

    /** Takes the state of a run; waits while too many wait already. */
    void saw(Map<String, @Nullable Object> workflow, boolean deleted) {
        RunId id = id(clusterId, workflow);
        queue.put(id.uid(), id.uid() + "/" + id.attempt(), () -> follower.saw(sync, workflow, deleted));
    }

    /** All runs of a namespace were handed over; these are there. */
    void listed(String namespace, Set<RunId> there) {
        queue.then(() -> follower.listed(sync, namespace, there));
    }

    /** Looks at what is there already in a namespace that is watched. */
    void lookAt(String namespace) {
        lists.ask(namespace, this);
    }

    /** The run of a Workflow object. */
    static RunId id(String clusterId, Map<String, @Nullable Object> workflow) {
        return new RunId(clusterId, Tree.text(workflow, "metadata", "uid"), Tree.text(workflow, "status", "startedAt"));
    }

    /** Ends when the run that is being looked at is done with, or hangs; what is not recorded yet is by the next recorder. */
    void close() {
        closing();
        try {
            thread.join(Recorder.RETRY);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        writer.close();
    }

    /** Does not wait for the run that is being looked at. */
    void closing() {
        queue.close();
        writer.closing();
    }

    private void work() {
        long retryAt = System.nanoTime() + Recorder.RETRY.toNanos();
        long sealAt = System.nanoTime() + seal.toNanos();
        try {
            while (!queue.closed()) {
                RunQueue.Item next = queue.next(Math.max(1, retryAt - System.nanoTime()));
                if (next != null) {
                    take(next);
                }
                if (System.nanoTime() >= retryAt) {
                    queue.then(this::retry);
                    seal(writer.amended());
                    retryAt = System.nanoTime() + Recorder.RETRY.toNanos();
                }
                if (System.nanoTime() >= sealAt) {
                    if (grew.getAndSet(false)) {
                        seal(true);
                    }
                    sealAt = System.nanoTime() + seal.toNanos();
                }
            }
            queue.idle();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A form that nobody foresaw ends the look at one run, not the recording. */
    private void take(RunQueue.Item item) {
        Thread.ofVirtual()
                .name("recorder " + sync.id() + " " + item.run())
                .uncaughtExceptionHandler((_, bug) -> stumbled(bug))
                .start(() -> {
                    try {
                        item.work().run();
                    } finally {
                        queue.done(item);
                    }
                });
    }

    private void retry() {
        if (follower.retry()) {
            sync.namespaces().forEach(this::lookAt);
        }
    }

    /** Seals beside recording, once at a time. */
    private void seal(boolean all) {
        if (all) {
            follower.unsealed(sync.id());
        }
        if (sealing.compareAndSet(false, true)) {
            Thread.ofVirtual()
                    .name("seal " + sync.id())
                    .uncaughtExceptionHandler((_, bug) -> stumbled(bug))
                    .start(() -> {
                        try {
                            follower.sealRecorded();
                        } finally {
                            sealing.set(false);
                        }
                    });
        }
    }

    private void stumbled(Throwable bug) {
        events.trouble("recording the runs of " + sync.id()
                + " stumbled over a bug to report, and goes on with the next run: " + bug);
    }
}
