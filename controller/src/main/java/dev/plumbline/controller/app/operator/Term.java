package dev.plumbline.controller.app.operator;

import dev.plumbline.controller.app.answers.AskedSync;
import dev.plumbline.controller.apply.InFlight;
import dev.plumbline.controller.informer.Informers;
import dev.plumbline.controller.kube.KubeCluster;
import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.reconcile.Claims;
import dev.plumbline.controller.reconcile.Fence;
import dev.plumbline.controller.reconcile.Sync;
import dev.plumbline.controller.spec.PipelineRollback;
import dev.plumbline.controller.spec.PipelineSync;
import dev.plumbline.registry.history.Persons;
import dev.plumbline.registry.history.ReleaseArchive;
import dev.plumbline.registry.metrics.Metrics;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.registry.model.SyncId;
import dev.plumbline.registry.query.RunQueries;
import dev.plumbline.registry.release.Stamps;
import dev.plumbline.registry.render.Renderer;
import dev.plumbline.registry.run.UnseenWindow;
import dev.plumbline.registry.store.StoreException;
import dev.plumbline.registry.store.Stores;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** One term of leadership: every PipelineSync of the watched namespaces is managed from its beginning to its end. */
final class Term implements AutoCloseable, Fence {

    /** Which part of the heap earlier builds may take. */
    private static final int KEPT_PART = 4;

    /** Statuses in a second that say no more than that a commit came which changes nothing (decision 0017). */
    private static final int UNCONCERNED = 25;

    private final long number;
    private final AtomicBoolean over = new AtomicBoolean();
    private final Map<SyncId, ManagedSync> managed = new ConcurrentHashMap<>();
    private final Map<String, SyncId> labels = new ConcurrentHashMap<>();
    private final CustomResources resources;
    private final CustomResources rollbackResources;
    private final Rollbacks rollbacks;
    private final Informers informers;
    private final SourcePool sources;
    private final TermRecording recording;
    private final Parts parts;

    /**
     * A term that has not begun.
     *
     * @throws ClusterException when the cluster does not say who it is
     * @throws StoreException when the store cannot be read
     */
    Term(
            OperatorOptions options,
            String clusterId,
            KubeCluster cluster,
            Stores stores,
            Persons persons,
            Metrics metrics,
            InstantSource clock,
            long number)
            throws ClusterException, StoreException {
        this.number = number;
        this.recording = new TermRecording(options, cluster, stores, metrics, clock, this);
        this.resources = new CustomResources(cluster, PipelineSync.KIND, options.watched(), this::changed);
        this.rollbackResources = new CustomResources(cluster, PipelineRollback.KIND, options.watched(), this::rollback);
        this.informers = new Informers(cluster, Stamps.SYNC, options.watched().isEmpty(), this::touched);
        this.sources = new SourcePool(new GitSources(options, cluster));
        this.parts = new Parts(
                options,
                clusterId,
                cluster,
                resources,
                rollbackResources,
                informers,
                sources,
                stores,
                new ReleaseArchive(stores.objects()),
                persons,
                new Renderer(
                        Math.min(Renderer.MAX_KEPT_BYTES, Runtime.getRuntime().maxMemory() / KEPT_PART)),
                new Turns(Runtime.getRuntime().availableProcessors()),
                new Claims(this::freed),
                new InFlight(InFlight.CLUSTER),
                new Events(cluster),
                metrics,
                clock,
                new Dependents<>(),
                new Pace(ManagedSync.BRIEF, UNCONCERNED),
                this,
                recording);
        this.rollbacks = new Rollbacks(parts, rollbackResources, this::running);
    }

    private Optional<Sync> running(SyncId id) {
        return Optional.ofNullable(managed.get(id))
                .flatMap(ManagedSync::running)
                .map(RunningSync::sync);
    }

    /** Questions about the runs of a sync; empty while this program does not run it. */
    Optional<RunQueries> queries(SyncId sync) {
        return recording.queries(sync);
    }

    /** Times in which runs were not watched, from a number on. */
    List<UnseenWindow> unseen(long from, int limit) throws StoreException {
        return recording.unseen(from, limit);
    }

    /** A sync that questions are about; empty when it does not run. */
    Optional<AskedSync> asked(SyncId id) {
        return Optional.ofNullable(managed.get(id))
                .flatMap(ManagedSync::running)
                .map(running -> running.asked(parts, queries(id).orElse(null)));
    }

    void start() {
        rollbackResources.start();
        resources.start();
    }

    /** Why it cannot serve; empty when it can. */
    String trouble() {
        return resources.failure().map(ClusterException::getMessage).orElse("");
    }

    @Override
    public long term() {
        return number;
    }

    @Override
    public void check() throws StoreException {
        if (over.get()) {
            throw new StoreException("this program leads no more and writes nothing more", false);
        }
    }

    /** Ends at once: another program is about to lead. */
    void abandon() {
        over.set(true);
        end(ManagedSync::abandon);
    }

    /** Finishes what has begun, and ends. */
    @Override
    public void close() {
        end(ManagedSync::close);
        over.set(true);
    }

    private void end(Consumer<ManagedSync> how) {
        recording.ending();
        resources.close();
        rollbackResources.close();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            // At once, however many there are: each waits for the call that it is in.
            managed.values().forEach(sync -> threads.execute(() -> how.accept(sync)));
        }
        recording.close();
        sources.close();
        informers.close();
    }

    private void changed(ObjectKey key) {
        SyncId id = new SyncId(key.namespace(), key.name());
        if (over.get()) {
            return;
        }
        labels.put(Stamps.label(id), id);
        managed.computeIfAbsent(id, fresh -> {
                    ManagedSync sync = new ManagedSync(fresh, parts);
                    sync.start();
                    return sync;
                })
                .look();
        rollbacks.lookFor(id);
        parts.dependents().of(id).forEach(this::moved);
    }

    /** What a sync may wait for moved. */
    private void moved(SyncId waiting) {
        running(waiting).ifPresent(Sync::gateMoved);
    }

    private void rollback(ObjectKey key) {
        if (!over.get()) {
            rollbacks.look(key);
        }
    }

    /** Another sync gave up what this one wants. */
    private void freed(SyncId id) {
        running(id).ifPresent(sync -> sync.reconcile(null));
    }

    private void touched(ObjectKey key, String owner) {
        SyncId id = labels.get(owner);
        ManagedSync sync = id == null ? null : managed.get(id);
        if (sync != null) {
            sync.touched(key);
        }
    }
}
