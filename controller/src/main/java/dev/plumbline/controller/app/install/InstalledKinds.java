package dev.plumbline.controller.app.install;

import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.live.ClusterReader;
import dev.plumbline.controller.live.Selection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds what an installation left in a cluster, by its labels. */
final class InstalledKinds {

    /** Every kind of object that {@code controller/deploy} holds, in the order in which they are removed. */
    private static final List<String> KINDS = List.of(
            "monitoring.coreos.com/ServiceMonitor",
            "/Service",
            "networking.k8s.io/NetworkPolicy",
            "policy/PodDisruptionBudget",
            "admissionregistration.k8s.io/ValidatingAdmissionPolicyBinding",
            "admissionregistration.k8s.io/ValidatingAdmissionPolicy",
            "rbac.authorization.k8s.io/RoleBinding",
            "rbac.authorization.k8s.io/ClusterRoleBinding",
            "rbac.authorization.k8s.io/Role",
            "rbac.authorization.k8s.io/ClusterRole",
            "/ServiceAccount",
            "apps/Deployment",
            "/PersistentVolumeClaim",
            "apiextensions.k8s.io/CustomResourceDefinition",
            "/Namespace");

    /** What every object of an installation carries. */
    private static final Map<String, String> LABELS =
            Map.of("app.kubernetes.io/name", "plumbline", "app.kubernetes.io/part-of", "plumbline");

    private InstalledKinds() {}

    /** Kinds as {@code group/Kind}. */
    static List<String> all() {
        return KINDS;
    }

    /**
     * What is there, in the order in which it is removed.
     *
     * @throws ClusterException when the cluster does not say
     */
    static List<Map<String, @Nullable Object>> find(ClusterReader reader) throws ClusterException {
        List<Map<String, @Nullable Object>> found = new ArrayList<>();
        for (String kind : KINDS) {
            int slash = kind.indexOf('/');
            found.addAll(list(reader, new Selection(kind.substring(0, slash), kind.substring(slash + 1), "", LABELS)));
        }
        return found;
    }

    /**
     * The objects of a kind; none when the cluster does not have the kind.
     *
     * @throws ClusterException when the cluster does not say
     */
    static List<Map<String, @Nullable Object>> list(ClusterReader reader, Selection selection) throws ClusterException {
        try {
            return reader.list(selection).items();
        } catch (ClusterException e) {
            if (e.reason() == ClusterException.Reason.UNSUPPORTED) {
                return List.of();
            }
            throw e;
        }
    }
}
