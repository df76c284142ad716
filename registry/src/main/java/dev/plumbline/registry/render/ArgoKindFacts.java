package dev.plumbline.registry.render;

import dev.plumbline.registry.json.Tree;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Facts of the kinds of Argo Workflows and Argo Events: by which keys their lists merge, where images and names of other
 * objects stand. Read once from {@code argo-kinds.json}, which {@code tests/golden/facts/argo.py} makes from the released types.
 */
final class ArgoKindFacts {

    /** The kind whose objects a reference with {@code clusterScope: true} names. */
    static final String CLUSTER_WORKFLOW_TEMPLATE = "ClusterWorkflowTemplate";

    private static final String WORKFLOW_TEMPLATE = "WorkflowTemplate";
    private static final ArgoKindFacts FACTS = new ArgoKindFacts();

    private final Map<String, String> kinds = new HashMap<>();
    private final Map<String, Gvk> targets = new HashMap<>();
    private final Map<String, Map<String, Field>> types = new HashMap<>();

    /**
     * A field of a type.
     *
     * @param keys by which keys a patch merges the list; null where it is not keyed
     * @param image whether it is a container image
     * @param names kind of the object whose name it is; null for any other value
     * @param embedded whether it is a whole object of its own kind
     * @param type type of the value, or of a list's elements
     * @param values type of the values of a map with free keys
     */
    record Field(
            @Nullable ListKeys keys,
            boolean image,
            @Nullable String names,
            boolean embedded,
            @Nullable String type,
            @Nullable String values) {}

    private ArgoKindFacts() {
        Map<String, @Nullable Object> data = BuiltInKinds.resource("argo-kinds.json");
        Tree.map(data, "kinds").forEach((kind, type) -> kinds.put(kind, (String) type));
        Tree.map(data, "apiVersions").forEach((kind, version) -> targets.put(kind, gvk((String) version, kind)));
        targets.put(CLUSTER_WORKFLOW_TEMPLATE, target(WORKFLOW_TEMPLATE, CLUSTER_WORKFLOW_TEMPLATE));
        Tree.map(data, "types").forEach((name, fields) -> {
            Map<String, Field> type = new HashMap<>();
            Tree.map(fields).forEach((field, facts) -> type.put(field, field(facts)));
            types.put(name, type);
        });
    }

    private static Gvk gvk(String apiVersion, String kind) {
        int slash = apiVersion.indexOf('/');
        return new Gvk(slash < 0 ? "" : apiVersion.substring(0, slash), apiVersion.substring(slash + 1), kind);
    }

    private Gvk target(String sameGroup, String kind) {
        Gvk known = targets.get(sameGroup);
        return known == null ? new Gvk("", "", kind) : new Gvk(known.group(), known.version(), kind);
    }

    private static Field field(@Nullable Object facts) {
        List<String> keys =
                Tree.list(facts, "keys").stream().map(String.class::cast).toList();
        return new Field(
                keys.isEmpty() ? null : ListKeys.of(keys),
                Boolean.TRUE.equals(Tree.at(facts, "image")),
                Tree.string(facts, "names"),
                Boolean.TRUE.equals(Tree.at(facts, "embedded")),
                Tree.string(facts, "type"),
                Tree.string(facts, "values"));
    }

    static ArgoKindFacts get() {
        return FACTS;
    }

    /** The fields of a kind's objects; null for a kind that is not Argo's. */
    @Nullable
    Map<String, Field> of(Gvk gvk) {
        String type = kinds.get(gvk.apiVersion() + "/" + gvk.kind());
        return type == null ? null : fields(type);
    }

    /** The fields of a type of which there is something to know. */
    Map<String, Field> fields(@Nullable String type) {
        return type == null ? Map.of() : types.getOrDefault(type, Map.of());
    }

    /** Group, version and kind of objects that references name. */
    Gvk target(String kind) {
        return targets.getOrDefault(kind, new Gvk("", "", kind));
    }
}
