package dev.plumbline.controller.app.operator;

import dev.plumbline.controller.app.ReleasesInForce;
import dev.plumbline.controller.app.RunNotices;
import dev.plumbline.controller.app.SeenContent;
import dev.plumbline.controller.kube.KubeCluster;
import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.reconcile.Fence;
import dev.plumbline.controller.reconcile.Sync;
import dev.plumbline.controller.record.ArgoConfiguration;
import dev.plumbline.controller.record.ArtifactDigests;
import dev.plumbline.controller.record.LineageFeed;
import dev.plumbline.controller.record.Recorder;
import dev.plumbline.controller.record.RecorderDoors;
import dev.plumbline.controller.record.RunMarks;
import dev.plumbline.controller.record.WatchedSync;
import dev.plumbline.controller.status.Notice;
import dev.plumbline.registry.blame.Timelines;
import dev.plumbline.registry.evidence.EvidenceArchive;
import dev.plumbline.registry.evidence.EvidenceSource;
import dev.plumbline.registry.history.ReleaseArchive;
import dev.plumbline.registry.index.IndexFile;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.metrics.Metrics;
import dev.plumbline.registry.mlflow.MlflowRegistry;
import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.registry.model.SyncId;
import dev.plumbline.registry.provenance.ContentHistory;
import dev.plumbline.registry.provenance.Judge;
import dev.plumbline.registry.query.RunQueries;
import dev.plumbline.registry.query.SyncRuns;
import dev.plumbline.registry.render.Renderer;
import dev.plumbline.registry.run.Executor;
import dev.plumbline.registry.run.ObservationLog;
import dev.plumbline.registry.run.RunJournal;
import dev.plumbline.registry.run.RunRecord;
import dev.plumbline.registry.run.UnseenWindow;
import dev.plumbline.registry.s3.S3Buckets;
import dev.plumbline.registry.store.StoreException;
import dev.plumbline.registry.store.Stores;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** Records the runs of all syncs of one term, read with the rights of the program itself. */
final class TermRecording implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TermRecording.class);
    private static final Duration MODELS_TIMEOUT = Duration.ofSeconds(10);

    private final String clusterId;
    private final Stores stores;
    private final ReleaseArchive archive;
    private final Set<String> managed;
    private final RunNotices notices;
    private final @Nullable MlflowRegistry models;
    private final ArtifactDigests artifacts;
    private final Recorder recorder;
    private final LineageFeed lineage;
    /** Histories that are rendered at once; the newest commits of the syncs come first. */
    private final Semaphore turns =
            new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2));

    private final IndexFile index;
    private final Map<SyncId, RunQueries> queries = new ConcurrentHashMap<>();

    private static void log(Notice.Kind kind, @Nullable RunRecord run, String text) {
        LoggingEventBuilder line = LOG.atInfo();
        if (run != null) {
            line = line.addKeyValue("sync", run.sync()).addKeyValue("run", run.namespace() + "/" + run.name());
            CommitId commit = run.judgement().commit();
            line = commit == null ? line : line.addKeyValue("commit", commit);
        }
        line.log("{} {}", kind, text);
    }

    /**
     * Begins with no sync.
     *
     * @throws ClusterException when the cluster does not say who it is
     * @throws StoreException when the store cannot be read
     */
    TermRecording(
            OperatorOptions options,
            KubeCluster cluster,
            Stores stores,
            Metrics metrics,
            InstantSource clock,
            Fence fence)
            throws ClusterException, StoreException {
        this.clusterId = cluster.clusterId();
        this.stores = stores;
        this.archive = new ReleaseArchive(stores.objects());
        this.managed = options.watched();
        this.index = new IndexFile(options.index());
        this.notices = new RunNotices(TermRecording::log, metrics);
        this.models = options.mlflow() == null ? null : new MlflowRegistry(options.mlflow(), MODELS_TIMEOUT);
        this.lineage = new LineageFeed(Fenced.stores(stores, fence), clusterId, options.lineage(), notices::trouble);
        this.artifacts = new BucketDigests(new S3Buckets(), options.artifacts(), BucketDigests.LONGEST);
        this.recorder = new Recorder(
                Executor.ARGO,
                new RecorderDoors(
                        cluster,
                        Fenced.stores(stores, fence),
                        models == null ? null : Fenced.models(models, fence),
                        artifacts,
                        TermEvidence.writer(options, stores, clock),
                        new ArgoConfiguration(
                                cluster,
                                options.argoConfig(),
                                Fenced.stores(stores, fence).refs(),
                                clusterId + "/argo-defaults",
                                clock,
                                notices),
                        options.argoConfig().namespace(),
                        clock,
                        options.archive(),
                        marks(options, cluster, fence)),
                new Judge(),
                lineage.hearing(notices));
    }

    /** Reads artifacts in the buckets that the operator named. */
    ArtifactDigests artifacts() {
        return artifacts;
    }

    private static @Nullable RunMarks marks(OperatorOptions options, KubeCluster cluster, Fence fence) {
        return options.keepRuns() == null
                ? null
                : new RunMarks(
                        (workflow, finalizers, version) -> mark(cluster, fence, workflow, finalizers, version),
                        options.keepRuns());
    }

    private static void mark(
            KubeCluster cluster, Fence fence, ObjectKey workflow, List<String> finalizers, String resourceVersion)
            throws ClusterException {
        try {
            fence.check();
        } catch (StoreException e) {
            throw new ClusterException(ClusterException.Reason.UNAVAILABLE, workflow, String.valueOf(e.getMessage()));
        }
        Map<String, @Nullable Object> patch = new LinkedHashMap<>();
        Tree.set(patch, finalizers, "metadata", "finalizers");
        Tree.set(patch, resourceVersion, "metadata", "resourceVersion");
        cluster.mergePatch(workflow, patch, "plumbline");
    }

    /** Questions about the runs of a sync; empty while this program does not run it. */
    Optional<RunQueries> queries(SyncId sync) {
        return Optional.ofNullable(queries.get(sync));
    }

    /**
     * Times in which runs of a namespace were not watched, oldest first, from a number on.
     *
     * @throws StoreException when they cannot be read
     */
    List<UnseenWindow> unseen(long from, int limit) throws StoreException {
        return new ObservationLog(stores, clusterId).windows(from, limit);
    }

    /** Records the runs of a sync from now on. */
    Recorded record(Sync sync, OpenSource source, Renderer renderer, boolean sideBySide) {
        Recorded recorded = new Recorded(sync, source, renderer, sideBySide);
        recorded.moved();
        SyncId id = sync.spec().id();
        RunJournal journal = new RunJournal(stores, clusterId, id);
        RunQueries asked = new RunQueries(List.of(new SyncRuns(
                id,
                journal,
                index.runs(clusterId, id, journal, new EvidenceArchive(stores, clusterId, id)),
                source.repository())));
        queries.put(id, asked);
        Thread.ofVirtual().name("index of " + id).start(() -> prepare(id, asked));
        return recorded;
    }

    private void prepare(SyncId sync, RunQueries asked) {
        try {
            asked.prepare();
        } catch (StoreException e) {
            LOG.info("the index of the runs of {} is made with the first question: {}", sync, e.getMessage());
        }
    }

    /** Said before the syncs end one by one. */
    void ending() {
        recorder.ending();
    }

    @Override
    public void close() {
        recorder.close();
        lineage.close();
        index.close();
        if (models != null) {
            models.close();
        }
    }

    /** The recording of one sync. */
    final class Recorded implements AutoCloseable {

        private final Sync sync;
        private final AtomicBoolean ended = new AtomicBoolean();
        private final String url;
        private final ContentHistory content;
        private final ReleasesInForce releases;

        private Recorded(Sync sync, OpenSource source, Renderer renderer, boolean sideBySide) {
            this.sync = sync;
            this.url = source.url();
            Timelines timelines = new Timelines(source.repository(), renderer);
            this.content = new InTurn(
                    new SeenContent(sync, source.repository(), renderer, timelines, sideBySide, ended::get), turns);
            this.releases = new ReleasesInForce(sync, archive);
        }

        /** Its objects may be in other namespaces now. */
        void moved() {
            try {
                EvidenceSource source = new EvidenceSource(
                        url, sync.spec().branch(), sync.spec().path());
                WatchedSync watched = new WatchedSync(sync.spec().id(), namespaces(), url, source, content, releases);
                lineage.follow(watched);
                recorder.follow(watched);
            } catch (StoreException e) {
                notices.trouble("the runs of " + sync.spec().id() + " are not recorded: " + e.getMessage());
            }
        }

        /** Its history may have a new entry. */
        void grew() {
            recorder.grew(sync.spec().id());
        }

        private Set<String> namespaces() throws StoreException {
            Set<String> namespaces = new TreeSet<>(sync.namespaces());
            if (!managed.isEmpty() && namespaces.retainAll(managed)) {
                notices.trouble("sync " + sync.spec().id()
                        + " has objects in namespaces that this program does not manage; runs there are not recorded");
            }
            return namespaces;
        }

        /** When this returns nothing of the sync is read any more. */
        @Override
        public void close() {
            ended.set(true);
            queries.remove(sync.spec().id());
            recorder.unfollow(sync.spec().id());
            lineage.unfollow(sync.spec().id());
        }
    }
}
