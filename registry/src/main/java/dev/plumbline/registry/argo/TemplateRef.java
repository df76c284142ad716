package dev.plumbline.registry.argo;

import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.ObjectKey;
import org.jspecify.annotations.Nullable;

/**
 * A {@code templateRef} or {@code workflowTemplateRef}.
 *
 * @param name the WorkflowTemplate or ClusterWorkflowTemplate; may hold tags
 * @param template the template in it; empty for a {@code workflowTemplateRef}
 * @param clusterScope whether a ClusterWorkflowTemplate is meant
 */
public record TemplateRef(String name, String template, boolean clusterScope) {

    /** Reads one; null when the value is not a map. */
    public static @Nullable TemplateRef of(@Nullable Object value) {
        return value instanceof java.util.Map<?, ?>
                ? new TemplateRef(
                        Tree.text(value, "name"),
                        Tree.text(value, "template"),
                        Boolean.TRUE.equals(Tree.at(value, "clusterScope")))
                : null;
    }

    /** The object that is named, seen from a namespace. */
    public ObjectKey key(String namespace) {
        return ArgoKinds.template(namespace, name, clusterScope);
    }

    /** {@code namespaced/<name>} or {@code cluster/<name>}, as in {@code templateScope} and {@code storedTemplates}. */
    public String scope() {
        return (clusterScope ? "cluster/" : "namespaced/") + name;
    }
}
