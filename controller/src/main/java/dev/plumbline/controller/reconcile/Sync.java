package dev.plumbline.controller.reconcile;

import dev.plumbline.controller.apply.Applier;
import dev.plumbline.controller.apply.ClusterWriter;
import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.live.ClusterReader;
import dev.plumbline.controller.plan.Plan;
import dev.plumbline.controller.status.Notice;
import dev.plumbline.controller.status.Notice.Kind;
import dev.plumbline.controller.status.SyncStatus;
import dev.plumbline.controller.trigger.Trigger;
import dev.plumbline.registry.history.HistoryEntry;
import dev.plumbline.registry.history.HistoryLog;
import dev.plumbline.registry.history.Persons;
import dev.plumbline.registry.history.ReleaseArchive;
import dev.plumbline.registry.metrics.Metrics;
import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.model.Person;
import dev.plumbline.registry.source.Refs;
import dev.plumbline.registry.source.Repository;
import dev.plumbline.registry.source.SourceException;
import dev.plumbline.registry.store.StoreException;
import dev.plumbline.registry.store.Stores;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One source path kept applied to one cluster: what the program starts, asks and stops. */
public final class Sync implements Poller.Listener, AutoCloseable {

    private final SyncSpec spec;
    private final Releases releases;
    private final HistoryLog history;
    private final Persons persons;
    private final SyncStore store;
    private final Drafts drafts;
    private final Planning planning;
    private final Reconciler reconciler;
    private final Notices notices;
    private final SyncWorker worker;
    private volatile String away = "";
    private volatile String unknownBranch = "";

    private Sync(Setup setup) throws StoreException, ClusterException {
        this.spec = setup.spec();
        this.releases = setup.releases();
        SyncKeys keys = SyncKeys.of(setup.reader().clusterId(), spec.id());
        this.history = HistoryLog.open(setup.stores().logs(), keys.history());
        this.persons = setup.persons();
        this.store = new SyncStore(setup.stores(), keys);
        this.drafts = new Drafts(setup.repository(), history, store, persons, setup.clock());
        this.planning = new Planning(spec.id(), spec.budget(), store, new LiveObjects(setup.reader()));
        this.notices = new Notices(setup.notices(), setup.metrics(), setup.clock());
        this.reconciler = new Reconciler(new Reconciler.Parts(
                releases,
                setup.archive(),
                history,
                store,
                drafts,
                planning,
                new Applying(store, new Applier(Applier.Setup.alone(setup.reader(), setup.writer()))),
                notices));
        this.worker = new SyncWorker(reconciler, store, notices, spec.id().toString());
    }

    /**
     * What a sync is made of.
     *
     * @param spec what it keeps applied
     * @param repository what was fetched of its repository
     * @param releases what a commit means for its path
     * @param stores where it keeps its values
     * @param archive where it keeps Releases
     * @param persons names of persons
     * @param reader looks at its cluster
     * @param writer changes its cluster
     * @param notices hears what it does
     * @param metrics counts what it does
     * @param clock tells the time
     */
    public record Setup(
            SyncSpec spec,
            Repository repository,
            Releases releases,
            Stores stores,
            ReleaseArchive archive,
            Persons persons,
            ClusterReader reader,
            ClusterWriter writer,
            Consumer<Notice> notices,
            Metrics metrics,
            InstantSource clock) {}

    /**
     * Opens a sync and what it remembers; it does nothing until it is started.
     *
     * @throws StoreException when what it remembers cannot be read
     * @throws ClusterException when the cluster does not say who it is
     */
    public static Sync open(Setup setup) throws StoreException, ClusterException {
        return new Sync(setup);
    }

    /** Finishes what an earlier program had begun, and then follows the branch. */
    public void start() {
        worker.start();
    }

    @Override
    public void close() {
        worker.close();
    }

    @Override
    public void seen(Refs refs) {
        notices.polled(true);
        Optional<CommitId> head = refs.resolve(spec.branch());
        if (head.isPresent()) {
            unknownBranch = "";
            worker.head(head.get());
        } else if (unknownBranch.isEmpty()) {
            unknownBranch = "it has no branch or tag named " + (spec.branch().isEmpty() ? "HEAD" : spec.branch());
            notices.say(Kind.SOURCE, spec.url() + ": " + unknownBranch);
        }
    }

    @Override
    public void away(String why, Duration pause) {
        away = why;
        notices.polled(false);
        notices.say(Kind.SOURCE, why + "; trying again in " + pause.toSeconds() + " s and ever less often");
    }

    @Override
    public void back() {
        away = "";
        notices.say(Kind.SOURCE, spec.url() + " answers again");
    }

    /** What it keeps applied. */
    public SyncSpec spec() {
        return spec;
    }

    /** What became of each head. */
    public HistoryLog history() {
        return history;
    }

    /** How many objects it owns. */
    public int owned() throws StoreException, SourceException, ClusterException {
        return worker.alone(() -> store.inventory().items().size());
    }

    /** Where it stands. */
    public SyncStatus status() throws StoreException, SourceException, ClusterException {
        boolean suspended = worker.alone(() -> store.state().suspended());
        return SyncStatus.of(
                worker.newest(), history.last().orElse(null), suspended, away.isEmpty() ? unknownBranch : away);
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

    /** Stops applying, or goes on. */
    public void suspend(boolean suspended) throws StoreException, SourceException, ClusterException {
        worker.alone(() -> {
            store.save(store.state().withSuspended(suspended));
            return suspended;
        });
        if (!suspended) {
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
