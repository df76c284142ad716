package dev.plumbline.controller.reconcile;

import dev.plumbline.controller.apply.ApplyResult;
import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.plan.Plan;
import dev.plumbline.controller.quarantine.Quarantine;
import dev.plumbline.controller.trigger.Trigger;
import dev.plumbline.registry.history.HistoryEntry;
import dev.plumbline.registry.history.HistoryLog;
import dev.plumbline.registry.history.Outcome;
import dev.plumbline.registry.history.ReleaseArchive;
import dev.plumbline.registry.history.ReleaseRecord;
import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.source.SourceException;
import dev.plumbline.registry.store.StoreException;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The corridor of one sync: release, plan, apply, history. It is run by one worker, so its methods are never called at the same
 * time; what it needs to know of the outside is handed to it.
 */
final class Reconciler {

    private final Releases releases;
    private final ReleaseArchive archive;
    private final HistoryLog history;
    private final SyncStore store;
    private final Drafts drafts;
    private final Planning planning;
    private final Applying applying;
    private final Notices notices;

    Reconciler(Parts parts) {
        this.releases = parts.releases();
        this.archive = parts.archive();
        this.history = parts.history();
        this.store = parts.store();
        this.drafts = parts.drafts();
        this.planning = parts.planning();
        this.applying = parts.applying();
        this.notices = parts.notices();
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
            Notices notices) {}

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
            return Optional.of(ended(draft, Outcome.BROKEN, "see the findings"));
        }
        Optional<String> held = held(candidate);
        if (held.isPresent()) {
            // Only a new head is news; the one that was rolled back from has its entry already.
            return Optional.of(
                    trigger == Trigger.POLL
                            ? ended(draft, Outcome.HELD, held.get())
                            : draft.ended(Outcome.HELD, held.get(), draft.changes(), drafts.now()));
        }
        ReleaseRecord release = Drafts.record(candidate.release());
        Plan plan = planning.plan(release, draft, confirmed);
        if (plan.confirmation() != null) {
            return Optional.of(ended(
                    draft,
                    Outcome.HELD,
                    "it deletes more than the budget; confirm with --confirm " + plan.confirmation()));
        }
        boolean same = history.lastApplied()
                .map(HistoryEntry::release)
                .map(candidate.release().digest()::equals)
                .orElse(false);
        if (plan.isEmpty() && same) {
            return trigger == Trigger.POLL ? Optional.of(ended(draft, Outcome.UNCHANGED, "")) : Optional.empty();
        }
        HistoryEntry entry = apply(release, drafts.archived(draft, archive.save(release)), plan, newer);
        if (entry.outcome() == Outcome.APPLIED && !store.quarantine().isEmpty()) {
            store.save(Quarantine.none());
        }
        return Optional.of(entry);
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
        HistoryEntry from = history.lastApplied().orElseThrow();
        ReleaseRecord good = load(to);
        ReleaseRecord bad = load(from);
        HistoryEntry draft = drafts.rollback(to, reason, actor);
        Plan plan = planning.plan(good, draft, null);
        store.save(Quarantine.between(bad.plain(), good.plain(), good.contentNamed(), reason));
        return apply(good, draft, plan, () -> false);
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
        return Optional.of(finish(begun, applying.apply(plan, newer)));
    }

    /** Undoes what somebody else changed on owned objects: the applied Release again. */
    Optional<HistoryEntry> repair() throws StoreException, ClusterException {
        Optional<HistoryEntry> applied = history.lastApplied();
        if (applied.isEmpty()) {
            return Optional.empty();
        }
        HistoryEntry draft = drafts.again(applied.get(), Trigger.DRIFT);
        ReleaseRecord release = load(applied.get());
        Plan plan = planning.plan(release, draft, null);
        return plan.isEmpty() ? Optional.empty() : Optional.of(apply(release, draft, plan, () -> false));
    }

    private HistoryEntry apply(ReleaseRecord release, HistoryEntry draft, Plan plan, BooleanSupplier newer)
            throws StoreException {
        notices.plan(plan, draft);
        HistoryEntry planned = drafts.planned(draft, plan);
        applying.claim(release, plan);
        store.save(store.state().begun(new SyncState.Intent(draft.commit(), store.saveDraft(planned))));
        return finish(planned, applying.apply(plan, newer));
    }

    private HistoryEntry finish(HistoryEntry planned, ApplyResult result) throws StoreException {
        return written(drafts.applied(planned, result));
    }

    private HistoryEntry ended(HistoryEntry draft, Outcome outcome, String reason) throws StoreException {
        return written(draft.ended(outcome, reason, draft.changes(), drafts.now()));
    }

    /** What came of the same head before is not written twice: a retry that fails alike says nothing new. */
    private HistoryEntry written(HistoryEntry entry) throws StoreException {
        Optional<HistoryEntry> last = history.last();
        boolean said = entry.outcome() != Outcome.APPLIED
                && last.isPresent()
                && last.get().commit().equals(entry.commit())
                && last.get().outcome() == entry.outcome()
                && last.get().reason().equals(entry.reason());
        HistoryEntry stored = said ? last.get() : history.append(entry);
        // A rollback leaves the head as it was: the newest commit of Git is still the one that was handled last.
        CommitId handled =
                stored.trigger().equals(Trigger.ROLLBACK.name()) ? store.state().head() : stored.commit();
        store.save(store.state().done(handled == null ? stored.commit() : handled));
        if (!said) {
            notices.ended(stored);
        }
        notices.owned(store.inventory().items().size());
        return stored;
    }

    private ReleaseRecord load(HistoryEntry entry) throws StoreException {
        Digest record = entry.record();
        Optional<ReleaseRecord> release = record == null ? Optional.empty() : archive.load(record);
        return release.orElseThrow(() -> new StoreException(
                "the manifests of history entry " + entry.number() + " are missing from the store; restore the store",
                false));
    }
}
