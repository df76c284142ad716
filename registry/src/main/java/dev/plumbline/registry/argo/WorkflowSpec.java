package dev.plumbline.registry.argo;

import dev.plumbline.registry.json.Tree;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A read-only view of a WorkflowSpec, wherever it stands.
 *
 * @param tree the spec as written
 */
public record WorkflowSpec(Map<String, @Nullable Object> tree) {

    /** The spec of a Workflow, WorkflowTemplate, ClusterWorkflowTemplate or CronWorkflow; empty for any other object. */
    public static WorkflowSpec of(Map<String, @Nullable Object> object) {
        return new WorkflowSpec(Tree.map(object, path(Tree.text(object, "kind"))));
    }

    /** The path at which objects of a kind hold their WorkflowSpec. */
    public static String[] path(String kind) {
        return kind.equals(ArgoKinds.CRON_WORKFLOW) ? new String[] {"spec", "workflowSpec"} : new String[] {"spec"};
    }

    /** The template that a run starts with; null when it is not said here. */
    public @Nullable String entrypoint() {
        return Tree.string(tree, "entrypoint");
    }

    /** The template that runs at the end; null when there is none. */
    public @Nullable String onExit() {
        return Tree.string(tree, "onExit");
    }

    /** The object that the spec comes from; null when it is written out here. */
    public @Nullable TemplateRef workflowTemplateRef() {
        return TemplateRef.of(tree.get("workflowTemplateRef"));
    }

    /** Its parameters. */
    public List<Parameter> parameters() {
        return Tree.maps(tree, "arguments", "parameters").stream()
                .map(Parameter::new)
                .toList();
    }

    /** Its artifacts. */
    public List<Artifact> artifacts() {
        return Tree.maps(tree, "arguments", "artifacts").stream()
                .map(Artifact::new)
                .toList();
    }

    /** Its templates. */
    public List<Template> templates() {
        return Tree.maps(tree, "templates").stream().map(Template::new).toList();
    }

    /** The template of this name; null when there is none. */
    public @Nullable Template template(String name) {
        Map<String, @Nullable Object> found = Tree.named(name, tree, "templates");
        return found == null ? null : new Template(found);
    }

    /** Its volumes. */
    public List<Map<String, @Nullable Object>> volumes() {
        return Tree.maps(tree, "volumes");
    }
}
