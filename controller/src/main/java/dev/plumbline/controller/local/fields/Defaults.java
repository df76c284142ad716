package dev.plumbline.controller.local.fields;

import dev.plumbline.registry.json.Tree;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the API server does to the content of a custom resource before it looks at it. */
public final class Defaults {

    private Defaults() {}

    /** Removes nulls from declared fields of a tree that may be changed: they mean absent. */
    public static void dropNulls(FieldType type, @Nullable Object value) {
        FieldType.MapType map = type.map();
        FieldType.ListType list = type.list();
        if (value instanceof Map<?, ?> tree && map != null) {
            Iterator<Map.Entry<String, @Nullable Object>> entries =
                    Tree.cast(tree).entrySet().iterator();
            while (entries.hasNext()) {
                Map.Entry<String, @Nullable Object> entry = entries.next();
                FieldType inner = map.at(entry.getKey());
                if (entry.getValue() == null && map.declares(entry.getKey())) {
                    entries.remove();
                } else if (inner != null) {
                    dropNulls(inner, entry.getValue());
                }
            }
        } else if (value instanceof List<?> items && list != null) {
            items.forEach(item -> dropNulls(list.of(), item));
        }
    }

    /** Sets the declared defaults of absent fields in a tree that may be changed. */
    public static void fill(FieldType type, @Nullable Object value) {
        FieldType.MapType map = type.map();
        FieldType.ListType list = type.list();
        if (value instanceof Map<?, ?> plain && map != null) {
            Map<String, @Nullable Object> tree = Tree.cast(plain);
            map.defaults().forEach((name, wanted) -> {
                if (tree.get(name) == null) {
                    tree.put(name, Tree.copy((Object) wanted));
                }
            });
            for (Map.Entry<String, @Nullable Object> entry : tree.entrySet()) {
                FieldType inner = map.at(entry.getKey());
                if (inner != null && entry.getValue() != null) {
                    fill(inner, entry.getValue());
                }
            }
        } else if (value instanceof List<?> items && list != null) {
            items.forEach(item -> fill(list.of(), item));
        }
    }

    /** Sets the structs that the API server's own types always have, even where nothing is in them. */
    public static void fillStructs(FieldType type, @Nullable Object value) {
        FieldType.MapType map = type.map();
        FieldType.ListType list = type.list();
        if (value instanceof Map<?, ?> plain && map != null) {
            Map<String, @Nullable Object> tree = Tree.cast(plain);
            map.defaults().forEach((name, wanted) -> {
                if (tree.get(name) == null && wanted.equals(Map.of())) {
                    tree.put(name, new LinkedHashMap<String, @Nullable Object>());
                }
            });
            for (Map.Entry<String, @Nullable Object> entry : tree.entrySet()) {
                FieldType inner = map.at(entry.getKey());
                if (inner != null && entry.getValue() != null) {
                    fillStructs(inner, entry.getValue());
                }
            }
        } else if (value instanceof List<?> items && list != null) {
            items.forEach(item -> fillStructs(list.of(), item));
        }
    }

    /** Removes empty lists and maps, which the API server's own types do not keep; structs stay. */
    public static void dropEmpty(FieldType type, @Nullable Object value) {
        FieldType.MapType map = type.map();
        FieldType.ListType list = type.list();
        if (value instanceof Map<?, ?> plain && map != null) {
            Iterator<Map.Entry<String, @Nullable Object>> entries =
                    Tree.cast(plain).entrySet().iterator();
            while (entries.hasNext()) {
                Map.Entry<String, @Nullable Object> entry = entries.next();
                FieldType inner = map.at(entry.getKey());
                if (inner == null) {
                    continue;
                }
                dropEmpty(inner, entry.getValue());
                boolean emptyList = entry.getValue() instanceof List<?> items && items.isEmpty();
                boolean emptyMap = entry.getValue() instanceof Map<?, ?> inside
                        && inside.isEmpty()
                        && inner.map() != null
                        && inner.map().isPlain();
                if (map.declares(entry.getKey()) && (emptyList || emptyMap)) {
                    entries.remove();
                }
            }
        } else if (value instanceof List<?> items && list != null) {
            items.forEach(item -> dropEmpty(list.of(), item));
        }
    }

    /**
     * What the API server compares a new object of a built-in kind with: its empty struct. Of the keyed lists only a pod's
     * containers are always written, as null.
     */
    static Map<String, @Nullable Object> emptyObject(FieldType type) {
        Map<String, @Nullable Object> empty = new LinkedHashMap<>();
        fillStructs(type, empty);
        nullContainers(type, empty);
        return empty;
    }

    private static void nullContainers(FieldType type, Map<String, @Nullable Object> tree) {
        FieldType.MapType map = type.map();
        if (map != null && map.declares("containers") && map.declares("ephemeralContainers")) {
            tree.put("containers", null);
        }
        tree.forEach((name, value) -> {
            FieldType inner = map == null ? null : map.at(name);
            if (inner != null && value instanceof Map<?, ?> struct) {
                nullContainers(inner, Tree.cast(struct));
            }
        });
    }
}
