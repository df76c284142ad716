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
 * their lists, and paths, which tell whether a kind has namespaces. Types are numbered as they are met. What a reference names is
 * looked up here and among the built-in definitions, as far as the build knows them.
 */
final class OpenApiDefinitions {

    /** Most references from one definition to the next before a schema is reached. */
    static final int MAX_REFERENCES = 100;

    private static final String PREFIX = "/definitions/";
    private static final String REFERENCE = "$ref";
    private static final String KINDS = "x-kubernetes-group-version-kind";
    private static final String NAMESPACED = "namespaces/{namespace}";

    private final @Nullable YamlMap definitions;
    private final BuiltIn builtIn;
    private final Problems problems;
    private final Map<String, String> kinds = new HashMap<>();
    private final Map<Gvk, Boolean> namespaced = new HashMap<>();
    private final IdentityHashMap<YamlMap, String> names = new IdentityHashMap<>();
    private final Map<String, YamlMap> types = new HashMap<>();

    /** How the built-in definitions go with those of the document. */
    enum BuiltIn {
        /** They are not known. */
        REPLACED,
        /** They are known where the document says nothing. */
        BEHIND,
        /** They go before the document's. */
        BEFORE
    }

    OpenApiDefinitions(YamlMap document, BuiltIn builtIn, Problems problems) {
        this.builtIn = builtIn;
        this.problems = problems;
        this.definitions = document.child("definitions") instanceof YamlMap map ? map : null;
        if (definitions != null) {
            definitions.entries().forEach((_, definition) -> addKinds(definition));
        }
        if (document.child("paths") instanceof YamlMap paths) {
            paths.entries().forEach(this::addPath);
        }
    }

    private void addKinds(YamlNode definition) {
        if (!(definition instanceof YamlMap) && !(definition instanceof YamlScalar none && none.value() == null)) {
            problems.error(
                    "render-openapi", definition.location(), "a definition is a map", "write the schema of the type");
        }
        if (definition instanceof YamlMap schema && schema.child(KINDS) instanceof YamlList list) {
            for (YamlNode item : list.items()) {
                Gvk gvk = gvk(item);
                if (gvk.kind().isEmpty() || gvk.version().isEmpty()) {
                    problems.warning(
                            "render-openapi",
                            item.location(),
                            KINDS + " without kind or version, which kustomize dies of where it needs the schema",
                            "write group, version and kind");
                }
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

    /** The type of a kind's objects; null when nothing is known of it. */
    @Nullable
    String typeOf(String apiVersion, String kind) {
        String own = kinds.get(apiVersion + "/" + kind);
        String other = builtIn == BuiltIn.REPLACED ? null : BuiltInKinds.get().typeOf(apiVersion, kind);
        return other == null || (own != null && builtIn == BuiltIn.BEHIND) ? own : other;
    }

    /** What a built-in type is here: the document's own where that has one of its name that goes before it. */
    private @Nullable String present(@Nullable String type) {
        String name = type == null ? null : BuiltInKinds.get().nameOf(type);
        return name != null && builtIn == BuiltIn.BEHIND && defined(name) instanceof YamlMap own ? name(own) : type;
    }

    /** A property, or what a map with free keys holds; null where the schema says nothing. */
    BuiltInKinds.@Nullable Field field(@Nullable String type, String name) {
        YamlMap schema = type == null ? null : types.get(type);
        if (schema == null) {
            BuiltInKinds.Field field = BuiltInKinds.get().field(type, name);
            return field == null
                    ? null
                    : new BuiltInKinds.Field(present(field.type()), field.keys(), present(field.values()));
        }
        YamlNode property = schema.child("properties") instanceof YamlMap map ? map.child(name) : null;
        YamlNode written = property != null ? property : schema.child("additionalProperties");
        YamlMap found = resolve(written);
        if (found == null) {
            String other = builtIn(written);
            return other == null ? null : new BuiltInKinds.Field(other, null, null);
        }
        List<String> keys = keys(found);
        boolean list = text(found, "type").equals("array") && found.child("items") instanceof YamlMap;
        String below = list ? elements(found.child("items")) : keys == null ? name(found) : null;
        return new BuiltInKinds.Field(below, keys, null);
    }

    private @Nullable String elements(@Nullable YamlNode items) {
        YamlMap found = resolve(items);
        return found == null ? builtIn(items) : name(found);
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

    /** The schema of the document that is meant; null where it is none of the document's. */
    private @Nullable YamlMap resolve(@Nullable YamlNode schema) {
        return follow(schema) instanceof YamlMap map && text(map, REFERENCE).isEmpty() ? map : null;
    }

    /** The built-in type that is meant; null where it is none. */
    private @Nullable String builtIn(@Nullable YamlNode schema) {
        return follow(schema) instanceof YamlMap map && builtIn != BuiltIn.REPLACED
                ? BuiltInKinds.get().definition(definition(map))
                : null;
    }

    /** The schema where references end: one without a reference, or with one that leads out of the document. */
    private @Nullable YamlNode follow(@Nullable YamlNode schema) {
        YamlNode found = schema;
        for (int i = 0; i < MAX_REFERENCES && found instanceof YamlMap map; i++) {
            String name = definition(map);
            boolean other = builtIn == BuiltIn.BEFORE && BuiltInKinds.get().definition(name) != null;
            YamlNode own = name.isEmpty() || other ? null : defined(name);
            if (own == null) {
                return found;
            }
            found = own;
        }
        return null;
    }

    private @Nullable YamlNode defined(String name) {
        return definitions == null ? null : definitions.child(name);
    }

    /** The definition that a reference names; empty for none. Whatever stands before the {@code #} does not count. */
    private static String definition(YamlMap schema) {
        String reference = text(schema, REFERENCE);
        String pointer = reference.substring(reference.indexOf('#') + 1);
        return pointer.startsWith(PREFIX)
                ? pointer.substring(PREFIX.length()).replace("~1", "/").replace("~0", "~")
                : "";
    }
}
