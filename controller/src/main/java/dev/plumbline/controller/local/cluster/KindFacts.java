package dev.plumbline.controller.local.cluster;

import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.local.fields.FieldManagement;
import dev.plumbline.controller.local.fields.FieldType;
import dev.plumbline.controller.local.fields.FieldTypes;
import dev.plumbline.registry.model.ObjectKey;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the cluster knows of one kind.
 *
 * @param group API group, empty for the core group
 * @param version the one version that it serves
 * @param kind kind
 * @param namespaced whether its objects live in a namespace
 * @param generation whether {@code metadata.generation} counts changes of its spec
 * @param status whether status is written by its own subresource only, so that writes here leave it alone
 * @param names what its names may look like
 */
record KindFacts(
        String group,
        String version,
        String kind,
        boolean namespaced,
        boolean generation,
        boolean status,
        Names names) {

    /** What names may look like. */
    enum Names {
        /** RFC 1123 subdomain. */
        SUBDOMAIN,
        /** RFC 1123 label. */
        LABEL,
        /** RFC 1035 label. */
        SERVICE,
        /** Anything that is one segment of a URL path. */
        SEGMENT
    }

    private static final Map<String, FieldManagement> MANAGEMENT = new ConcurrentHashMap<>();
    private static final String ARGO = "argoproj.io";
    private static final String KSERVE = "serving.kserve.io";
    private static final String RBAC = "rbac.authorization.k8s.io";

    private static final List<KindFacts> ALL = List.of(
            new KindFacts("", "v1", "Namespace", false, false, true, Names.LABEL),
            new KindFacts("", "v1", "ConfigMap", true, false, false, Names.SUBDOMAIN),
            new KindFacts("", "v1", "Secret", true, false, false, Names.SUBDOMAIN),
            new KindFacts("", "v1", "ServiceAccount", true, false, false, Names.SUBDOMAIN),
            new KindFacts("", "v1", "Service", true, false, true, Names.SERVICE),
            new KindFacts("", "v1", "PersistentVolumeClaim", true, false, true, Names.SUBDOMAIN),
            new KindFacts("", "v1", "Pod", true, true, true, Names.SUBDOMAIN),
            new KindFacts(RBAC, "v1", "Role", true, false, false, Names.SEGMENT),
            new KindFacts(RBAC, "v1", "RoleBinding", true, false, false, Names.SEGMENT),
            new KindFacts(RBAC, "v1", "ClusterRole", false, false, false, Names.SEGMENT),
            new KindFacts(RBAC, "v1", "ClusterRoleBinding", false, false, false, Names.SEGMENT),
            new KindFacts("networking.k8s.io", "v1", "NetworkPolicy", true, true, false, Names.SUBDOMAIN),
            new KindFacts("networking.k8s.io", "v1", "Ingress", true, true, true, Names.SUBDOMAIN),
            new KindFacts("apps", "v1", "Deployment", true, true, true, Names.SUBDOMAIN),
            new KindFacts("batch", "v1", "Job", true, true, true, Names.SUBDOMAIN),
            new KindFacts(ARGO, "v1alpha1", "WorkflowTemplate", true, true, false, Names.SUBDOMAIN),
            new KindFacts(ARGO, "v1alpha1", "ClusterWorkflowTemplate", false, true, false, Names.SUBDOMAIN),
            new KindFacts(ARGO, "v1alpha1", "Workflow", true, true, false, Names.SUBDOMAIN),
            new KindFacts(ARGO, "v1alpha1", "CronWorkflow", true, true, false, Names.SUBDOMAIN),
            new KindFacts(KSERVE, "v1beta1", "InferenceService", true, true, true, Names.SUBDOMAIN));

    private static final Map<String, KindFacts> BY_NAME =
            ALL.stream().collect(Collectors.toUnmodifiableMap(f -> f.group + "/" + f.kind, Function.identity()));

    /** All kinds. */
    static List<KindFacts> all() {
        return ALL;
    }

    /** The kind of this name. */
    static KindFacts of(String group, String kind, @Nullable ObjectKey object) throws ClusterException {
        KindFacts facts = BY_NAME.get(group + "/" + kind);
        if (facts == null) {
            throw new ClusterException(
                    ClusterException.Reason.UNSUPPORTED,
                    object,
                    "the embedded cluster does not know the kind " + kind
                            + (group.isEmpty() ? "" : " of " + group)
                            + "; leave it out here, or use a Kubernetes cluster");
        }
        return facts;
    }

    /** The types of its fields. */
    FieldType type() {
        return Objects.requireNonNull(FieldTypes.of(apiVersion(), kind), kind);
    }

    /** Ownership of its fields. */
    FieldManagement management() {
        return MANAGEMENT.computeIfAbsent(
                group + "/" + kind, k -> new FieldManagement(type(), apiVersion(), status, custom()));
    }

    /** Whether a CustomResourceDefinition makes it. */
    boolean custom() {
        return group.equals(ARGO) || group.equals(KSERVE);
    }

    /** The {@code apiVersion} of its objects. */
    String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }
}
