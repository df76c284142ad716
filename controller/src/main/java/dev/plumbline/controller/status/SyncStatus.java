package dev.plumbline.controller.status;

import dev.plumbline.controller.spec.Reason;
import dev.plumbline.registry.history.HistoryEntry;
import dev.plumbline.registry.history.Outcome;
import dev.plumbline.registry.model.CommitId;
import org.jspecify.annotations.Nullable;

/**
 * Where a sync stands.
 *
 * @param state in one word
 * @param message why
 * @param next what happens next
 */
public record SyncStatus(State state, String message, String next) {

    /** Where a sync can stand. */
    public enum State {
        /** No commit was seen yet. */
        STARTING,
        /** The newest commit is applied. */
        SYNCED,
        /** A newer commit is being worked on. */
        RECONCILING,
        /** The newest commit waits. */
        HELD,
        /** The newest commit is wrong. */
        BROKEN,
        /** The newest commit could not be applied. */
        FAILED,
        /** A person stopped it. */
        SUSPENDED;

        /** The same in the words of a custom resource's conditions. */
        public static State of(Reason reason) {
            return switch (reason) {
                case APPLIED, OBSERVED, RESTORED, ENDED -> SYNCED;
                case STARTING, SOURCE_UNAVAILABLE -> STARTING;
                case APPLYING, WAITING_FOR_HEALTH, DELETING -> RECONCILING;
                case ROLLED_BACK, QUARANTINED, CONFIRMATION_NEEDED, FROZEN, WAITING_FOR_DEPENDENCIES -> HELD;
                case BROKEN_COMMIT -> BROKEN;
                case SUSPENDED -> SUSPENDED;
                case STORE_UNAVAILABLE,
                        CLUSTER_UNAVAILABLE,
                        INVALID_SPEC,
                        NOT_ALLOWED,
                        FORBIDDEN,
                        SOURCE_REFUSED,
                        CONFLICT,
                        APPLY_FAILED,
                        HEALTH_FAILED,
                        DEPENDENCY_CYCLE,
                        SYNC_NOT_FOUND,
                        REVISION_NOT_FOUND -> FAILED;
            };
        }
    }

    /**
     * Works it out.
     *
     * @param head the newest head that was seen; null before the first
     * @param last the newest history entry; null before the first
     * @param suspended whether a person stopped it
     * @param away why the repository does not answer; empty while it does
     */
    public static SyncStatus of(@Nullable CommitId head, @Nullable HistoryEntry last, boolean suspended, String away) {
        String source = away.isEmpty() ? "" : "; the repository is away: " + away;
        if (suspended) {
            return new SyncStatus(
                    State.SUSPENDED, "suspended by a person" + source, "nothing until `plumbline sync resume`");
        }
        if (head == null || last == null) {
            return new SyncStatus(State.STARTING, "no commit was seen yet" + source, "the first poll");
        }
        boolean rolledBack = last.trigger().equals("ROLLBACK") && last.outcome() == Outcome.APPLIED;
        if (rolledBack) {
            return new SyncStatus(
                    State.HELD,
                    "revision " + last.revision() + " restores " + last.commit().abbreviated() + ": " + last.reason()
                            + source,
                    "commits without the content that was rolled back from are applied; `plumbline revert` undoes it in Git");
        }
        if (!head.equals(last.commit())) {
            return new SyncStatus(State.RECONCILING, "working on " + head.abbreviated() + source, "it is applied");
        }
        return switch (last.outcome()) {
            case APPLIED, UNCHANGED ->
                new SyncStatus(
                        State.SYNCED,
                        "the newest commit is applied" + source,
                        "the next commit is applied when it is seen");
            case HELD -> new SyncStatus(State.HELD, last.reason() + source, "the last good revision stays");
            case BROKEN ->
                new SyncStatus(
                        State.BROKEN,
                        "the newest commit has errors" + source,
                        "the last good revision stays; push a fix");
            case SUPERSEDED -> new SyncStatus(State.RECONCILING, last.reason() + source, "the newer commit is applied");
            case FAILED -> new SyncStatus(State.FAILED, last.reason() + source, "it is tried again");
        };
    }
}
