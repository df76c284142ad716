package dev.plumbline.controller.record;

import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.live.ClusterReader;
import dev.plumbline.controller.live.Selection;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.RunId;
import dev.plumbline.registry.model.SyncId;
import dev.plumbline.registry.provenance.Judge;
import dev.plumbline.registry.run.Executor;
import dev.plumbline.registry.run.ObservationLog;
import dev.plumbline.registry.run.UnseenWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Records the runs of syncs while it is open: one watch per namespace, and one thread per sync that follows its runs. It keeps no
 * Workflow objects but those that wait to be looked at, and may be killed at any moment; the next one lists what is there and
 * goes on.
 */
public final class Recorder implements AutoCloseable {

    /** How long something that failed waits before it is tried again. */
    public static final Duration RETRY = Duration.ofSeconds(5);

    /** How long what is new in the history of a sync may wait until it is sealed with what came after; recorded runs wait less. */
    public static final Duration SEAL = Duration.ofMinutes(1);

    static final String GROUP = "argoproj.io";
    static final String KIND = "Workflow";

    private final Duration seal;
    private final Executor executor;
    private final RecorderDoors doors;
    private final ClusterReader cluster;
    private final Judge judge;
    private final RunEvents events;
    private final String clusterId;
    private final Map<SyncId, FollowedSync> syncs = new ConcurrentHashMap<>();
    private final Map<String, List<RecorderWatch>> namespaces = new ConcurrentHashMap<>();
    private final SeenPods pods;
    private final @Nullable Watching watching;
    private final @Nullable ArchivedRuns archived;
    private final SharedLists lists;
    private final SyncOfRun syncOfRun = new SyncOfRun();
    private boolean closed;

    /**
     * Starts with no sync.
     *
     * @param executor what executes the runs of this cluster
     * @throws ClusterException when the cluster's id cannot be read
     */
    public Recorder(Executor executor, RecorderDoors doors, Judge judge, RunEvents events) throws ClusterException {
        this(executor, doors, judge, events, SEAL);
    }

    Recorder(Executor executor, RecorderDoors doors, Judge judge, RunEvents events, Duration seal)
            throws ClusterException {
        this.seal = seal;
        this.executor = executor;
        this.doors = doors;
        this.cluster = doors.cluster();
        this.judge = judge;
        this.events = events;
        this.clusterId = cluster.clusterId();
        this.pods = new SeenPods(cluster);
        this.lists = new SharedLists(
                cluster,
                clusterId,
                (Map<String, @Nullable Object> workflow) -> of(Tree.text(workflow, "metadata", "namespace"), workflow),
                events);
        ObservationLog observed = new ObservationLog(doors.stores(), clusterId);
        this.archived =
                doors.archive() == null ? null : new ArchivedRuns(doors.archive(), observed, this::take, events, RETRY);
        // The embedded runner runs nothing while this program does not run.
        this.watching = executor == Executor.ARGO
                ? new Watching(
                        observed,
                        new MissingRuns(cluster, events::trouble),
                        doors.clock(),
                        events,
                        archived == null ? "" : archived.asked())
                : null;
    }

    /** Records the runs in the namespaces of this sync from now on, those that are there already included. */
    public synchronized void follow(WatchedSync sync) {
        if (closed) {
            return;
        }
        FollowedSync known = syncs.get(sync.id());
        Set<String> before = known == null ? Set.of() : known.sync().namespaces();
        FollowedSync followed = known == null
                ? new FollowedSync(
                        sync,
                        cluster,
                        clusterId,
                        new RunWriter(sync.id(), clusterId, executor, doors, judge, pods, events),
                        new RunKeeper(cluster, doors.marks(), doors.clock(), events::trouble),
                        archived,
                        lists,
                        events,
                        seal)
                : known;
        followed.becomes(sync);
        syncs.put(sync.id(), followed);
        syncOfRun.forget();
        for (String namespace : sync.namespaces()) {
            if (!namespaces.containsKey(namespace)) {
                namespaces.put(namespace, watch(namespace));
            } else if (!before.contains(namespace)) {
                // Its watch goes on; what it saw before this sync came is looked at again.
                followed.lookAt(namespace);
            }
        }
        leaveOthers();
    }

    /** Something became of a sync: what is new in its history is sealed with the next batch. Nothing is read where nobody says so. */
    public void grew(SyncId sync) {
        FollowedSync followed = syncs.get(sync);
        if (followed != null) {
            followed.grew();
        }
    }

