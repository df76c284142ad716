package dev.plumbline.registry.provenance;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What Argo's {@code workflowDefaults} said when it took up a run, as far as that is known.
 *
 * @param candidates each {@code spec} that may have been in force; empty objects where there are no defaults
 * @param known whether the one that was in force is among them
 */
public record WorkflowDefaults(List<Map<String, @Nullable Object>> candidates, boolean known) {

    /** There are none, as on the embedded cluster. */
    public static final WorkflowDefaults NONE = new WorkflowDefaults(List.of(Map.of()), true);

    /** Nobody could tell. */
    public static final WorkflowDefaults UNKNOWN = new WorkflowDefaults(List.of(Map.of()), false);

    /** Keeps its own copy. */
    public WorkflowDefaults {
        candidates = List.copyOf(candidates);
        if (candidates.isEmpty()) {
            throw new IllegalArgumentException("a run is judged with some defaults, if only with none");
        }
    }

    /** One of these, and whether the one in force is surely among them. */
    public static WorkflowDefaults among(List<Map<String, @Nullable Object>> candidates, boolean known) {
        return new WorkflowDefaults(candidates, known);
    }
}
