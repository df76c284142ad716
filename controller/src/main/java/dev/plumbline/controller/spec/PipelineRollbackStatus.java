package dev.plumbline.controller.spec;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is written into the status of a {@code PipelineRollback}.
 *
 * @param generation the generation of the spec that it is about
 * @param conditions where it stands and why
 * @param restored the revision that was restored, as it was then and is stored; null before
 * @param revision number of the new revision that holds the restored content; 0 before
 */
public record PipelineRollbackStatus(
        long generation, Conditions conditions, @Nullable RevisionStatus restored, long revision) {

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
        if (restored != null) {
            tree.put("restored", restored.tree());
        }
        if (revision > 0) {
            tree.put("revision", revision);
        }
        return tree;
    }
}
