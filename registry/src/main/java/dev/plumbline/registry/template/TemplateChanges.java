package dev.plumbline.registry.template;

import dev.plumbline.registry.model.ObjectKey;
import java.util.List;

/**
 * What became of one WorkflowTemplate or ClusterWorkflowTemplate between two commits.
 *
 * @param template its key under its plain name
 * @param bump the version bump that it needs
 * @param changes differences of its interface, by place; empty when only its content changed
 */
public record TemplateChanges(ObjectKey template, Bump bump, List<InterfaceChange> changes) {

    /** Keeps its own copy. */
    public TemplateChanges {
        changes = List.copyOf(changes);
    }
}