    /** Stops recording for a sync. When this returns nothing of it is read or written any more. */
    public void unfollow(SyncId sync) {
        FollowedSync followed;
        synchronized (this) {
            followed = syncs.remove(sync);
            syncOfRun.forget();
            leaveOthers();
        }
        if (followed != null) {
            followed.close();
        }
    }

    /** Said before the syncs end one by one: until now everything was watched. */
    public void ending() {
        if (watching != null) {
            watching.close();
        }
    }

    /** Ends watches and work; what is not recorded yet is by the next recorder. */
    @Override
    public void close() {
        List<FollowedSync> all;
        ending();
        synchronized (this) {
            closed = true;
            lists.close();
            if (archived != null) {
                archived.close();
            }
            all = List.copyOf(syncs.values());
            syncs.clear();
            leaveOthers();
        }
        all.forEach(FollowedSync::closing);
        all.forEach(FollowedSync::close);
    }

    /** Ends the watches of namespaces that no sync has any more. */
    private void leaveOthers() {
        Set<String> wanted = new HashSet<>();
        syncs.values().forEach(sync -> wanted.addAll(sync.sync().namespaces()));
        namespaces.forEach((namespace, watches) -> {
            if (!wanted.contains(namespace)) {
                watches.forEach(RecorderWatch::close);
                namespaces.remove(namespace);
                if (watching != null) {
                    watching.leaves(namespace);
                }
            }
        });
    }

    private List<RecorderWatch> watch(String namespace) {
        List<RecorderWatch> watches = new ArrayList<>();
        watches.add(watch(Selection.of(GROUP, KIND, namespace), new Workflows(namespace)));
        if (executor == Executor.ARGO) {
            watches.add(watch(Selection.of("", "Pod", namespace).having(SeenPods.LABEL), new PodHearer(pods)));
        }
        return watches;
    }

    private RecorderWatch watch(Selection selection, RecorderWatch.Hearer hearer) {
        return new RecorderWatch(cluster, selection, hearer, events).start();
    }

    private @Nullable FollowedSync of(String namespace, Map<String, @Nullable Object> workflow) {
        List<FollowedSync> of = in(namespace);
        WatchedSync sync =
                syncOfRun.choose(workflow, of.stream().map(FollowedSync::sync).toList());
        return sync == null ? null : syncs.get(sync.id());
    }

    /** A run that is not in the cluster any more. */
    private void take(String namespace, Map<String, @Nullable Object> workflow) {
        FollowedSync sync = of(namespace, workflow);
        if (sync != null) {
            sync.saw(workflow, false);
        }
    }

    private List<FollowedSync> in(String namespace) {
        List<FollowedSync> in = new ArrayList<>();
        for (FollowedSync sync : syncs.values()) {
            if (sync.sync().namespaces().contains(namespace)) {
                in.add(sync);
            }
        }
        in.sort(Comparator.comparing(sync -> sync.sync().id()));
        return in;
    }

    /** Hands the runs of one namespace to the syncs that they belong to. */
    private final class Workflows implements RecorderWatch.Hearer {

        private final String namespace;
        private final Set<RunId> there = new HashSet<>();
        private final Set<String> names = new HashSet<>();
        private Instant asked = Instant.EPOCH;
        private boolean listing;

        Workflows(String namespace) {
            this.namespace = namespace;
        }

        @Override
        public void lists() {
            asked = doors.clock().instant();
            listing = true;
            there.clear();
            names.clear();
        }

        @Override
        public void object(Map<String, @Nullable Object> workflow, boolean deleted) {
            FollowedSync sync = of(namespace, workflow);
            if (sync != null) {
                sync.saw(workflow, deleted);
            }
            if (listing) {
                names.add(Tree.text(workflow, "metadata", "name"));
                there.add(FollowedSync.id(clusterId, workflow));
            }
        }

        @Override
        public void listed() {
            Set<RunId> all = Set.copyOf(there);
            in(namespace).forEach(sync -> sync.listed(namespace, all));
            UnseenWindow window = watching == null ? null : watching.sees(namespace, asked, Set.copyOf(names));
            if (window != null && archived != null) {
                archived.look(window, all);
            }
            listing = false;
            there.clear();
            names.clear();
        }

        @Override
        public void blind() {
            if (watching != null) {
                watching.blind(namespace);
            }
        }
    }
}
