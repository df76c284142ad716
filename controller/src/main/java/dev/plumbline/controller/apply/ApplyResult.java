package dev.plumbline.controller.apply;

import dev.plumbline.controller.health.HealthReport;
import dev.plumbline.controller.inventory.Inventory;
import dev.plumbline.controller.plan.Change;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a Plan.
 *
 * @param results one per change that was tried, in no particular order
 * @param inventory what is owned now: failed deletions stay, failed creations stay claimed
 * @param health of what was written, as the answers told and the gates between waves found; who waits for all goes on from here
 * @param cancelled whether a newer commit stopped it before its end
 */
public record ApplyResult(List<Result> results, Inventory inventory, HealthReport health, boolean cancelled) {

    /** Keeps its own copy. */
    public ApplyResult {
        results = List.copyOf(results);
    }

    /** Those that failed. */
    public List<Result> failures() {
        return results.stream().filter(result -> result.error() != null).toList();
    }

    /** Whether everything was done. */
    public boolean complete() {
        return !cancelled && failures().isEmpty();
    }

    /** Whether something failed for a reason in the content: the same Release fails again, so it may be rolled back and quarantined. */
    public boolean failedByContent() {
        return failures().stream().anyMatch(result -> result.cause() == Cause.CONTENT);
    }

    /** Whether something failed, and nothing for another reason than that the API server did not do it now. */
    public boolean failedByServer() {
        return !failures().isEmpty() && failures().stream().allMatch(result -> result.cause() == Cause.SERVER);
    }

    /** Who must act so that a failed change succeeds. */
    public enum Cause {
        /** Nobody: it did not fail. */
        NONE,
        /** The author of the content. */
        CONTENT,
        /** The operator, or whoever owns the object otherwise. */
        OPERATOR,
        /** Nobody but time. */
        TIME,
        /** Nobody: the API server did not answer or was too busy, and is asked again. */
        SERVER
    }

    /**
     * What became of one change.
     *
     * @param change the change
     * @param error why it failed; null when it was done
     * @param cause who must act
     * @param note what else is to be known, such as what a deletion waits for; empty for nothing
     */
    public record Result(Change change, @Nullable String error, Cause cause, String note) {

        /** Whether it may succeed later without anybody acting. */
        public boolean retryable() {
            return cause == Cause.TIME || cause == Cause.SERVER;
        }
    }
}
