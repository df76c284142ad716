package dev.plumbline.controller.local.runner;

import dev.plumbline.registry.argo.NodeIds;
import dev.plumbline.registry.argo.Template;
import dev.plumbline.registry.argo.WorkflowSpec;
import dev.plumbline.registry.json.Tree;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the pod of a node would be called and carry, for the downward API. */
final class Pods {

    private static final String PREFIX = "workflows.argoproj.io/";

    private Pods() {}

    static String name(RunParts run, Call call, Template template) {
        return NodeIds.podName(run.status().key().name(), call.node(), template.name());
    }

    /** Values by {@code fieldPath}. Template metadata comes over the spec's podMetadata, as in Argo. */
    static Map<String, String> fields(RunParts run, Call call, Template template) {
        String nodeId = run.status().id(call.node());
        WorkflowSpec spec = run.definition().spec();
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("metadata.name", name(run, call, template));
        fields.put("metadata.namespace", run.status().key().namespace());
        // There is no pod that could have a uid; this one is as unique and stays the same over a restart.
        byte[] seed = (run.status().uid() + "/" + nodeId).getBytes(StandardCharsets.UTF_8);
        fields.put("metadata.uid", UUID.nameUUIDFromBytes(seed).toString());
        String own = Tree.text(template.tree(), "serviceAccountName");
        String account = own.isEmpty() ? Tree.text(spec.tree(), "serviceAccountName") : own;
        fields.put("spec.serviceAccountName", account.isEmpty() ? "default" : account);
        Map<String, @Nullable Object> labels = metadata(spec, template, "labels");
        labels.put(PREFIX + "workflow", run.status().key().name());
        labels.put(PREFIX + "completed", "false");
        Map<String, @Nullable Object> annotations = metadata(spec, template, "annotations");
        annotations.put(PREFIX + "node-id", nodeId);
        annotations.put(PREFIX + "node-name", call.node());
        labels.forEach((key, value) -> fields.put("metadata.labels['" + key + "']", String.valueOf(value)));
        annotations.forEach((key, value) -> fields.put("metadata.annotations['" + key + "']", String.valueOf(value)));
        return fields;
    }

    private static Map<String, @Nullable Object> metadata(WorkflowSpec spec, Template template, String field) {
        Map<String, @Nullable Object> metadata = new LinkedHashMap<>(Tree.map(spec.tree(), "podMetadata", field));
        metadata.putAll(Tree.map(template.tree(), "metadata", field));
        return metadata;
    }
}
