package dev.plumbline.controller.local.fields;

import dev.plumbline.registry.json.Tree;
import java.util.Iterator;
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
}
