package dev.plumbline.registry.argo;

import dev.plumbline.registry.json.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What {@code argo resubmit} (v4.1) makes of a Workflow: a new one with the same spec, labels, annotations and owners. It keeps nothing of
 * what was stored, so a template that it refers to is read as it is now.
 */
public final class RunResubmission {

    private static final String PREFIX = "workflows.argoproj.io/";

    /** Labels that say something of the old run alone. */
    private static final Set<String> OF_THE_OLD = Set.of(
            PREFIX + "creator",
            PREFIX + "creator-email",
            PREFIX + "creator-preferred-username",
            PREFIX + "phase",
            PREFIX + "completed",
            PREFIX + "workflow-archiving-status");

    private RunResubmission() {}

    /** The Workflow to create. */
    public static Map<String, @Nullable Object> of(Map<String, @Nullable Object> workflow) {
        String name = Tree.text(workflow, "metadata", "name");
        String generated = Tree.text(workflow, "metadata", "generateName");
        Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
        metadata.put("generateName", generated.isEmpty() ? name + "-" : generated);
        metadata.put("namespace", Tree.text(workflow, "metadata", "namespace"));
        Map<String, @Nullable Object> labels = new LinkedHashMap<>(Tree.map(workflow, "metadata", "labels"));
        labels.keySet().removeAll(OF_THE_OLD);
        labels.put(PREFIX + "resubmitted-from-workflow", name);
        metadata.put("labels", labels);
        Map<String, @Nullable Object> annotations = Tree.map(workflow, "metadata", "annotations");
        if (!annotations.isEmpty()) {
            metadata.put("annotations", new LinkedHashMap<>(annotations));
        }
        List<@Nullable Object> owners = Tree.list(workflow, "metadata", "ownerReferences");
        if (!owners.isEmpty()) {
            metadata.put("ownerReferences", new ArrayList<>(owners));
        }
        Map<String, @Nullable Object> spec = Tree.copy(Tree.map(workflow, "spec"));
        spec.remove("shutdown");
        if (Long.valueOf(0).equals(spec.get("activeDeadlineSeconds"))) {
            spec.remove("activeDeadlineSeconds"); // It was terminated.
        }
        Map<String, @Nullable Object> again = new LinkedHashMap<>();
        again.put("apiVersion", ArgoKinds.API_VERSION);
        again.put("kind", ArgoKinds.WORKFLOW);
        again.put("metadata", metadata);
        again.put("spec", spec);
        return again;
    }
}
