package dev.plumbline.controller.apply;

import dev.plumbline.controller.inventory.Inventory;
import dev.plumbline.controller.plan.Change;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a Plan.
 *
 * @param results one per change that was tried, in no particular order
 * @param inventory what is owned now: failed deletions stay, failed creations stay claimed
 * @param cancelled whether a newer commit stopped it before its end
 */
public record ApplyResult(List<Result> results, Inventory inventory, boolean cancelled) {

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

    /**
     * What became of one change.
     *
     * @param change the change
     * @param error why it failed; null when it was done
     * @param retryable whether it may succeed later without anybody acting
     */
    public record Result(Change change, @Nullable String error, boolean retryable) {}
}
