package dev.plumbline.controller.reconcile;

import dev.plumbline.controller.apply.ApplyResult;
import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.plan.Plan;
import dev.plumbline.controller.plan.PlanRules.DriftPolicy;
import dev.plumbline.controller.quarantine.Quarantine;
import dev.plumbline.controller.spec.PipelineSyncSpec.Mode;
import dev.plumbline.controller.spec.PipelineSyncSpec.OnFailure;
import dev.plumbline.controller.spec.Reason;
import dev.plumbline.controller.status.Wait;
import dev.plumbline.controller.trigger.Trigger;
import dev.plumbline.registry.history.HistoryEntry;
import dev.plumbline.registry.history.HistoryLog;
import dev.plumbline.registry.history.Outcome;
import dev.plumbline.registry.history.Persons;
import dev.plumbline.registry.history.ReleaseArchive;
import dev.plumbline.registry.history.ReleaseRecord;
import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.registry.model.Person;
import dev.plumbline.registry.release.Release;
import dev.plumbline.registry.source.SourceException;
import dev.plumbline.registry.store.StoreException;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The corridor of one sync: release, plan, apply, history. It is run by one worker, so its methods are never called at the same
 * time; what it needs to know of the outside is handed to it.
 */
final class Reconciler {

    /** Who rolls back when nobody was asked. */
    private static final Person ITSELF = new Person("plumbline", "");

    private final Releases releases;
    private final ReleaseArchive archive;
    private final HistoryLog history;
    private final SyncStore store;
    private final Drafts drafts;
    private final Planning planning;
    private final Applying applying;
    private final Journal journal;
    private final Notices notices;
    private final SyncRules rules;
    private final Persons persons;
    private volatile @Nullable Wait held;
    private final AppliedHealth health;

    /** One whose sync was opened; what it remembers is read. */
    Reconciler(Parts parts) throws StoreException {
        this.releases = parts.releases();
        this.archive = parts.archive();
        this.history = parts.history();
        this.store = parts.store();
        this.drafts = parts.drafts();
        this.planning = parts.planning();
        this.applying = parts.applying();
        this.notices = parts.notices();
        this.health = parts.health();
        this.journal = new Journal(history, store, drafts, notices);
        this.rules = parts.rules();
        this.persons = parts.persons();
    }

    /** What the corridor walks through. */
    record Parts(
            Releases releases,
            ReleaseArchive archive,
            HistoryLog history,
            SyncStore store,
            Drafts drafts,
            Planning planning,
            Applying applying,
            AppliedHealth health,
            Notices notices,
            SyncRules rules,
            Persons persons) {}

    /**
     * Makes the cluster what a head asks for, and writes what became of it.
     *
     * @param confirmed digest of deletions that a person confirmed; null when none did
     * @param newer turns true when a newer head is there
     * @return what became of it; empty when nothing had to be done or said
     */
    Optional<HistoryEntry> head(CommitId head, Trigger trigger, @Nullable Digest confirmed, BooleanSupplier newer)
            throws SourceException, StoreException, ClusterException {
        Candidate candidate = releases.at(head);
        HistoryEntry draft = drafts.of(candidate, trigger);
        notices.commit(candidate.commit(), draft);
        if (!candidate.release().valid()) {
            return Optional.of(journal.ended(draft, Outcome.BROKEN, "see the findings"));
        }
        held = isAway(held) ? held : null; // What the API server did not do is not done until it is tried again.
        Optional<String> quarantined = held(candidate);
        if (quarantined.isPresent()) {
            return Optional.of(quarantined(draft, trigger, quarantined.get()));
        }
        ReleaseRecord release = Drafts.record(candidate.release());
        boolean applied = isApplied(release.digest());
        if (applied && rules.mode() != Mode.OBSERVE && planning.settled(release)) {
            return unchanged(release, draft, trigger);
        }
        Plan plan = planning.plan(release, draft, confirmed);
        if (plan.confirmation() != null) {
            String why = "it deletes more than the budget; confirm with --confirm " + plan.confirmation();
            held = new Wait(Reason.CONFIRMATION_NEEDED, why, null, plan.confirmation());
            return Optional.of(journal.ended(draft, Outcome.HELD, why));
        }
        if (rules.mode() == Mode.OBSERVE) {
            return Optional.of(observed(draft, plan));
        }
        if (plan.isEmpty() && applied) {
            return unchanged(release, draft, trigger);
        }
        HistoryEntry entry = apply(release, drafts.archived(draft, archive.save(release)), plan, newer);
        if (entry.outcome() == Outcome.APPLIED && !entry.trigger().equals(Trigger.ROLLBACK.name())) {
            store.release();
        }
        return Optional.of(entry);
    }

