package dev.plumbline.registry.run;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One definition that a run executed, as Argo kept it in the Workflow object.
 *
 * @param kind where it was kept
 * @param reference {@code spec} for a spec; {@code namespaced/<template object>/<template>} for a stored template
 * @param content the definition as a plain tree; may not be changed
 * @param templates names of its templates that nodes executed; for a stored template only its own
 */
public record ExecutedDefinition(
        Kind kind, String reference, Map<String, @Nullable Object> content, List<String> templates) {

    /** Reference of the one spec that every run executes. */
    public static final String SPEC = "spec";

    /** Where Argo keeps what it executes. */
    public enum Kind {
        /** {@code status.storedWorkflowTemplateSpec}: the run used {@code workflowTemplateRef}. */
        STORED_SPEC,
        /** The Workflow's own {@code spec}. */
        OWN_SPEC,
        /** An entry of {@code status.storedTemplates}. */
        STORED_TEMPLATE
    }

    /** Keeps its own copy of the names. */
    public ExecutedDefinition {
        templates = List.copyOf(templates);
    }
}
