package dev.plumbline.controller.local.fields;

import dev.plumbline.registry.json.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes fields and list items out of an object. */
final class Pruning {

    private Pruning() {}

    /** The value without the members of a set; null where nothing is left of a map or list. */
    static @Nullable Object remove(FieldType declared, @Nullable Object value, FieldSet fields) throws FieldFault {
        FieldType type = declared.deduce(value);
        FieldType.MapType map = type.map();
        FieldType.ListType list = type.list();
        if (map != null) {
            return value instanceof Map<?, ?> tree && !map.atomic() ? maps(map, Tree.cast(tree), fields) : null;
        }
        if (type.scalar() == null && list != null) {
            return value instanceof List<?> items && !list.atomic() ? lists(list, Tree.castList(items), fields) : null;
        }
        return value;
    }

    private static @Nullable Object maps(FieldType.MapType type, Map<String, @Nullable Object> map, FieldSet fields)
            throws FieldFault {
        Map<String, @Nullable Object> left = new LinkedHashMap<>();
        for (Map.Entry<String, @Nullable Object> entry : map.entrySet()) {
            String element = PathElements.field(entry.getKey());
            if (!fields.has(element)) {
                left.put(entry.getKey(), inner(type.at(entry.getKey()), entry.getValue(), fields.below(element)));
            }
        }
        return left.isEmpty() ? null : left;
    }

    private static @Nullable Object lists(FieldType.ListType type, List<@Nullable Object> list, FieldSet fields)
            throws FieldFault {
        List<@Nullable Object> left = new ArrayList<>();
        for (Object item : list) {
            String element = PathElements.item(type, item);
            if (!fields.has(element)) {
                left.add(inner(type.of(), item, fields.below(element)));
            }
        }
        return left.isEmpty() ? null : left;
    }

    private static @Nullable Object inner(@Nullable FieldType type, @Nullable Object value, FieldSet fields)
            throws FieldFault {
        return type == null || fields.isEmpty() ? value : remove(type, value, fields);
    }
}