    private Optional<HistoryEntry> unchanged(ReleaseRecord release, HistoryEntry draft, Trigger trigger)
            throws StoreException, ClusterException {
        held = null;
        if (trigger == Trigger.MANUAL) {
            health.look(release); // After a start nothing is known of what an earlier program applied.
        }
        return trigger == Trigger.POLL ? Optional.of(journal.ended(draft, Outcome.UNCHANGED, "")) : Optional.empty();
    }

    private static boolean isAway(@Nullable Wait wait) {
        return wait != null && wait.reason() == Reason.CLUSTER_UNAVAILABLE;
    }

    private boolean isApplied(Digest release) {
        Optional<HistoryEntry> last = history.lastApplied();
        return last.isPresent() && release.equals(last.get().release());
    }

    private HistoryEntry quarantined(HistoryEntry draft, Trigger trigger, String why) throws StoreException {
        held = Wait.of(Reason.QUARANTINED, why);
        // Only a new head is news; the one that was rolled back from has its entry already.
        return trigger == Trigger.POLL
                ? journal.ended(draft, Outcome.HELD, why)
                : draft.ended(Outcome.HELD, why, draft.changes(), drafts.now());
    }

    private HistoryEntry observed(HistoryEntry draft, Plan plan) throws StoreException {
        String what = "mode Observe: " + plan.summary() + "; nothing was written";
        held = Wait.of(Reason.OBSERVED, what);
        return journal.ended(draft, Outcome.HELD, what);
    }

    /** Deletes everything that is owned; empty when nothing ever was applied. */
    Optional<HistoryEntry> remove() throws StoreException, ClusterException {
        Optional<HistoryEntry> last = history.lastApplied();
        if (last.isEmpty()) {
            return Optional.empty();
        }
        HistoryEntry draft = drafts.again(last.get(), Trigger.REMOVAL);
        Plan plan = planning.removal(draft);
        notices.plan(plan, draft);
        return Optional.of(journal.finish(drafts.planned(draft, plan), applying.apply(plan, () -> false)));
    }

    /** Why the newest head is held, or what is not healthy of what is applied; null when neither is. */
    @Nullable
    Wait held() {
        Wait now = held;
        return now == null ? health.unhealthy() : now;
    }

    /** Why quarantine holds a candidate; empty when it does not. */
    Optional<String> held(Candidate candidate) throws StoreException {
        Quarantine quarantine = store.quarantine();
        return quarantine
                .hit(candidate.release().plain())
                .map(key -> key.display() + " has the content that was rolled back from (" + quarantine.reason() + ")");
    }

    /** Restores an applied revision from the archive, and quarantines what differs from it now (law 5). */
    HistoryEntry rollback(HistoryEntry to, String reason, Digest actor) throws StoreException, ClusterException {
        held = null;
        return restore(to, load(history.lastApplied().orElseThrow()), reason, actor);
    }

    /** Finishes what an earlier program had begun when it ended; empty when it had begun nothing. */
    Optional<HistoryEntry> resume(BooleanSupplier newer) throws StoreException, ClusterException {
        SyncState.Intent intent = store.state().intent();
        Optional<HistoryEntry> draft = intent == null ? Optional.empty() : store.draft(intent.entry());
        if (intent == null || draft.isEmpty()) {
            return Optional.empty();
        }
        HistoryEntry begun = draft.get();
        boolean written = history.last()
                .filter(last ->
                        last.commit().equals(begun.commit()) && last.seen().equals(begun.seen()))
                .isPresent();
        if (written) {
            store.save(store.state().done(begun.commit()));
            return Optional.empty();
        }
        ReleaseRecord release = load(begun);
        Plan plan = planning.plan(release, begun, null);
        return Optional.of(journal.finish(begun, applying.apply(plan, newer)));
    }

