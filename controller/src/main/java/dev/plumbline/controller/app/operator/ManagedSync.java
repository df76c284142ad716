package dev.plumbline.controller.app.operator;

import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.spec.Conditions;
import dev.plumbline.controller.spec.PipelineSync;
import dev.plumbline.controller.spec.Reason;
import dev.plumbline.controller.spec.SpecProblem;
import dev.plumbline.controller.status.Notice;
import dev.plumbline.controller.status.Standing;
import dev.plumbline.registry.cel.ExpressionException;
import dev.plumbline.registry.history.HistoryEntry;
import dev.plumbline.registry.history.Outcome;
import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.registry.model.SyncId;
import dev.plumbline.registry.source.SourceException;
import dev.plumbline.registry.store.StoreException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One PipelineSync of the cluster: runs what its spec says now, and writes its status. Its thread does nothing for others, so that
 * a sync whose repository hangs or whose spec is wrong keeps nobody waiting.
 */
final class ManagedSync implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ManagedSync.class);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);
    private static final int MOST_DOUBLINGS = 7;

    /** What is over sooner is not worth a status of its own: of a thousand syncs that apply at once each writes one. */
    static final Duration BRIEF = Duration.ofSeconds(1);

    private final SyncId id;
    private final Parts parts;
    private final SeenSync seen;
    private final SyncStatusWriter status;
    private final Semaphore wake = new Semaphore(0);
    private final Thread thread;
    private volatile boolean closed;
    private volatile @Nullable RunningSync running;
    private String handledRequest = "";
    private String handledConfirmation = "";
    private int failures;
    private long busySince;
    private @Nullable Long turn;

    ManagedSync(SyncId id, Parts parts) {
        this.id = id;
        this.parts = parts;
        this.seen = new SeenSync(parts.syncs(), id);
        this.status = new SyncStatusWriter(parts.cluster(), parts.syncs(), seen, parts.clock());
        this.thread = Thread.ofVirtual().name("resource " + id).unstarted(this::loop);
    }

    void start() {
        thread.start();
        look();
    }

    /** Something may have changed: the resource, or what it says of itself. */
    void look() {
        wake.release();
    }

    /** One of its objects changed in the cluster. */
    void touched(ObjectKey key) {
        RunningSync now = running;
        if (now != null) {
            now.sync().touched(key);
        }
    }

    /** What runs now; empty while nothing does. */
    Optional<RunningSync> running() {
        return Optional.ofNullable(running);
    }

    /** Ends without writing anything more: another program is about to lead. */
    void abandon() {
        closed = true;
        RunningSync now = running;
        if (now != null) {
            now.abandon();
        }
        close();
    }

    @Override
    public void close() {
        closed = true;
        wake.release();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        end();
    }

    private void loop() {
        while (await()) {
            try {
                step();
                failures = 0;
            } catch (SourceException | StoreException | ClusterException e) {
                failures++;
                trouble(e);
            } catch (RuntimeException e) { // A bug ends one look at one sync, never the program.
                failures++;
                LOG.error("looking at sync {} ended by a bug", id, e);
            }
        }
    }

    private boolean await() {
        try {
            Duration rest = rest();
            if (rest == null) {
                wake.acquire();
            } else {
                var _ = wake.tryAcquire(rest.toNanos(), TimeUnit.NANOSECONDS);
            }
            wake.drainPermits();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closed = true;
        }
        return !closed;
    }

    /** How long it rests at most; null for as long as nothing is heard. */
    private @Nullable Duration rest() {
        if (failures > 0) {
            return FIRST_PAUSE.multipliedBy(1L << Math.min(failures - 1, MOST_DOUBLINGS));
        }
        Long tells = turn;
        if (busySince != 0 || tells == null) {
            return busySince == 0 ? null : BRIEF;
        }
        return Duration.ofNanos(Math.max(0, tells - System.nanoTime()));
    }

    private void step() throws SourceException, StoreException, ClusterException {
        Optional<PipelineSync> found = seen.resource();
        if (found.isEmpty()) {
            end();
            parts.claims().forget(id);
            return;
        }
        PipelineSync resource = found.get();
        Optional<Conditions> refused = Allowance.refused(resource, parts.options());
        if (refused.isPresent()) {
            end();
            status.refused(resource, refused.get());
            return;
        }
        try {
            if (resource.metadata().deleting()) {
                delete(resource);
            } else {
                Finalizers.keep(parts.cluster(), resource, resource.needsFinalizer());
                run(resource);
            }
        } catch (ExpressionException e) {
            end();
            SpecProblem problem = new SpecProblem("spec.health.rules", String.valueOf(e.getMessage()));
            status.refused(resource, Conditions.invalid(List.of(problem)));
        }
    }

    private void run(PipelineSync resource)
            throws SourceException, StoreException, ClusterException, ExpressionException {
        RunningSync now = running;
        if (now == null || !now.runs(resource)) {
            SyncBehaviour behaviour = SyncBehaviour.of(resource.spec());
            end();
            parts.dependents().depends(id, resource.spec().dependsOn());
            now = RunningSync.start(
                    parts,
                    resource,
                    behaviour,
                    new SyncGate(resource, parts),
                    notice -> heard(resource, notice),
                    this::look);
            running = now;
            now.sync().gateMoved(); // What moved while it started did not find it running.
        }
        Standing standing = now.sync().standing();
        follow(resource, now, standing);
        if (!briefly(standing)) {
            long time = System.nanoTime();
            Long tells = turn;
            boolean later = tells == null || time < tells;
            boolean said = status.write(resource, now.sync(), standing, handledRequest, later);
            turn = said ? null : tells == null ? Long.valueOf(parts.pace().turn(time)) : tells;
        }
    }

    /** Whether it is on its way since a moment only; then it is looked at again by itself. */
    private boolean briefly(Standing standing) {
        boolean busy = standing.reason() == Reason.APPLYING || standing.reason() == Reason.STARTING;
        busySince = !busy ? 0 : busySince == 0 ? System.nanoTime() : busySince;
        return busy && System.nanoTime() - busySince < BRIEF.toNanos();
    }

    /** Does what annotations of people ask for, each value once. */
    private void follow(PipelineSync resource, RunningSync now, Standing standing) {
        String request = resource.metadata().annotation(PipelineSync.SYNC_REQUESTED);
        if (handledRequest.isEmpty()) {
            handledRequest = status.handledRequest();
        }
        if (!request.isEmpty() && !request.equals(handledRequest)) {
            handledRequest = request;
            now.again();
        }
        String confirmation = resource.metadata().annotation(PipelineSync.CONFIRM_DELETIONS);
        Digest waiting = standing.confirmation();
        if (waiting != null && waiting.value().equals(confirmation) && !confirmation.equals(handledConfirmation)) {
            handledConfirmation = confirmation;
            now.sync().reconcile(waiting);
        }
    }

    private void delete(PipelineSync resource)
            throws SourceException, StoreException, ClusterException, ExpressionException {
        if (resource.metadata().finalizers().contains(PipelineSync.FINALIZER)) {
            if (running == null) {
                run(resource);
            }
            RunningSync now = running;
            if (now != null && resource.needsFinalizer()) {
                status.deleting(resource);
                now.sync().suspend(true);
                Optional<HistoryEntry> removed = now.sync().remove();
                if (removed.isPresent() && removed.get().outcome() != Outcome.APPLIED) {
                    throw new StoreException(
                            "deleting the objects of " + id + " did not end: "
                                    + removed.get().reason(),
                            true);
                }
            }
        }
        end();
        // As it stands now: its status was written meanwhile.
        Optional<PipelineSync> now = seen.resource();
        if (now.isPresent()) {
            Finalizers.keep(parts.cluster(), now.get(), false);
        }
    }

    private void heard(PipelineSync resource, Notice notice) {
        RunningSync now = running;
        parts.events().tell(resource, now == null ? null : now.sync().head(), notice);
        look();
    }

    private void trouble(Exception e) {
        LOG.atWarn().addKeyValue("sync", id).log("{}", e.getMessage());
        try {
            Optional<PipelineSync> resource = seen.resource();
            if (resource.isPresent()) {
                status.trouble(resource.get(), e);
            }
        } catch (ClusterException more) {
            LOG.warn("the status of {} was not written: {}", id, more.getMessage());
        }
    }

    private void end() {
        RunningSync now = running;
        running = null;
        turn = null;
        parts.dependents().depends(id, List.of());
        if (now != null) {
            now.close();
        }
    }
}
