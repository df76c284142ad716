package dev.plumbline.registry.render;

import dev.plumbline.registry.yaml.YamlList;
import dev.plumbline.registry.yaml.YamlMap;
import dev.plumbline.registry.yaml.YamlNode;
import dev.plumbline.registry.yaml.YamlScalar;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An OpenAPI document of a repository: definitions of kinds, found by {@code x-kubernetes-group-version-kind}, with the keys of
 * their lists, and paths, which tell whether a kind has namespaces. Types are numbered as they are met.
 */
final class OpenApiDefinitions {

    /** Most references from one definition to the next before a schema is reached. */
    static final int MAX_REFERENCES = 100;

    private static final String PREFIX = "#/definitions/";
    private static final String KINDS = "x-kubernetes-group-version-kind";
    private static final String NAMESPACED = "namespaces/{namespace}";

    private final @Nullable YamlMap definitions;
    private final Map<String, String> kinds = new HashMap<>();
    private final Map<Gvk, Boolean> namespaced = new HashMap<>();
    private final IdentityHashMap<YamlMap, String> names = new IdentityHashMap<>();
    private final Map<String, YamlMap> types = new HashMap<>();

    OpenApiDefinitions(YamlMap document) {
        this.definitions = document.child("definitions") instanceof YamlMap map ? map : null;
        if (definitions != null) {
            definitions.entries().forEach((_, definition) -> addKinds(definition));
        }
        if (document.child("paths") instanceof YamlMap paths) {
            paths.entries().forEach(this::addPath);
        }
    }

    private void addKinds(YamlNode definition) {
        if (definition instanceof YamlMap schema && schema.child(KINDS) instanceof YamlList list) {
            for (YamlNode item : list.items()) {
                Gvk gvk = gvk(item);
                kinds.put(gvk.apiVersion() + "/" + gvk.kind(), name(schema));
            }
        }
    }

    private void addPath(String path, YamlNode item) {
        if (item.child("get") instanceof YamlMap get && get.child(KINDS) instanceof YamlMap kind) {
            namespaced.merge(gvk(kind), path.contains(NAMESPACED), Boolean::logicalOr);
        }
    }

    private static Gvk gvk(YamlNode node) {
        return new Gvk(text(node, "group"), text(node, "version"), text(node, "kind"));
    }

    private static String text(YamlNode node, String name) {
        return node.child(name) instanceof YamlScalar scalar && scalar.value() instanceof String text ? text : "";
    }

    private String name(YamlMap schema) {
        return names.computeIfAbsent(schema, _ -> {
            String name = "own:" + names.size();
            types.put(name, schema);
            return name;
        });
    }

    boolean clusterScoped(Gvk gvk) {
        return Boolean.FALSE.equals(namespaced.get(gvk));
    }

    @Nullable
    String typeOf(String apiVersion, String kind) {
        return kinds.get(apiVersion + "/" + kind);
    }

    boolean has(@Nullable String type) {
        return type != null && types.containsKey(type);
    }

    /** A property, or what a map with free keys holds; null where the schema says nothing. */
    BuiltInKinds.@Nullable Field field(@Nullable String type, String name) {
        YamlMap schema = type == null ? null : types.get(type);
        if (schema == null) {
            return null;
        }
        YamlNode property = schema.child("properties") instanceof YamlMap map ? map.child(name) : null;
        YamlMap found = resolve(property != null ? property : schema.child("additionalProperties"));
        if (found == null) {
            return null;
        }
        List<String> keys = keys(found);
        YamlMap elements = text(found, "type").equals("array") ? resolve(found.child("items")) : null;
        String below = elements != null ? name(elements) : keys == null ? name(found) : null;
        return new BuiltInKinds.Field(below, keys, null);
    }

    /** Several keys go before the one; null where patches replace the list. */
    private static @Nullable List<String> keys(YamlMap schema) {
        if (!List.of(text(schema, "x-kubernetes-patch-strategy").split(",", -1)).contains("merge")) {
            return null;
        }
        List<String> keys = new ArrayList<>();
        if (schema.child("x-kubernetes-list-map-keys") instanceof YamlList list) {
            list.items().forEach(item -> keys.add(KeyedList.text(item)));
        } else if (!text(schema, "x-kubernetes-patch-merge-key").isEmpty()) {
            keys.add(text(schema, "x-kubernetes-patch-merge-key"));
        }
        return keys;
    }

    private @Nullable YamlMap resolve(@Nullable YamlNode schema) {
        YamlNode found = schema;
        for (int i = 0; i < MAX_REFERENCES && found instanceof YamlMap map; i++) {
            String reference = text(map, "$ref");
            if (reference.isEmpty()) {
                return map;
            }
            found = definitions != null && reference.startsWith(PREFIX)
                    ? definitions.child(reference
                            .substring(PREFIX.length())
                            .replace("~1", "/")
                            .replace("~0", "~"))
                    : null;
        }
        return null;
    }
}
