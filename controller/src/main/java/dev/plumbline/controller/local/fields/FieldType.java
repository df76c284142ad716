package dev.plumbline.controller.local.fields;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one field may be: a scalar, a list, a map (or struct), or several of them, decided by the value. */
public final class FieldType {

    /** The scalars that are told apart. */
    public enum Scalar {
        /** Text. */
        STRING,
        /** A number. */
        NUMERIC,
        /** True or false. */
        BOOLEAN,
        /** Any of them. */
        UNTYPED
    }

    /** A list: atomic, or with items that are found by keys, or (with no keys) by themselves. */
    static final class ListType {
        private final FieldType[] all;
        private final int of;
        private final boolean associative;
        private final List<String> keys;

        ListType(FieldType[] all, int of, boolean associative, List<String> keys) {
            this.all = all;
            this.of = of;
            this.associative = associative;
            this.keys = keys;
        }

        FieldType of() {
            return all[of];
        }

        boolean atomic() {
            return !associative;
        }

        List<String> keys() {
            return keys;
        }
    }

    /** A struct, a map, or both: declared fields, and one type for all other keys. */
    static final class MapType {
        private final FieldType[] all;
        private final Map<String, Integer> fields;
        private final Map<String, Object> defaults;
        private final int of;
        private final boolean atomic;

        MapType(FieldType[] all, Map<String, Integer> fields, Map<String, Object> defaults, int of, boolean atomic) {
            this.all = all;
            this.fields = fields;
            this.defaults = defaults;
            this.of = of;
            this.atomic = atomic;
        }

        boolean declares(String name) {
            return fields.containsKey(name);
        }

        /** The type of a key; null when it is not known. */
        @Nullable
        FieldType at(String name) {
            Integer index = fields.get(name);
            return index != null ? all[index] : of < 0 ? null : all[of];
        }

        boolean atomic() {
            return atomic;
        }

        /** Whether it is a map of any keys and no struct. */
        boolean isPlain() {
            return fields.isEmpty() && of >= 0;
        }

        Map<String, Object> defaults() {
            return defaults;
        }
    }

    private final @Nullable Scalar scalar;
    private final @Nullable ListType list;
    private final @Nullable MapType map;
    private final int forms;

    FieldType(@Nullable Scalar scalar, @Nullable ListType list, @Nullable MapType map) {
        this.scalar = scalar;
        this.list = list;
        this.map = map;
        this.forms = (scalar == null ? 0 : 1) + (list == null ? 0 : 1) + (map == null ? 0 : 1);
    }

    @Nullable
    Scalar scalar() {
        return scalar;
    }

    @Nullable
    ListType list() {
        return list;
    }

    @Nullable
    MapType map() {
        return map;
    }

    /** Whether the value decides which form it has. */
    boolean manyForms() {
        return forms > 1;
    }

    /** Narrowed to the form that a value has, where it may have it. */
    FieldType deduce(@Nullable Object value) {
        if (forms < 2 || value == null || Absent.is(value)) {
            return this;
        }
        if (value instanceof Map) {
            return map == null ? this : new FieldType(null, null, map);
        }
        if (value instanceof List) {
            return list == null ? this : new FieldType(null, list, null);
        }
        return scalar == null ? this : new FieldType(scalar, null, null);
    }

    /** Whether it is of the same forms, given that both come from one type. */
    boolean sameForm(FieldType other) {
        return scalar == other.scalar && list == other.list && map == other.map;
    }

    /** The type of a field of a struct; null when there is no such field. */
    public @Nullable FieldType field(String name) {
        return map == null ? null : map.at(name);
    }

    /** Whether a path element is a declared field. */
    boolean declares(String element) {
        return map != null && element.startsWith("f:") && map.declares(element.substring(2));
    }

    /** The type below a path element; null when it is not known. */
    @Nullable
    FieldType at(String element) {
        if (element.startsWith("f:")) {
            return map == null ? null : map.at(element.substring(2));
        }
        return element.startsWith("k:") && list != null ? list.of() : null;
    }

    /** The default of a field; null when it has none. */
    @Nullable
    Object defaultOf(String field) {
        return map == null ? null : map.defaults().get(field);
    }
}
