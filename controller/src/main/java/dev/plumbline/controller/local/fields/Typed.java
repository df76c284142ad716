package dev.plumbline.controller.local.fields;

import dev.plumbline.registry.json.Tree;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads content by its type: whether it fits, and which fields it has. */
final class Typed {

    private Typed() {}

    /** Refuses content that does not fit; doubled list items only where asked. */
    static void check(FieldType declared, @Nullable Object value, boolean allowDoubles) throws FieldFault {
        FieldType type = declared.deduce(value);
        FieldType.MapType map = type.map();
        FieldType.ListType list = type.list();
        if (map != null) {
            if (value != null) {
                checkMap(map, mapOf(value), allowDoubles);
            }
        } else if (type.scalar() != null) {
            checkScalar(type.scalar(), value);
        } else if (list != null && value != null) {
            checkList(list, listOf(value), allowDoubles);
        }
    }

    private static void checkMap(FieldType.MapType type, Map<String, @Nullable Object> map, boolean allowDoubles)
            throws FieldFault {
        for (Map.Entry<String, @Nullable Object> entry : map.entrySet()) {
            String element = PathElements.field(entry.getKey());
            FieldType inner = type.at(entry.getKey());
            if (inner == null) {
                throw new FieldFault("no such field").below(element);
            }
            try {
                check(inner, entry.getValue(), allowDoubles);
            } catch (FieldFault e) {
                throw e.below(element);
            }
        }
    }

    private static void checkList(FieldType.ListType type, List<@Nullable Object> list, boolean allowDoubles)
            throws FieldFault {
        Set<String> seen = new HashSet<>();
        int index = 0;
        for (Object item : list) {
            String element = "v:" + index++;
            try {
                if (!type.atomic()) {
                    element = PathElements.item(type, item);
                    if (!seen.add(element) && !allowDoubles) {
                        throw new FieldFault("it is there twice");
                    }
                }
                check(type.of(), item, allowDoubles);
            } catch (FieldFault e) {
                throw e.below(element);
            }
        }
    }

    private static void checkScalar(FieldType.Scalar scalar, @Nullable Object value) throws FieldFault {
        if (value == null) {
            return;
        }
        boolean good = switch (scalar) {
            case STRING -> value instanceof String;
            case NUMERIC -> value instanceof Number;
            case BOOLEAN -> value instanceof Boolean;
            case UNTYPED -> !(value instanceof Map) && !(value instanceof List);
        };
        if (!good) {
            throw new FieldFault(
                    "expected " + scalar.name().toLowerCase(java.util.Locale.ROOT) + ", got " + named(value));
        }
    }

    /** The form of a value; never the value, which may be a secret. */
    private static String named(Object value) {
        return switch (value) {
            case Map<?, ?> map -> "an object";
            case List<?> list -> "a list";
            case String text -> "a string";
            case Boolean flag -> "a boolean";
            default -> "a number";
        };
    }

    private static Map<String, @Nullable Object> mapOf(Object value) throws FieldFault {
        if (value instanceof Map<?, ?> map) {
            return Tree.cast(map);
        }
        throw new FieldFault("expected an object, got " + named(value));
    }

    private static List<@Nullable Object> listOf(Object value) throws FieldFault {
        if (value instanceof List<?> list) {
            return Tree.castList(list);
        }
        throw new FieldFault("expected a list, got " + named(value));
    }

    /** Every leaf and every item of a map or list that content has. */
    static FieldSet fields(FieldType type, @Nullable Object value) throws FieldFault {
        FieldSet.Builder root = new FieldSet.Builder();
        collect(type, value, root);
        return root.build();
    }

    private static void collect(FieldType declared, @Nullable Object value, FieldSet.Builder at) throws FieldFault {
        FieldType type = declared.deduce(value);
        FieldType.MapType map = type.map();
        FieldType.ListType list = type.list();
        if (map != null) {
            if (map.atomic()) {
                at.add();
            } else if (value instanceof Map<?, ?> tree) {
                collectMap(map, Tree.cast(tree), at);
            }
        } else if (type.scalar() != null) {
            at.add();
        } else if (list != null) {
            if (list.atomic()) {
                at.add();
            } else if (value instanceof List<?> items) {
                collectList(list, Tree.castList(items), at);
            }
        }
    }

    private static void collectMap(FieldType.MapType type, Map<String, @Nullable Object> map, FieldSet.Builder at)
            throws FieldFault {
        for (Map.Entry<String, @Nullable Object> entry : map.entrySet()) {
            FieldSet.Builder child = at.at(PathElements.field(entry.getKey()));
            Object value = entry.getValue();
            FieldType inner = type.at(entry.getKey());
            if (inner != null) {
                collect(inner, value, child);
            }
            if (value == null
                    || (value instanceof Map<?, ?> empty && empty.isEmpty())
                    || !type.declares(entry.getKey())) {
                child.add();
            }
        }
    }

    private static void collectList(FieldType.ListType type, List<@Nullable Object> list, FieldSet.Builder at)
            throws FieldFault {
        Set<String> seen = new HashSet<>();
        Set<String> doubled = new HashSet<>();
        for (Object item : list) {
            String element = PathElements.item(type, item);
            if (!seen.add(element)) {
                doubled.add(element);
            }
        }
        for (Object item : list) {
            String element = PathElements.item(type, item);
            FieldSet.Builder child = at.at(element);
            child.add();
            if (!doubled.contains(element)) {
                collect(type.of(), item, child);
            }
        }
    }

    /** Refuses null where the type is known: a custom resource may not hold it. */
    static void checkNoNull(FieldType type, @Nullable Object value) throws FieldFault {
        FieldType.MapType map = type.map();
        FieldType.ListType list = type.list();
        if (value == null && !type.manyForms()) {
            throw new FieldFault("it may not be null");
        }
        if (value instanceof Map<?, ?> tree && map != null) {
            for (Map.Entry<String, @Nullable Object> entry : Tree.cast(tree).entrySet()) {
                FieldType inner = map.at(entry.getKey());
                try {
                    if (inner != null) {
                        checkNoNull(inner, entry.getValue());
                    }
                } catch (FieldFault e) {
                    throw e.below(PathElements.field(entry.getKey()));
                }
            }
        } else if (value instanceof List<?> items && list != null) {
            for (Object item : items) {
                checkNoNull(list.of(), item);
            }
        }
    }
}
