package dev.plumbline.controller.app.operator;

import dev.plumbline.controller.app.answers.AskedSync;
import dev.plumbline.controller.apply.Applier;
import dev.plumbline.controller.apply.HealthGate;
import dev.plumbline.controller.apply.InFlight;
import dev.plumbline.controller.apply.Pause;
import dev.plumbline.controller.informer.InformedCluster;
import dev.plumbline.controller.kube.KubeCluster;
import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.reconcile.HeadGate;
import dev.plumbline.controller.reconcile.Poller;
import dev.plumbline.controller.reconcile.RenderedReleases;
import dev.plumbline.controller.reconcile.Sync;
import dev.plumbline.controller.reconcile.SyncSetup;
import dev.plumbline.controller.reconcile.SyncSpec;
import dev.plumbline.controller.spec.PipelineSync;
import dev.plumbline.controller.spec.PipelineSyncSpec;
import dev.plumbline.controller.status.Notice;
import dev.plumbline.registry.blame.Timelines;
import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.model.SyncId;
import dev.plumbline.registry.query.RunQueries;
import dev.plumbline.registry.release.ReleaseRules;
import dev.plumbline.registry.render.RenderOptions;
import dev.plumbline.registry.render.Renderer;
import dev.plumbline.registry.source.SourceException;
import dev.plumbline.registry.store.StoreException;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The corridor of one PipelineSync at one state of its spec: it is ended and made anew when the spec changes. */
final class RunningSync implements AutoCloseable {

    private final PipelineSync resource;
    private final SourcePool.Subscription subscription;
    private final Sync sync;
    private final TermRecording.Recorded recorded;

    private RunningSync(
            PipelineSync resource, SourcePool.Subscription subscription, Sync sync, TermRecording.Recorded recorded) {
        this.resource = resource;
        this.subscription = subscription;
        this.sync = sync;
        this.recorded = recorded;
    }

    /**
     * Starts it.
     *
     * @param behaviour what its spec means
     * @param gate says when new heads must wait
     * @param notices hears what happens
     * @param settled called whenever its worker rests
     * @throws SourceException when its repository cannot be opened
     * @throws StoreException when what it remembers cannot be read
     * @throws ClusterException when the cluster cannot be asked
     */
    static RunningSync start(
            Parts parts,
            PipelineSync resource,
            SyncBehaviour behaviour,
            HeadGate gate,
            Consumer<Notice> notices,
            Runnable settled)
            throws SourceException, StoreException, ClusterException {
        Relay relay = new Relay();
        PipelineSyncSpec spec = resource.spec();
        SourcePool.Subscription subscription = parts.sources()
                .follow(FollowedRef.of(resource.id().namespace(), spec.source()), spec.interval(), relay);
        AppliedHearer hearer = new AppliedHearer(notices);
        Sync sync;
        try {
            sync = Sync.open(setup(parts, resource, behaviour, subscription.source(), gate, hearer, settled));
            if (sync.suspended() != spec.suspend()) {
                sync.suspend(spec.suspend());
            }
        } catch (StoreException | ClusterException | SourceException e) {
            subscription.close();
            throw e;
        }
        TermRecording.Recorded recorded = parts.recording()
                .record(
                        sync,
                        subscription.source(),
                        renderer(parts, spec),
                        spec.versions() == PipelineSyncSpec.Versions.SIDE_BY_SIDE);
        hearer.to(recorded);
        relay.to(sync);
        sync.start();
        return new RunningSync(resource, subscription, sync, recorded);
    }

    private static Renderer renderer(Parts parts, PipelineSyncSpec spec) {
        return parts.renderer().with(spec.argo() ? RenderOptions.ARGO : RenderOptions.PLAIN);
    }

    private static SyncSetup setup(
            Parts parts,
            PipelineSync resource,
            SyncBehaviour behaviour,
            OpenSource source,
            HeadGate gate,
            Consumer<Notice> notices,
            Runnable settled) {
        PipelineSyncSpec spec = resource.spec();
        KubeCluster cluster = actingAs(parts, resource);
        InformedCluster informed = new InformedCluster(parts.clusterId(), parts.informers(), cluster, cluster);
        HealthGate health =
                new HealthGate(informed, behaviour.health(), spec.health().timeout(), parts.clock(), Pause.SLEEP);
        return new SyncSetup(
                new SyncSpec(
                        resource.id(),
                        source.url(),
                        "",
                        spec.path(),
                        spec.deletionBudget(),
                        spec.argo(),
                        behaviour.rules()),
                source.repository(),
                parts.turns().inTurn(releases(parts, spec, source)),
                parts.stores(),
                parts.archive(),
                parts.persons(),
                informed,
                informed,
                applier(parts, resource.id(), behaviour, informed, health),
                parts.claims(),
                notices,
                settled,
                parts.metrics(),
                parts.clock(),
                parts.fence(),
                gate,
                health);
    }

