package dev.plumbline.controller.plan;

import dev.plumbline.registry.model.ObjectKey;
import java.util.Map;

/** The order in which kinds are applied: what others need comes first, schedules last (design section 7). */
final class Waves {

    /** What nothing else needs and that needs nothing in particular. */
    static final int ORDINARY = 4;

    private static final Map<String, Integer> WAVES = Map.ofEntries(
            Map.entry("CustomResourceDefinition", 0),
            Map.entry("Namespace", 1),
            Map.entry("PriorityClass", 1),
            Map.entry("StorageClass", 1),
            Map.entry("ServiceAccount", 2),
            Map.entry("ConfigMap", 2),
            Map.entry("Secret", 2),
            Map.entry("PersistentVolumeClaim", 2),
            Map.entry("Role", 2),
            Map.entry("ClusterRole", 2),
            Map.entry("RoleBinding", 3),
            Map.entry("ClusterRoleBinding", 3),
            Map.entry("WorkflowEventBinding", 7),
            Map.entry("Sensor", 7),
            Map.entry("CronJob", 8),
            Map.entry("CronWorkflow", 8));

    private Waves() {}

    /** Versions go before their users: the aliases, and everything else that is ordinary. */
    static int of(ObjectKey key, boolean version) {
        if (key.kind().equals("WorkflowTemplate") || key.kind().equals("ClusterWorkflowTemplate")) {
            return version ? 5 : 6;
        }
        return WAVES.getOrDefault(key.kind(), ORDINARY);
    }
}