    /** Whether one of these objects is owned and stands in another version than the one that our last apply made. */
    boolean changedByOthers(Set<ObjectKey> keys) throws StoreException, ClusterException {
        return planning.changedByOthers(keys);
    }

    /** Undoes what somebody else changed on owned objects: the applied Release again. */
    Optional<HistoryEntry> repair() throws StoreException, ClusterException {
        Optional<HistoryEntry> applied = history.lastApplied();
        if (applied.isEmpty() || rules.mode() == Mode.OBSERVE) {
            return Optional.empty();
        }
        HistoryEntry draft = drafts.again(applied.get(), Trigger.DRIFT);
        ReleaseRecord release = load(applied.get());
        Plan plan = planning.plan(release, draft, null);
        if (rules.plan().drift() == DriftPolicy.REPORT) {
            notices.drift(plan);
        }
        return plan.isEmpty() ? Optional.empty() : Optional.of(apply(release, draft, plan, () -> false));
    }

    private HistoryEntry apply(ReleaseRecord release, HistoryEntry draft, Plan plan, BooleanSupplier newer)
            throws StoreException, ClusterException {
        Plan tried = applying.tried(plan);
        notices.plan(tried, draft);
        HistoryEntry planned = drafts.planned(draft, tried);
        if (tried.refusals().isEmpty()) {
            applying.claim(release, tried);
            store.save(store.state().begun(new SyncState.Intent(draft.commit(), store.saveDraft(planned))));
        }
        ApplyResult result = applying.apply(tried, newer);
        health.after(result, newer);
        HistoryEntry entry = journal.finish(health.isWell() ? planned : planned.but(health.words()), result);
        if (!tried.refusals().isEmpty()) {
            held = Wait.of(Reason.CONFLICT, entry.reason());
        } else if (result.failedByServer()) {
            held = Wait.of(Reason.CLUSTER_UNAVAILABLE, entry.reason());
        } else if (isAway(held)) {
            held = null;
        }
        boolean bad = result.failedByContent() || health.hasFailed();
        return bad
                        && rules.onFailure() == OnFailure.ROLLBACK
                        && !draft.trigger().equals(Trigger.ROLLBACK.name())
                ? restored(release, entry)
                : entry;
    }

    /** Restores the revision before one that failed for a reason in its content; the same entry where there is none. */
    private HistoryEntry restored(ReleaseRecord bad, HistoryEntry failed) throws StoreException, ClusterException {
        Optional<HistoryEntry> good =
                failed.outcome() == Outcome.APPLIED ? history.revision(failed.revision() - 1) : history.lastApplied();
        if (good.isEmpty()) {
            return failed;
        }
        String why = "commit " + failed.commit().abbreviated() + " failed: " + failed.reason();
        return restore(good.get(), bad, why, persons.digest(ITSELF));
    }

    private HistoryEntry restore(HistoryEntry to, ReleaseRecord bad, String reason, Digest actor)
            throws StoreException, ClusterException {
        ReleaseRecord good = load(to);
        HistoryEntry draft = drafts.rollback(to, reason, actor);
        Plan plan = planning.plan(good, draft, null);
        store.save(Quarantine.between(bad.plain(), good.plain(), good.contentNamed(), reason));
        return apply(good, draft, plan, () -> false);
    }

    /** Looks again at what was not healthy; empty when nothing was, or still is not. */
    boolean recovered() {
        return health.recovered();
    }

    private ReleaseRecord load(HistoryEntry entry) throws StoreException {
        Optional<Release> known = releases.newest()
                .map(Candidate::release)
                .filter(release -> release.valid() && release.digest().equals(entry.release()));
        if (known.isPresent()) {
            return Drafts.record(known.get());
        }
        Digest record = entry.record();
        Optional<ReleaseRecord> release = record == null ? Optional.empty() : archive.load(record);
        return release.orElseThrow(() -> new StoreException(
                "the manifests of history entry " + entry.number() + " are missing from the store; restore the store",
                false));
    }
}