    private static RenderedReleases releases(Parts parts, PipelineSyncSpec spec, OpenSource source) {
        Renderer renderer = renderer(parts, spec);
        return new RenderedReleases(
                source.repository(),
                renderer,
                spec.path(),
                new Timelines(source.repository(), renderer),
                new ReleaseRules(
                        spec.versions() == PipelineSyncSpec.Versions.SIDE_BY_SIDE,
                        spec.policies() == PipelineSyncSpec.Policies.ENFORCE));
    }

    private static Applier applier(
            Parts parts, SyncId id, SyncBehaviour behaviour, InformedCluster cluster, HealthGate health) {
        return new Applier(new Applier.Setup(
                cluster,
                cluster,
                health,
                key -> parts.claims().elsewhere(id, key),
                behaviour.rules().plan().ignore(),
                new InFlight(InFlight.SYNC),
                parts.inFlight(),
                Pause.SLEEP));
    }

    /** Everything that a sync does to the cluster, reads of its plan included, it does in the name of its service account. */
    private static KubeCluster actingAs(Parts parts, PipelineSync resource) {
        String account = resource.spec().serviceAccountName();
        return account == null
                ? parts.cluster()
                : parts.cluster()
                        .as("system:serviceaccount:" + resource.metadata().namespace() + ":" + account);
    }

    /** Whether it runs what a resource says now. */
    boolean runs(PipelineSync other) {
        return resource.metadata().uid().equals(other.metadata().uid())
                && resource.spec().equals(other.spec());
    }

    Sync sync() {
        return sync;
    }

    /** The sync, for questions. */
    AskedSync asked(Parts parts, @Nullable RunQueries runs) {
        return new AskedSync(
                sync,
                subscription.source().repository(),
                parts.persons(),
                parts.archive(),
                parts.cluster(),
                runs,
                parts.recording().artifacts());
    }

    /** Polls at once, and looks at the newest head again where that brings no other, which would be looked at anyway. */
    void again() {
        CommitId before = sync.head();
        subscription.pollNow(() -> {
            if (Objects.equals(before, sync.head())) {
                sync.reconcile(null);
            }
        });
    }

    /** Ends without writing anything more. */
    void abandon() {
        sync.abandon();
        recorded.close();
        subscription.close();
    }

    @Override
    public void close() {
        sync.close();
        recorded.close();
        subscription.close();
    }

    /** Hears everything, and tells the recorder that something happened, and when something was applied. */
    private static final class AppliedHearer implements Consumer<Notice> {

        private final Consumer<Notice> others;
        private volatile TermRecording.@Nullable Recorded recorded;

        AppliedHearer(Consumer<Notice> others) {
            this.others = others;
        }

        void to(TermRecording.Recorded recording) {
            recorded = recording;
        }

        @Override
        public void accept(Notice notice) {
            TermRecording.Recorded told = recorded;
            if (told != null) {
                told.grew();
                if (notice.kind() == Notice.Kind.APPLIED) {
                    told.moved();
                }
            }
            others.accept(notice);
        }
    }

    /** Takes in polls that come before the sync is there. */
    private static final class Relay implements Poller.Listener<CommitId> {

        private @Nullable Sync sync;
        private @Nullable CommitId early;
        private @Nullable SourceException why;

        synchronized void to(Sync opened) {
            sync = opened;
            if (why != null) {
                opened.away(why, Duration.ZERO);
            }
            if (early != null) {
                opened.head(early);
            }
        }

        @Override
        public synchronized void seen(CommitId found) {
            if (sync == null) {
                early = found;
            } else {
                sync.head(found);
            }
        }

        @Override
        public synchronized void away(SourceException reason, Duration pause) {
            if (sync == null) {
                why = reason;
            } else {
                sync.away(reason, pause);
            }
        }

        @Override
        public synchronized void back() {
            why = null;
            if (sync != null) {
                sync.back();
            }
        }
    }
}
