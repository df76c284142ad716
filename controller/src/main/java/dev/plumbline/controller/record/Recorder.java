package dev.plumbline.controller.record;

import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.live.ClusterReader;
import dev.plumbline.controller.live.LiveList;
import dev.plumbline.controller.live.Selection;
import dev.plumbline.controller.live.Watch;
import dev.plumbline.controller.live.WatchListener;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.SyncId;
import dev.plumbline.registry.provenance.Judge;
import dev.plumbline.registry.run.Executor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Records the runs of syncs while it is open: one watch per namespace, and one thread that follows the runs. It may be killed
 * at any moment; the next one lists what is there and goes on.
 */
public final class Recorder implements AutoCloseable {

    /** How long something that failed waits before it is tried again. */
    public static final Duration RETRY = Duration.ofSeconds(5);

    private static final Duration FIRST_WAIT = Duration.ofMillis(200);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    private static final String GROUP = "argoproj.io";

    private final ClusterReader cluster;
    private final RunFollower follower;
    private final RunEvents events;
    private final Map<SyncId, WatchedSync> syncs = new ConcurrentHashMap<>();
    private final Map<String, Thread> namespaces = new ConcurrentHashMap<>();
    private final LinkedBlockingQueue<Runnable> work = new LinkedBlockingQueue<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread worker;

    /**
     * Starts with no sync.
     *
     * @param executor what executes the runs of this cluster
     * @throws ClusterException when the cluster's id cannot be read
     */
    public Recorder(Executor executor, RecorderDoors doors, Judge judge, RunEvents events) throws ClusterException {
        this.cluster = doors.cluster();
        this.events = events;
        String id = cluster.clusterId();
        this.follower = new RunFollower(id, new RunWriter(id, executor, doors, judge, events), events);
        this.worker = Thread.ofVirtual().name("recorder").start(this::work);
    }

    /** Records the runs in the namespaces of this sync from now on, those that are there already included. */
    public void follow(WatchedSync sync) {
        syncs.put(sync.id(), sync);
        for (String namespace : sync.namespaces()) {
            if (namespaces.containsKey(namespace)) {
                // Its watch goes on; what it saw before this sync came is looked at again.
                enqueue(() -> relist(namespace));
            }
            namespaces.computeIfAbsent(
                    namespace,
                    name -> Thread.ofVirtual().name("recorder-watch-" + name).start(() -> watch(name)));
        }
    }

    /** Stops recording for a sync; the watches of its namespaces stay. */
    public void unfollow(SyncId sync) {
        syncs.remove(sync);
    }

    /** Ends watches and work; what is not recorded yet is by the next recorder. */
    @Override
    public void close() {
        closed.countDown();
        namespaces.values().forEach(Thread::interrupt);
        worker.interrupt();
        try {
            worker.join(RETRY);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void work() {
        long retryAt = System.nanoTime() + RETRY.toNanos();
        while (closed.getCount() > 0) {
            try {
                Runnable next = work.poll(Math.max(1, retryAt - System.nanoTime()), TimeUnit.NANOSECONDS);
                if (next != null) {
                    next.run();
                }
            } catch (InterruptedException e) {
                return;
            }
            if (System.nanoTime() >= retryAt) {
                follower.retry();
                retryAt = System.nanoTime() + RETRY.toNanos();
            }
        }
    }

    private void watch(String namespace) {
        Duration wait = FIRST_WAIT;
        while (closed.getCount() > 0) {
            try {
                LiveList list = cluster.list(Selection.of(GROUP, "Workflow", namespace));
                enqueue(() -> take(namespace, list));
                Listener listener = new Listener();
                try (Watch watch =
                        cluster.watch(Selection.of(GROUP, "Workflow", namespace), list.resourceVersion(), listener)) {
                    wait = FIRST_WAIT;
                    listener.ended.await();
                }
            } catch (ClusterException e) {
                events.trouble("tried to watch the runs in " + namespace + ", failed because " + e.getMessage()
                        + "; it is tried again");
            } catch (InterruptedException e) {
                return;
            }
            try {
                if (closed.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
            } catch (InterruptedException e) {
                return;
            }
            wait = wait.multipliedBy(2).compareTo(LONGEST_WAIT) < 0 ? wait.multipliedBy(2) : LONGEST_WAIT;
        }
    }

    private void relist(String namespace) {
        try {
            take(namespace, cluster.list(Selection.of(GROUP, "Workflow", namespace)));
        } catch (ClusterException e) {
            events.trouble("tried to list the runs in " + namespace + ", failed because " + e.getMessage()
                    + "; they are seen when they change");
        }
    }

    private void take(String namespace, LiveList list) {
        for (Map<String, @Nullable Object> workflow : list.items()) {
            saw(workflow, false);
        }
        for (WatchedSync sync : of(namespace)) {
            follower.listed(sync, namespace, list.items());
        }
    }

    private void saw(Map<String, @Nullable Object> workflow, boolean deleted) {
        WatchedSync sync = SyncOfRun.choose(workflow, of(Tree.text(workflow, "metadata", "namespace")));
        if (sync != null) {
            follower.saw(sync, workflow, deleted);
        }
    }

    private List<WatchedSync> of(String namespace) {
        List<WatchedSync> of = new ArrayList<>();
        for (WatchedSync sync : syncs.values()) {
            if (sync.namespaces().contains(namespace)) {
                of.add(sync);
            }
        }
        of.sort(java.util.Comparator.comparing(WatchedSync::id));
        return of;
    }

    private void enqueue(Runnable task) {
        work.add(task);
    }

    /** Hands what a watch sees to the one thread that works. */
    private final class Listener implements WatchListener {

        private final CountDownLatch ended = new CountDownLatch(1);

        @Override
        public void changed(Type type, Map<String, @Nullable Object> object) {
            enqueue(() -> saw(object, type == Type.DELETED));
        }

        @Override
        public void ended(ClusterException why) {
            if (why.reason() != ClusterException.Reason.GONE) {
                events.trouble("the watch of runs ended: " + why.getMessage() + "; it is started again");
            }
            ended.countDown();
        }
    }
}
