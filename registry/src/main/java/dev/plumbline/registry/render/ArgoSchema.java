package dev.plumbline.registry.render;

import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.yaml.YamlList;
import dev.plumbline.registry.yaml.YamlMap;
import dev.plumbline.registry.yaml.YamlNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The part of an OpenAPI schema that lets plain kustomize merge the lists that one patch touches. */
final class ArgoSchema {

    private final Map<String, @Nullable Object> root = new LinkedHashMap<>();
    private boolean complete = true;

    /** A field on the way to a list; keys where it is itself a list. */
    record Step(String name, @Nullable ListKeys keys) {}

    /** Adds a list and those below it that the patch touches. False where a schema cannot say it all. */
    boolean add(List<Step> way, List<YamlNode> old, YamlList patch, ArgoKindFacts.Field list) {
        Map<String, @Nullable Object> schema = root;
        for (Step step : way) {
            if (step.keys() != null && !step.keys().inOpenApi()) {
                return false;
            }
            schema = child(schema, step.name(), step.keys());
        }
        elements(schema, old, patch, list);
        return complete;
    }

    Map<String, @Nullable Object> root() {
        return root;
    }

    private void elements(
            Map<String, @Nullable Object> items, List<YamlNode> old, YamlList patch, ArgoKindFacts.Field list) {
        ListKeys keys = Objects.requireNonNull(list.keys());
        complete &= keys.inOpenApi() && keys.ambiguity(old) == null && keys.ambiguity(patch.items()) == null;
        Map<String, YamlMap> known = keys.byKey(old);
        for (YamlNode element : patch.items()) {
            if (element instanceof YamlMap map) {
                // Of an element that is to be replaced kustomize keeps the old one.
                complete &= PatchDirective.alone(map) || !PatchDirective.of(map).equals("replace");
                String key = keys.of(map);
                below(items, key == null ? null : known.get(key), map, list.type());
            }
        }
    }

    private void below(
            Map<String, @Nullable Object> schema, @Nullable YamlMap old, YamlMap patch, @Nullable String type) {
        Map<String, ArgoKindFacts.Field> fields = ArgoKindFacts.get().fields(type);
        patch.entries().forEach((name, value) -> {
            ArgoKindFacts.Field field = fields.get(name);
            YamlNode before = old == null ? null : old.child(name);
            if (field == null) {
                return;
            }
            if (value instanceof YamlList list && field.keys() != null) {
                List<YamlNode> items = before instanceof YamlList known ? known.items() : List.of();
                elements(child(schema, name, field.keys()), items, list, field);
            } else if (value instanceof YamlMap map
                    && touchesList(map, ArgoKindFacts.get().fields(field.type()))) {
                below(child(schema, name, null), before instanceof YamlMap known ? known : null, map, field.type());
            }
        });
    }

    private static boolean touchesList(YamlMap patch, Map<String, ArgoKindFacts.Field> fields) {
        return patch.entries().entrySet().stream().anyMatch(entry -> {
            ArgoKindFacts.Field field = fields.get(entry.getKey());
            return field != null
                    && ((entry.getValue() instanceof YamlList && field.keys() != null)
                            || (entry.getValue() instanceof YamlMap map
                                    && touchesList(map, ArgoKindFacts.get().fields(field.type()))));
        });
    }

    /** The schema of a field's value, or of its elements, made when it is missing. */
    private static Map<String, @Nullable Object> child(
            Map<String, @Nullable Object> schema, String name, @Nullable ListKeys keys) {
        Map<String, @Nullable Object> properties = made(schema, "properties");
        Map<String, @Nullable Object> child = made(properties, name);
        if (keys == null) {
            child.putIfAbsent("type", "object");
            return child;
        }
        child.putIfAbsent("type", "array");
        child.putIfAbsent("x-kubernetes-patch-strategy", "merge");
        if (keys.written().size() == 1) {
            child.putIfAbsent("x-kubernetes-patch-merge-key", keys.written().getFirst());
        } else {
            child.putIfAbsent("x-kubernetes-list-map-keys", keys.written());
        }
        Map<String, @Nullable Object> items = made(child, "items");
        items.putIfAbsent("type", "object");
        return items;
    }

    private static Map<String, @Nullable Object> made(Map<String, @Nullable Object> parent, String name) {
        return Tree.cast((Map<?, ?>) parent.computeIfAbsent(name, _ -> new LinkedHashMap<String, @Nullable Object>()));
    }
}
