package dev.plumbline.controller.spec;

import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.model.Digest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is written into the status of a {@code PipelineSync}. It never holds a secret: messages come from doors, which mask.
 *
 * @param generation the generation of the spec that it is about
 * @param conditions where it stands and why
 * @param next what happens next, in words
 * @param observedCommit the newest commit that was seen; null before the first
 * @param history applied revisions, newest first; of more than {@link #MAX_HISTORY} the older are left out
 * @param inventorySize how many objects it owns
 * @param confirmation the digest of the deletions that wait for a confirmation; null while none do
 * @param handledRequest the value of {@link PipelineSync#SYNC_REQUESTED} that was followed last; empty for none
 */
public record PipelineSyncStatus(
        long generation,
        Conditions conditions,
        String next,
        @Nullable CommitId observedCommit,
        List<RevisionStatus> history,
        int inventorySize,
        @Nullable Digest confirmation,
        String handledRequest) {

    /** Revisions that a status shows; the store keeps all. */
    public static final int MAX_HISTORY = 10;

    /** Keeps its own copy. */
    public PipelineSyncStatus {
        history = List.copyOf(history.subList(0, Math.min(MAX_HISTORY, history.size())));
    }

    /**
     * The status as it is written. When it equals {@code previous} there is nothing to write.
     *
     * @param previous the status as it was read; empty before the first
     * @param now the time of a transition
     */
    public Map<String, @Nullable Object> tree(Map<String, @Nullable Object> previous, Instant now) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("observedGeneration", generation);
        tree.put("conditions", conditions.list(generation, previous, now));
        tree.put("next", next);
        if (observedCommit != null) {
            tree.put("observedCommit", observedCommit.hex());
        }
        if (!history.isEmpty()) {
            tree.put("appliedRevision", history.getFirst().tree());
            List<Object> rows = new ArrayList<>();
            history.forEach(revision -> rows.add(revision.tree()));
            tree.put("history", rows);
        }
        tree.put("inventorySize", (long) inventorySize);
        if (confirmation != null) {
            tree.put("confirmation", confirmation.value());
        }
        if (!handledRequest.isEmpty()) {
            tree.put("handledRequest", handledRequest);
        }
        return tree;
    }
}
