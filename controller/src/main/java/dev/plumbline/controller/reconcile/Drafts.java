package dev.plumbline.controller.reconcile;

import dev.plumbline.controller.apply.ApplyResult;
import dev.plumbline.controller.plan.Change;
import dev.plumbline.controller.plan.Plan;
import dev.plumbline.controller.trigger.Trigger;
import dev.plumbline.registry.history.HistoryEntry;
import dev.plumbline.registry.history.HistoryLog;
import dev.plumbline.registry.history.Outcome;
import dev.plumbline.registry.history.Persons;
import dev.plumbline.registry.history.RecordedChange;
import dev.plumbline.registry.history.ReleaseRecord;
import dev.plumbline.registry.model.Commit;
import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.registry.release.Release;
import dev.plumbline.registry.source.Repository;
import dev.plumbline.registry.source.SourceException;
import dev.plumbline.registry.store.StoreException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes history entries, from the first sight of a head to what became of it. */
final class Drafts {

    /** Most passed-over commits that an entry names. */
    static final int MAX_PASSED_OVER = 1000;

    private final Repository repository;
    private final HistoryLog history;
    private final SyncStore store;
    private final Persons persons;
    private final InstantSource clock;

    Drafts(Repository repository, HistoryLog history, SyncStore store, Persons persons, InstantSource clock) {
        this.repository = repository;
        this.history = history;
        this.store = store;
        this.persons = persons;
        this.clock = clock;
    }

    Instant now() {
        return clock.instant();
    }

    /** A head as it is seen. */
    HistoryEntry of(Candidate candidate, Trigger trigger) throws SourceException, StoreException {
        Commit commit = candidate.commit();
        CommitId previous = store.state().head();
        boolean forced =
                previous != null && !follows(commit, previous) && !repository.isAncestor(previous, commit.id());
        List<CommitId> passedOver =
                previous == null || forced || follows(commit, previous) ? List.of() : passedOver(commit, previous);
        Release release = candidate.release();
        return new HistoryEntry(
                0,
                0,
                Outcome.FAILED,
                commit.id(),
                commit.subject(),
                persons.digest(commit.author()),
                trigger.name(),
                null,
                "",
                release.valid() ? release.digest() : null,
                null,
                previous,
                forced,
                passedOver,
                List.of(),
                candidate.made(),
                release.findings(),
                now(),
                now());
    }

    /** Whether a commit is another or comes right after it: as most heads do, of which nothing more needs to be read. */
    private static boolean follows(Commit commit, CommitId previous) {
        return commit.id().equals(previous)
                || (!commit.parents().isEmpty() && commit.parents().getFirst().equals(previous));
    }

    private List<CommitId> passedOver(Commit commit, CommitId previous) throws SourceException {
        List<CommitId> passedOver = new ArrayList<>();
        for (Commit older : repository.mainline(commit.id(), MAX_PASSED_OVER)) {
            if (older.id().equals(previous)) {
                break;
            }
            passedOver.add(older.id());
        }
        passedOver.remove(commit.id());
        return passedOver;
    }

    /** A revision that is to be applied again because a person asked. */
    HistoryEntry rollback(HistoryEntry to, String reason, Digest actor) throws StoreException {
        HistoryEntry again = again(to, Trigger.ROLLBACK);
        return new HistoryEntry(
                0,
                0,
                Outcome.FAILED,
                again.commit(),
                again.subject(),
                again.author(),
                again.trigger(),
                actor,
                reason,
                again.release(),
                again.record(),
                store.state().head(),
                false,
                List.of(),
                List.of(),
                again.blame(),
                List.of(),
                again.seen(),
                again.finished());
    }

    /** A revision that is to be applied again. */
    HistoryEntry again(HistoryEntry applied, Trigger trigger) {
        return new HistoryEntry(
                0,
                0,
                Outcome.FAILED,
                applied.commit(),
                applied.subject(),
                applied.author(),
                trigger.name(),
                null,
                "",
                applied.release(),
                applied.record(),
                applied.commit(),
                false,
                List.of(),
                List.of(),
                applied.blame(),
                List.of(),
                now(),
                now());
    }

    /** The same with the place of its Release in the archive. */
    HistoryEntry archived(HistoryEntry draft, Digest record) {
        return new HistoryEntry(
                draft.number(),
                draft.revision(),
                draft.outcome(),
                draft.commit(),
                draft.subject(),
                draft.author(),
                draft.trigger(),
                draft.actor(),
                draft.reason(),
                draft.release(),
                record,
                draft.previous(),
                draft.forced(),
                draft.passedOver(),
                draft.changes(),
                draft.blame(),
                draft.findings(),
                draft.seen(),
                draft.finished());
    }

    /** The same with what is meant to be done. */
    HistoryEntry planned(HistoryEntry draft, Plan plan) {
        List<RecordedChange> changes = new ArrayList<>();
        for (Change change : plan.changes()) {
            if (change.writes()) {
                changes.add(recorded(change, ""));
            }
        }
        return draft.ended(Outcome.FAILED, draft.reason(), changes, draft.finished());
    }

    /** The same with what was done. What the first plan meant and a later one found done, was done. */
    HistoryEntry applied(HistoryEntry planned, ApplyResult result) {
        Map<ObjectKey, String> errors = new HashMap<>();
        result.failures().forEach(failure -> errors.put(failure.change().key(), String.valueOf(failure.error())));
        Map<ObjectKey, Boolean> tried = new HashMap<>();
        result.results().forEach(one -> tried.put(one.change().key(), true));
        List<RecordedChange> changes = new ArrayList<>();
        for (RecordedChange change : planned.changes()) {
            String error = errors.getOrDefault(change.object(), "");
            if (error.isEmpty() && !result.complete() && !tried.containsKey(change.object())) {
                error = result.cancelled() ? "not done: a newer commit came" : "not done: an earlier change failed";
            }
            changes.add(new RecordedChange(change.action(), change.object(), change.before(), change.after(), error));
        }
        if (result.complete()) {
            return planned.ended(Outcome.APPLIED, planned.reason(), changes, now());
        }
        return result.cancelled()
                ? planned.ended(Outcome.SUPERSEDED, "a newer commit came while it was applied", changes, now())
                : planned.ended(Outcome.FAILED, firstError(result), changes, now());
    }

    /** A Release as the archive keeps it. */
    static ReleaseRecord record(Release release) {
        return new ReleaseRecord(
                release.path(),
                release.digest(),
                release.objects(),
                List.of(),
                release.plain(),
                release.contentNamed(),
                release.versions());
    }

    /** The newest revision before the newest one; null when there is none. */
    @Nullable
    HistoryEntry before() throws StoreException {
        long newest = history.lastApplied().map(HistoryEntry::revision).orElse(0L);
        return history.revision(newest - 1).orElse(null);
    }

    private static String firstError(ApplyResult result) {
        return String.valueOf(result.failures().getFirst().error())
                + (result.failures().size() > 1 ? " (and " + (result.failures().size() - 1) + " more)" : "");
    }

    private static RecordedChange recorded(Change change, String error) {
        return new RecordedChange(change.action().name(), change.key(), change.before(), change.after(), error);
    }
}
