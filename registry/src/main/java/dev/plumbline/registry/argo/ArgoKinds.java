package dev.plumbline.registry.argo;

import dev.plumbline.registry.model.ObjectKey;

/** The API group of Argo Workflows and its kinds. */
public final class ArgoKinds {

    /** API group. */
    public static final String GROUP = "argoproj.io";

    /** {@code apiVersion} of every kind. */
    public static final String API_VERSION = GROUP + "/v1alpha1";

    /** A run. */
    public static final String WORKFLOW = "Workflow";

    /** Templates of a namespace. */
    public static final String WORKFLOW_TEMPLATE = "WorkflowTemplate";

    /** Templates of the whole cluster. */
    public static final String CLUSTER_WORKFLOW_TEMPLATE = "ClusterWorkflowTemplate";

    /** A schedule. */
    public static final String CRON_WORKFLOW = "CronWorkflow";

    /** What an event submits. */
    public static final String WORKFLOW_EVENT_BINDING = "WorkflowEventBinding";

    private ArgoKinds() {}

    /** The key of an object that a {@code workflowTemplateRef} or {@code templateRef} names, seen from a namespace. */
    public static ObjectKey template(String namespace, String name, boolean clusterScope) {
        return clusterScope
                ? new ObjectKey(GROUP, CLUSTER_WORKFLOW_TEMPLATE, "", name)
                : new ObjectKey(GROUP, WORKFLOW_TEMPLATE, namespace, name);
    }
}
