package dev.plumbline.controller.local.runner;

import dev.plumbline.registry.argo.Template;
import dev.plumbline.registry.argo.WorkflowSpec;
import dev.plumbline.registry.json.Tree;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a run executes, fixed when it starts: the stored spec, or the Workflow's own where it has no
 * {@code workflowTemplateRef}, and the stored copies of the templates of other objects.
 *
 * @param spec the spec that executes
 * @param storedSpec {@code status.storedWorkflowTemplateSpec}; null for a Workflow that is written out
 * @param storedTemplates {@code status.storedTemplates}
 */
record RunDefinition(
        WorkflowSpec spec,
        @Nullable Map<String, @Nullable Object> storedSpec,
        Map<String, @Nullable Object> storedTemplates) {

    /** The definition of a run that has started, from its own status. */
    static RunDefinition resume(Map<String, @Nullable Object> workflow) {
        Map<String, @Nullable Object> stored = Tree.map(workflow, "status", "storedWorkflowTemplateSpec");
        return new RunDefinition(
                stored.isEmpty() ? WorkflowSpec.of(workflow) : new WorkflowSpec(stored),
                stored.isEmpty() ? null : stored,
                Tree.map(workflow, "status", "storedTemplates"));
    }

    /** The template that a caller names; null when there is none. */
    @Nullable
    Template template(Caller caller, String scope) {
        if (caller.inline() != null) {
            return new Template(caller.inline());
        }
        String key = caller.storedKey(scope);
        if (key == null) {
            return caller.template() == null ? null : spec.template(caller.template());
        }
        return storedTemplates.get(key) instanceof Map<?, ?> tree ? new Template(Tree.cast(tree)) : null;
    }
}
