package dev.plumbline.controller.reconcile;

import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.plan.Plan;
import dev.plumbline.controller.spec.Reason;
import dev.plumbline.controller.status.Notice.Kind;
import dev.plumbline.controller.status.Standing;
import dev.plumbline.controller.status.SyncStatus;
import dev.plumbline.controller.trigger.Trigger;
import dev.plumbline.registry.history.HistoryEntry;
import dev.plumbline.registry.history.HistoryLog;
import dev.plumbline.registry.history.Persons;
import dev.plumbline.registry.metrics.Metric;
import dev.plumbline.registry.metrics.Metrics;
import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.registry.model.Person;
import dev.plumbline.registry.source.Refs;
import dev.plumbline.registry.source.SourceException;
import dev.plumbline.registry.store.StoreException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One source path kept applied to one cluster: what the program starts, asks and stops. */
public final class Sync implements Poller.Listener<Refs>, AutoCloseable {

    private final SyncSpec spec;
    private final Releases releases;
    private final HistoryLog history;
    private final Persons persons;
    private final SyncStore store;
    private final Drafts drafts;
    private final Planning planning;
    private final Reconciler reconciler;
    private final Notices notices;
    private final AppliedHealth health;
    private final SyncWorker worker;
    private final Metrics metrics;
    private final Runnable settled;
    private volatile boolean suspended;
    private volatile String away = "";
    private volatile String unknownBranch = "";

    private Sync(SyncSetup setup) throws StoreException, ClusterException {
        this.spec = setup.spec();
        this.releases = setup.releases();
        SyncKeys keys = SyncKeys.of(setup.reader().clusterId(), spec.id());
        this.store = new SyncStore(setup.stores(), keys, setup.fence());
        store.enter(); // Before history is read, so that nobody of an earlier term adds to it afterwards.
        this.suspended = store.state().suspended();
        this.history = HistoryLog.open(setup.stores().logs(), keys.history());
        this.persons = setup.persons();
        this.drafts = new Drafts(setup.repository(), history, store, persons, setup.clock());
        this.planning = new Planning(spec, store, new LiveObjects(setup.reader()), setup.claims(), setup.metrics());
        this.notices = new Notices(spec.id(), setup.notices(), this::settled, setup.metrics(), setup.clock());
        this.metrics = setup.metrics();
        this.settled = setup.settled();
        notices.owned(store.inventory().items().size());
        setup.claims().wants(spec.id(), store.inventory().applied());
        this.health = new AppliedHealth(setup.health(), notices::settled);
        this.reconciler = new Reconciler(new Reconciler.Parts(
                releases,
                setup.archive(),
                history,
                store,
                drafts,
                planning,
                new Applying(store, setup.applier(), setup.writer()),
                health,
                notices,
                spec.rules(),
                persons));
        this.worker = new SyncWorker(
                reconciler, store, notices, setup.gate(), spec.id().toString());
    }

    /**
     * Opens a sync and what it remembers; it does nothing until it is started.
     *
     * @throws StoreException when what it remembers cannot be read
     * @throws ClusterException when the cluster does not say who it is
     */
    public static Sync open(SyncSetup setup) throws StoreException, ClusterException {
        return new Sync(setup);
    }

    /** Finishes what an earlier program had begun, and then follows the branch. */
    public void start() {
        worker.start();
    }

    @Override
    public void close() {
        health.stop(); // What has begun is applied to its end; its health may be waited for after the next start.
        worker.close();
        metrics.forget(spec.id());
    }

    /** The worker rests. */
    private void settled() {
        metrics.set(Metric.READY, spec.id(), standing().reason().form() == Reason.Form.READY ? 1 : 0);
        settled.run();
    }

    /** Ends at once and writes nothing more, because another program leads now. */
    public void abandon() {
        health.stop();
        worker.abandon();
        metrics.forget(spec.id());
    }

    /** The commit that is to be applied, as somebody else resolved it. */
    public void head(CommitId head) {
        notices.polled(true);
        unknownBranch = "";
        worker.head(head);
    }

    @Override
    public void seen(Refs refs) {
        Optional<CommitId> head = refs.resolve(spec.branch());
        if (head.isPresent()) {
            head(head.get());
        } else if (unknownBranch.isEmpty()) {
            unknownBranch = "it has no branch or tag named " + (spec.branch().isEmpty() ? "HEAD" : spec.branch());
            notices.say(Kind.SOURCE, spec.url() + ": " + unknownBranch);
        }
    }

    @Override
    public void away(SourceException why, Duration pause) {
        if (why.retryable()) {
            away = String.valueOf(why.getMessage());
        } else {
            unknownBranch = String.valueOf(why.getMessage());
        }
        notices.polled(false);
        notices.say(
                Kind.SOURCE, why.getMessage() + "; trying again in " + pause.toSeconds() + " s and ever less often");
    }

