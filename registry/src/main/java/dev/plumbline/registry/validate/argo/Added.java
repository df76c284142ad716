package dev.plumbline.registry.validate.argo;

import dev.plumbline.registry.argo.ArgoVersion;
import java.util.Map;

/** Fields that came with a version, by Argo's own list of changes; all others are as old as the oldest version. */
final class Added {

    private static final Map<String, ArgoVersion> SINCE = Map.of(
            "Template.annotations", ArgoVersion.V3_7,
            "Mutex.database", ArgoVersion.V3_7,
            "SemaphoreRef.database", ArgoVersion.V3_7,
            "Template.pendingTimeout", ArgoVersion.V4_1,
            "Template.podResources", ArgoVersion.V4_1,
            "Template.resourceClaims", ArgoVersion.V4_1,
            "WorkflowSpec.podResources", ArgoVersion.V4_1,
            "WorkflowSpec.resourceClaims", ArgoVersion.V4_1,
            "WorkflowSpec.executorPlugins", ArgoVersion.V4_1);

    private Added() {}

    /** The version that brought a field of a type. */
    static ArgoVersion since(String type, String field) {
        return SINCE.getOrDefault(type + "." + field, ArgoVersion.V3_6);
    }
}
