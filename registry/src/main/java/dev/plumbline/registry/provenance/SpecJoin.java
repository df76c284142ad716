package dev.plumbline.registry.provenance;

import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.provenance.ArgoTypes.Field;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Computes the spec that Argo stores for a run that refers to a template: Workflow over template over the controller's
 * workflowDefaults, by a strategic merge. As Argo does it (its {@code JoinWorkflowSpec}): hooks and {@code labelsFrom} are
 * taken whole by key, {@code suspend} is the Workflow's alone, an argument is the one of the highest level that gives it a
 * value, and the places of an artifact are merged only where both are of one kind. All trees are in {@link StoredForm}.
 */
final class SpecJoin {

    private static final String METADATA = "workflowMetadata";
    private static final List<String> LOCATIONS =
            List.of("artifactory", "azure", "git", "gcs", "hdfs", "http", "oss", "raw", "s3", "plugin");

    private SpecJoin() {}

    /** The joined spec, in {@link StoredForm}. */
    static Map<String, @Nullable Object> join(
            Map<String, @Nullable Object> workflow,
            Map<String, @Nullable Object> template,
            Map<String, @Nullable Object> defaults) {
        Map<String, @Nullable Object> joined = over(over(workflow, template), defaults);
        joined.remove("suspend");
        if (workflow.get("suspend") != null) {
            joined.put("suspend", workflow.get("suspend"));
        }
        parameters(joined, workflow, template);
        artifacts(joined, workflow, template);
        return StoredForm.spec(joined).content();
    }

    /** The upper spec merged over the lower one. */
    private static Map<String, @Nullable Object> over(
            Map<String, @Nullable Object> upper, Map<String, @Nullable Object> lower) {
        Map<String, @Nullable Object> base = Tree.copy(lower);
        base.remove("hooks");
        Tree.remove(base, METADATA, "labelsFrom");
        Map<String, @Nullable Object> joined = merge(ArgoTypes.SPEC, base, Tree.copy(upper));
        missing(joined, Tree.map(lower, "hooks"), "hooks");
        missing(joined, Tree.map(lower, METADATA, "labelsFrom"), METADATA, "labelsFrom");
        return joined;
    }

    private static void missing(
            Map<String, @Nullable Object> joined, Map<String, @Nullable Object> lower, String... path) {
        Map<String, @Nullable Object> all = new LinkedHashMap<>(lower);
        all.putAll(Tree.map(joined, path));
        if (!all.isEmpty()) {
            Tree.set(joined, all, path);
        }
    }

    private static Map<String, @Nullable Object> merge(
            String type, Map<String, @Nullable Object> base, Map<String, @Nullable Object> patch) {
        patch.forEach((name, value) -> {
            Object before = base.get(name);
            Field field = ArgoTypes.field(type, name);
            String valueType = field != null ? field.type() : type.startsWith("map:") ? type.substring(4) : "any";
            if (before instanceof Map<?, ?> left && value instanceof Map<?, ?> right) {
                base.put(name, merge(valueType, Tree.cast(left), Tree.cast(right)));
            } else if (before instanceof List<?> left
                    && value instanceof List<?> right
                    && field != null
                    && !field.mergeKey().isEmpty()) {
                String element = valueType.substring("list:".length());
                base.put(name, mergeLists(element, field.mergeKey(), Tree.castList(left), Tree.castList(right)));
            } else {
                base.put(name, value);
            }
        });
        return base;
    }

    /** Kubernetes' order: the patch's elements in their order, and each other one before the first that it preceded. */
    private static List<@Nullable Object> mergeLists(
            String element, String key, List<@Nullable Object> base, List<@Nullable Object> patch) {
        List<@Nullable Object> own = new ArrayList<>();
        List<Object> patchKeys = new ArrayList<>();
        for (Object item : patch) {
            Object id = Tree.at(item, key);
            patchKeys.add(Objects.requireNonNullElse(id, ""));
            Map<String, @Nullable Object> before = id == null ? null : find(base, key, id);
            own.add(
                    before != null && item instanceof Map<?, ?> map
                            ? merge(element, Tree.copy(before), Tree.cast(map))
                            : item);
        }
        List<@Nullable Object> rest = new ArrayList<>(base);
        rest.removeIf(item -> patchKeys.contains(Tree.at(item, key)));
        List<@Nullable Object> merged = new ArrayList<>();
        int i = 0;
        int j = 0;
        while (i < rest.size() || j < own.size()) {
            boolean takeRest = j >= own.size()
                    || (i < rest.size() && precedes(base, key, Tree.at(rest.get(i), key), Tree.at(own.get(j), key)));
            merged.add(takeRest ? rest.get(i++) : own.get(j++));
        }
        return merged;
    }

