package dev.plumbline.registry.render;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The order by kind in which {@code kustomize build} writes objects unless it is told otherwise. */
final class LegacyOrder {

    private static final List<String> FIRST = List.of(
            "Namespace",
            "ResourceQuota",
            "StorageClass",
            "CustomResourceDefinition",
            "ServiceAccount",
            "PodSecurityPolicy",
            "Role",
            "ClusterRole",
            "RoleBinding",
            "ClusterRoleBinding",
            "ConfigMap",
            "Secret",
            "Endpoints",
            "Service",
            "LimitRange",
            "PriorityClass",
            "PersistentVolume",
            "PersistentVolumeClaim",
            "Deployment",
            "StatefulSet",
            "CronJob",
            "PodDisruptionBudget");
    private static final List<String> LAST = List.of("MutatingWebhookConfiguration", "ValidatingWebhookConfiguration");

    private static final Map<String, Integer> RANKS = ranks(FIRST, LAST);

    private record Key(Resource resource, int rank, String kind, String id) {

        static Key of(Resource resource, Map<String, Integer> ranks) {
            Derived derived = resource.derived();
            return new Key(resource, ranks.getOrDefault(resource.kind(), 0), derived.orderKind(), derived.orderName());
        }
    }

    private LegacyOrder() {}

    static void sort(List<Resource> resources) {
        sort(resources, RANKS);
    }

    /** With kinds of the user's own choice before and behind all others. */
    static void sort(List<Resource> resources, List<String> first, List<String> last) {
        sort(resources, ranks(first, last));
    }

    private static void sort(List<Resource> resources, Map<String, Integer> ranks) {
        List<Resource> sorted = resources.stream()
                .map(resource -> Key.of(resource, ranks))
                .sorted(Comparator.comparingInt(Key::rank)
                        .thenComparing(Key::kind)
                        .thenComparing(Key::id))
                .map(Key::resource)
                .toList();
        for (int i = 0; i < sorted.size(); i++) {
            resources.set(i, sorted.get(i));
        }
    }

    private static Map<String, Integer> ranks(List<String> first, List<String> last) {
        Map<String, Integer> ranks = new HashMap<>();
        for (int i = 0; i < first.size(); i++) {
            ranks.put(first.get(i), i - first.size());
        }
        for (int i = 0; i < last.size(); i++) {
            ranks.put(last.get(i), i + 1);
        }
        return ranks;
    }
}
