package dev.plumbline.registry.validate.argo;

import dev.plumbline.registry.argo.ArgoVersion;
import java.util.Map;
import java.util.Set;

/** Fields that Argo Workflows v3 had and v4 has not, with what to write instead. */
final class Removed {

    static final String RULE = "v3-field";

    private static final Map<String, String> REWRITES = Map.of(
            "CronWorkflowSpec.schedule", "write 'schedules', a list with this one in it",
            "Synchronization.mutex", "write 'mutexes', a list with this one in it",
            "Synchronization.semaphore", "write 'semaphores', a list with this one in it",
            "WorkflowSpec.podPriority", "use 'podPriorityClassName' with a PriorityClass",
            "Template.priority", "use 'priorityClassName' with a PriorityClass",
            "WorkflowSpec.podSchedulerName", "use 'schedulerName'",
            "TemplateRef.runtimeResolution", "remove it: references are always resolved when a run needs them",
            "Template.template", "call the other template from a step or task instead",
            "Template.templateRef", "call the other template from a step or task instead",
            "Template.arguments", "pass arguments where the template is called");

    /** Those that the last versions of v3 still have; the others went before. */
    private static final Set<String> UNTIL_V4 = Set.of(
            "CronWorkflowSpec.schedule",
            "Synchronization.mutex",
            "Synchronization.semaphore",
            "WorkflowSpec.podPriority",
            "Template.priority");

    private Removed() {}

    /** Whether a version still has a field of a type. */
    static boolean isKnown(ArgoVersion version, String type, String field) {
        return !version.isAtLeast(ArgoVersion.V4_0) && UNTIL_V4.contains(type + "." + field);
    }

    /** What to do about a field of a type; empty when v3 did not have it either. */
    static String rewrite(String type, String field) {
        return REWRITES.getOrDefault(type + "." + field, "");
    }
}