    @Override
    public void back() {
        away = "";
        unknownBranch = "";
        notices.say(Kind.RETURNED, spec.url() + " answers again");
    }

    /** One of its objects changed in the cluster; by whom is found out. */
    public void touched(ObjectKey key) {
        worker.touched(key);
    }

    /** What it keeps applied. */
    public SyncSpec spec() {
        return spec;
    }

    /** What became of each head. */
    public HistoryLog history() {
        return history;
    }

    /** How many objects it owns; during an apply, how many it owned before. */
    public int owned() {
        return notices.owned();
    }

    /** Namespaces in which it owns objects, or may during an apply. Asked before it is started, or by who hears its notices. */
    public Set<String> namespaces() throws StoreException {
        Set<String> namespaces = new TreeSet<>();
        store.inventory().items().keySet().forEach(key -> namespaces.add(key.namespace()));
        namespaces.remove("");
        return namespaces;
    }

    /** Where it stands. */
    public SyncStatus status() {
        return SyncStatus.of(
                worker.newest(), history.last().orElse(null), suspended, away.isEmpty() ? unknownBranch : away);
    }

    /** Where it stands, as conditions say it. */
    public Standing standing() {
        return Standing.of(new Standing.Facts(
                worker.newest(),
                history.last().orElse(null),
                suspended,
                away,
                unknownBranch,
                worker.trouble(),
                health.waiting() == null ? worker.waiting() : health.waiting(),
                reconciler.held()));
    }

    /** Forgets what was rolled back from, and looks at the newest head again. */
    public void lift() throws StoreException, SourceException, ClusterException {
        worker.alone(() -> {
            store.release();
            return true;
        });
        worker.again(null);
    }

    /** Whether nothing is applied because a person said so. */
    public boolean suspended() {
        return suspended;
    }

    /** The gate may have opened: it is asked again. */
    public void gateMoved() {
        worker.gateMoved();
    }

    /** The newest head that was seen; null before the first. */
    public @Nullable CommitId head() {
        return worker.newest();
    }

    /** What the newest head would bring; empty before the first. */
    public Optional<Candidate> candidate() throws SourceException {
        CommitId head = worker.newest();
        return head == null ? Optional.empty() : Optional.of(releases.at(head));
    }

    /** Does something while nothing is applied, so that it cannot name what is just being collected. */
    public <T> T undisturbed(Undisturbed<T> work) throws StoreException, SourceException, ClusterException {
        return worker.alone(work::run);
    }

    /** Work that must not meet an apply. */
    @FunctionalInterface
    public interface Undisturbed<T> {

        /** Does it. */
        T run() throws StoreException, SourceException, ClusterException;
    }

    /** Why a candidate would be held although it is valid; empty when it would not. */
    public Optional<String> held(Candidate candidate) throws StoreException, SourceException, ClusterException {
        return worker.alone(() -> reconciler.held(candidate));
    }

    /** What a candidate would change in the cluster now. Changes nothing. */
    public Plan plan(Candidate candidate) throws StoreException, SourceException, ClusterException {
        return worker.alone(
                () -> planning.plan(Drafts.record(candidate.release()), drafts.of(candidate, Trigger.MANUAL), null));
    }

    /** Looks at the newest head again, with the deletions allowed that a person confirmed. */
    public void reconcile(@Nullable Digest confirmed) {
        worker.again(confirmed);
    }

    /**
     * Deletes everything that it owns, whatever the budget says, and writes it down.
     *
     * @return the entry; empty when nothing was ever applied
     */
    public Optional<HistoryEntry> remove() throws StoreException, SourceException, ClusterException {
        return worker.alone(reconciler::remove);
    }

    /** Stops applying, or goes on. */
    public void suspend(boolean suspend) throws StoreException, SourceException, ClusterException {
        worker.alone(() -> {
            store.save(store.state().withSuspended(suspend));
            suspended = suspend;
            return suspend;
        });
        if (!suspend) {
            worker.again(null);
        }
    }

    /**
     * Restores an applied revision.
     *
     * @param revision its number; 0 for the one before the newest
     * @return the history entry; empty when there is no such revision
     */
    public Optional<HistoryEntry> rollback(long revision, String reason, Person actor)
            throws StoreException, SourceException, ClusterException {
        return worker.alone(() -> {
            HistoryEntry to =
                    revision == 0 ? drafts.before() : history.revision(revision).orElse(null);
            return to == null ? Optional.empty() : Optional.of(reconciler.rollback(to, reason, persons.digest(actor)));
        });
    }
}
