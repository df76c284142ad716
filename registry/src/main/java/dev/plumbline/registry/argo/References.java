package dev.plumbline.registry.argo;

import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.ObjectKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Every reference that a Workflow, WorkflowTemplate, ClusterWorkflowTemplate, CronWorkflow or WorkflowEventBinding holds:
 * to templates, ConfigMaps, Secrets, ServiceAccounts and PersistentVolumeClaims. Found by the shape of the field wherever it
 * stands, so that hooks, sidecars, init containers, artifact locations and inline templates are covered alike.
 */
public final class References {

    private static final Set<String> KINDS = Set.of(
            ArgoKinds.WORKFLOW,
            ArgoKinds.WORKFLOW_TEMPLATE,
            ArgoKinds.CLUSTER_WORKFLOW_TEMPLATE,
            ArgoKinds.CRON_WORKFLOW,
            ArgoKinds.WORKFLOW_EVENT_BINDING);

    /** Fields below which names are free text of people, not Argo's. */
    private static final Set<String> OPAQUE = Set.of(
            "metadata",
            "workflowMetadata",
            "podMetadata",
            "withItems",
            "plugin",
            "nodeSelector",
            "labels",
            "annotations");

    private static final Set<String> CONFIG_MAPS =
            Set.of("configMap", "configMapKeyRef", "configMapRef", "krbConfigConfigMap");

    private final String namespace;
    private final List<Reference> found = new ArrayList<>();

    private References(String namespace) {
        this.namespace = namespace;
    }

    /** All references of an object, in the order in which they stand; none for an object of another kind. */
    public static List<Reference> of(Map<String, @Nullable Object> object) {
        String kind = Tree.text(object, "kind");
        if (!ObjectKey.groupOf(Tree.text(object, "apiVersion")).equals(ArgoKinds.GROUP) || !KINDS.contains(kind)) {
            return List.of();
        }
        References references = new References(Tree.text(object, "metadata", "namespace"));
        references.walk(object.get("spec"), List.of("spec"));
        return List.copyOf(references.found);
    }

    /**
     * A copy of an object in which each reference to a key of the map names the new name instead. Dynamic references stay.
     */
    public static Map<String, @Nullable Object> rewrite(
            Map<String, @Nullable Object> object, Map<ObjectKey, String> names) {
        Map<String, @Nullable Object> copy = Tree.copy(object);
        for (Reference reference : of(object)) {
            String name = names.get(reference.target());
            if (name != null && !reference.dynamic()) {
                put(copy, reference.path(), name);
            }
        }
        return copy;
    }

    private void walk(@Nullable Object value, List<String> path) {
        switch (value) {
            case Map<?, ?> map ->
                Tree.cast(map).forEach((key, child) -> {
                    if (!OPAQUE.contains(key) && child != null) {
                        List<String> at = join(path, key);
                        reference(key, child, at);
                        walk(child, at);
                    }
                });
            case List<?> list -> {
                for (int i = 0; i < list.size(); i++) {
                    walk(list.get(i), join(path, Integer.toString(i)));
                }
            }
            case null, default -> {}
        }
    }

    private void reference(String key, Object value, List<String> path) {
        if (value instanceof Map<?, ?> map) {
            referenceIn(key, Tree.cast(map), path);
        } else if (value instanceof String name && !name.isEmpty()) {
            if (key.equals("serviceAccountName")) {
                add(core("ServiceAccount", name), path, null, false);
            } else if (key.equals("configMap")) {
                add(core("ConfigMap", name), path, null, false);
            }
        } else if (key.equals("imagePullSecrets") && value instanceof List<?> secrets) {
            for (int i = 0; i < secrets.size(); i++) {
                named("Secret", "name", Tree.map(secrets.get(i)), join(path, Integer.toString(i)), false);
            }
        }
    }

    private void referenceIn(String key, Map<String, @Nullable Object> map, List<String> path) {
        if (key.equals("workflowTemplateRef") || key.equals("templateRef")) {
            TemplateRef ref = TemplateRef.of(map);
            if (ref != null && !ref.name().isEmpty()) {
                add(ref.key(namespace), join(path, "name"), key.equals("templateRef") ? ref.template() : null, false);
            }
        } else if (CONFIG_MAPS.contains(key)) {
            // The ConfigMap of a memoization cache is made by Argo when it is absent.
            named("ConfigMap", "name", map, path, path.contains("memoize"));
        } else if (key.equals("persistentVolumeClaim")) {
            named("PersistentVolumeClaim", "claimName", map, path, false);
        } else if (key.equals("secret")) {
            named("Secret", map.containsKey("secretName") ? "secretName" : "name", map, path, false);
        } else if (key.endsWith("Secret") || key.equals("secretKeyRef") || key.equals("secretRef")) {
            named("Secret", "name", map, path, false);
        }
    }

    private void named(
            String kind, String field, Map<String, @Nullable Object> map, List<String> path, boolean madeByArgo) {
        if (map.get(field) instanceof String name && !name.isEmpty()) {
            boolean optional = madeByArgo || Boolean.TRUE.equals(map.get("optional"));
            add(core(kind, name), join(path, field), null, optional);
        }
    }

    private ObjectKey core(String kind, String name) {
        return new ObjectKey("", kind, namespace, name);
    }

    private void add(ObjectKey target, List<String> path, @Nullable String template, boolean optional) {
        found.add(new Reference(target, path, template, optional));
    }

    private static List<String> join(List<String> path, String step) {
        List<String> longer = new ArrayList<>(path.size() + 1);
        longer.addAll(path);
        longer.add(step);
        return longer;
    }

    private static void put(Map<String, @Nullable Object> root, List<String> path, String name) {
        Object node = root;
        for (String step : path.subList(0, path.size() - 1)) {
            node = node instanceof List<?> list
                    ? list.get(Integer.parseInt(step))
                    : Tree.cast((Map<?, ?>) Objects.requireNonNull(node)).get(step);
        }
        Tree.cast((Map<?, ?>) Objects.requireNonNull(node)).put(path.getLast(), name);
    }
}
