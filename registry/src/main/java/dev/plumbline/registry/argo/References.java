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

    /** Where the walk is; copied only for what is found. */
    private final List<String> path = new ArrayList<>();

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
        references.below("spec", object.get("spec"));
        return List.copyOf(references.found);
    }

    /**
     * A copy of an object in which each reference to a key of the map names the new name instead. Dynamic references stay.
     */
    public static Map<String, @Nullable Object> rewrite(
            Map<String, @Nullable Object> object, Map<ObjectKey, String> names) {
        return rewrite(object, of(object), names);
    }

    /** The same with the references of the object, for who has them already. */
    public static Map<String, @Nullable Object> rewrite(
            Map<String, @Nullable Object> object, List<Reference> references, Map<ObjectKey, String> names) {
        Map<String, @Nullable Object> copy = Tree.copy(object);
        for (Reference reference : references) {
            String name = names.get(reference.target());
            if (name != null && !reference.dynamic()) {
                put(copy, reference.path(), name);
            }
        }
        return copy;
    }

    private void walk(@Nullable Object value) {
        switch (value) {
            case Map<?, ?> map ->
                Tree.cast(map).forEach((key, child) -> {
                    if (child != null && !OPAQUE.contains(key)) {
                        path.add(key);
                        reference(key, child);
                        walk(child);
                        path.removeLast();
                    }
                });
            case List<?> list -> {
                for (int i = 0; i < list.size(); i++) {
                    Object element = list.get(i);
                    if (element instanceof Map<?, ?> || element instanceof List<?>) {
                        below(Integer.toString(i), element);
                    }
                }
            }
            case null, default -> {}
        }
    }

    private void below(String step, @Nullable Object child) {
        path.add(step);
        walk(child);
        path.removeLast();
    }

    private void reference(String key, Object value) {
        if (value instanceof Map<?, ?> map) {
            referenceIn(key, Tree.cast(map));
        } else if (value instanceof String name && !name.isEmpty()) {
            if (key.equals("serviceAccountName")) {
                add(core("ServiceAccount", name), null, false);
            } else if (key.equals("configMap")) {
                add(core("ConfigMap", name), null, false);
            }
        } else if (key.equals("imagePullSecrets") && value instanceof List<?> secrets) {
            for (int i = 0; i < secrets.size(); i++) {
                path.add(Integer.toString(i));
                named("Secret", "name", Tree.map(secrets.get(i)), false);
                path.removeLast();
            }
        }
    }

    private void referenceIn(String key, Map<String, @Nullable Object> map) {
        if (key.equals("workflowTemplateRef") || key.equals("templateRef")) {
            TemplateRef ref = TemplateRef.of(map);
            if (ref != null && !ref.name().isEmpty()) {
                path.add("name");
                add(ref.key(namespace), key.equals("templateRef") ? ref.template() : null, false);
                path.removeLast();
            }
        } else if (CONFIG_MAPS.contains(key)) {
            // The ConfigMap of a memoization cache is made by Argo when it is absent.
            named("ConfigMap", "name", map, path.contains("memoize"));
        } else if (key.equals("persistentVolumeClaim")) {
            named("PersistentVolumeClaim", "claimName", map, false);
        } else if (key.equals("secret")) {
            named("Secret", map.containsKey("secretName") ? "secretName" : "name", map, false);
        } else if (key.endsWith("Secret") || key.equals("secretKeyRef") || key.equals("secretRef")) {
            named("Secret", "name", map, false);
        }
    }

    private void named(String kind, String field, Map<String, @Nullable Object> map, boolean madeByArgo) {
        if (map.get(field) instanceof String name && !name.isEmpty()) {
            boolean optional = madeByArgo || Boolean.TRUE.equals(map.get("optional"));
            path.add(field);
            add(core(kind, name), null, optional);
            path.removeLast();
        }
    }

    private ObjectKey core(String kind, String name) {
        return new ObjectKey("", kind, namespace, name);
    }

    private void add(ObjectKey target, @Nullable String template, boolean optional) {
        found.add(new Reference(target, path, template, optional));
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