    private static boolean precedes(
            List<@Nullable Object> order, String key, @Nullable Object left, @Nullable Object right) {
        int leftIndex = index(order, key, left);
        int rightIndex = index(order, key, right);
        return leftIndex >= 0 && rightIndex >= 0 && leftIndex < rightIndex;
    }

    private static int index(List<@Nullable Object> order, String key, @Nullable Object id) {
        for (int i = 0; i < order.size(); i++) {
            if (Objects.equals(Tree.at(order.get(i), key), id)) {
                return i;
            }
        }
        return -1;
    }

    private static @Nullable Map<String, @Nullable Object> find(List<@Nullable Object> list, String key, Object id) {
        int index = index(list, key, id);
        return index >= 0 && list.get(index) instanceof Map<?, ?> map ? Tree.cast(map) : null;
    }

    private static void parameters(
            Map<String, @Nullable Object> joined,
            Map<String, @Nullable Object> workflow,
            Map<String, @Nullable Object> template) {
        List<@Nullable Object> parameters = new ArrayList<>();
        for (Map<String, @Nullable Object> parameter : Tree.maps(joined, "arguments", "parameters")) {
            String name = Tree.text(parameter, "name");
            Map<String, @Nullable Object> upper = valued(name, workflow);
            Map<String, @Nullable Object> lower = valued(name, template);
            boolean hasValue = hasValue(parameter);
            parameters.add(hasValue && upper != null ? upper : hasValue && lower != null ? lower : parameter);
        }
        if (!parameters.isEmpty()) {
            Tree.set(joined, parameters, "arguments", "parameters");
        }
    }

    private static @Nullable Map<String, @Nullable Object> valued(String name, Map<String, @Nullable Object> spec) {
        Map<String, @Nullable Object> found = null;
        for (Map<String, @Nullable Object> parameter : Tree.maps(spec, "arguments", "parameters")) {
            if (name.equals(parameter.get("name")) && hasValue(parameter)) {
                found = parameter;
            }
        }
        return found;
    }

    private static boolean hasValue(Map<String, @Nullable Object> parameter) {
        return parameter.get("value") != null || parameter.get("default") != null || parameter.get("valueFrom") != null;
    }

    private static void artifacts(
            Map<String, @Nullable Object> joined,
            Map<String, @Nullable Object> workflow,
            Map<String, @Nullable Object> template) {
        List<@Nullable Object> artifacts = new ArrayList<>();
        for (Map<String, @Nullable Object> artifact : Tree.maps(joined, "arguments", "artifacts")) {
            String name = Tree.text(artifact, "name");
            Map<String, @Nullable Object> over = Tree.named(name, workflow, "arguments", "artifacts");
            if (over == null) {
                over = Tree.named(name, template, "arguments", "artifacts");
            }
            artifacts.add(over == null ? artifact : place(artifact, over));
        }
        if (!artifacts.isEmpty()) {
            Tree.set(joined, artifacts, "arguments", "artifacts");
        }
    }

    private static Map<String, @Nullable Object> place(
            Map<String, @Nullable Object> artifact, Map<String, @Nullable Object> over) {
        String kind = location(over);
        if (kind.isEmpty() || !kind.equals(location(artifact))) {
            return over;
        }
        Map<String, @Nullable Object> placed = Tree.copy(over);
        placed.putAll(merge("ArtifactLocation", places(artifact), places(over)));
        return placed;
    }

    private static Map<String, @Nullable Object> places(Map<String, @Nullable Object> artifact) {
        Map<String, @Nullable Object> places = Tree.copy(artifact);
        places.keySet().removeIf(field -> ArgoTypes.field("ArtifactLocation", field) == null);
        return places;
    }

    private static String location(Map<String, @Nullable Object> artifact) {
        return LOCATIONS.stream().filter(artifact::containsKey).findFirst().orElse("");
    }
}
