package dev.plumbline.registry.render;

import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.JsonException;
import dev.plumbline.registry.json.Tree;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Facts of the built-in kinds as kustomize v5.8.2 knows them: which are cluster-scoped, and by which keys strategic-merge
 * patches merge their lists. Read once from {@code built-in-kinds.json}, which {@code tests/golden/facts/make.py} makes.
 */
final class BuiltInKinds {

    private static final BuiltInKinds FACTS = new BuiltInKinds();

    private final Set<Gvk> clusterScoped = new HashSet<>();
    private final Set<Gvk> namespaced = new HashSet<>();
    private final Map<String, String> kinds = new HashMap<>();
    private final Map<String, String> definitions = new HashMap<>();
    private final Map<String, String> names = new HashMap<>();
    private final Map<String, Map<String, Field>> types = new HashMap<>();

    /**
     * A field of a type.
     *
     * @param type type of the value, or of a list's elements; null where no keyed list is below
     * @param keys merge keys of a keyed list, empty for a set of scalars; null where patches replace the list
     * @param values type of the values of a map with free keys
     */
    record Field(
            @Nullable String type,
            @Nullable List<String> keys,
            @Nullable String values) {}

    private BuiltInKinds() {
        Map<String, @Nullable Object> data = resource("built-in-kinds.json");
        Tree.list(data, "clusterScoped").forEach(kind -> clusterScoped.add(gvk((String) kind)));
        Tree.list(data, "namespaced").forEach(kind -> namespaced.add(gvk((String) kind)));
        Tree.map(data, "kinds").forEach((kind, type) -> kinds.put(kind, (String) type));
        Tree.map(data, "definitions").forEach((name, type) -> {
            definitions.put(name, (String) type);
            names.put((String) type, name);
        });
        Tree.map(data, "types").forEach((name, fields) -> {
            Map<String, Field> type = new HashMap<>();
            Tree.map(fields).forEach((field, facts) -> type.put(field, field(facts)));
            types.put(name, type);
        });
    }

    private static Gvk gvk(String written) {
        String[] parts = written.split("/", -1);
        return parts.length == 2 ? new Gvk("", parts[0], parts[1]) : new Gvk(parts[0], parts[1], parts[2]);
    }

    private static Field field(@Nullable Object facts) {
        List<String> keys = null;
        if (Tree.at(facts, "keys") instanceof List<?> list) {
            keys = list.stream().map(String.class::cast).toList();
        }
        return new Field(Tree.string(facts, "type"), keys, Tree.string(facts, "values"));
    }

    static BuiltInKinds get() {
        return FACTS;
    }

    /** Whether the kind surely has no namespace; an unknown kind is taken for namespaced, as kustomize does. */
    boolean clusterScoped(Gvk gvk) {
        return clusterScoped.contains(gvk);
    }

    /** Whether the kind is built in, so that no schema of a repository can change whether it has a namespace. */
    boolean knows(Gvk gvk) {
        return clusterScoped.contains(gvk) || namespaced.contains(gvk);
    }

    /** The type of a kind's objects; null when it is not built in or has no keyed list. */
    @Nullable
    String typeOf(String apiVersion, String kind) {
        return kinds.get(apiVersion + "/" + kind);
    }

    /** The type with a name such as {@code io.k8s.api.core.v1.PodSpec}; null when nothing below it is keyed. */
    @Nullable
    String definition(String name) {
        return definitions.get(name);
    }

    /** The name that a schema has for a type; null for types that are not built in. */
    @Nullable
    String nameOf(String type) {
        return names.get(type);
    }

    /** A field of a type; null when nothing below it is keyed. */
    @Nullable
    Field field(@Nullable String type, String name) {
        Map<String, Field> fields = type == null ? null : types.get(type);
        if (fields == null) {
            return null;
        }
        Field field = fields.get(name);
        return field == null ? fields.get("*") : field;
    }

    static Map<String, @Nullable Object> resource(String name) {
        try (InputStream in = BuiltInKinds.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the program's own file " + name + " is missing");
            }
            return Json.parseObject(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (JsonException e) {
            throw new IllegalStateException("the program's own file " + name + " is damaged", e);
        }
    }
}
