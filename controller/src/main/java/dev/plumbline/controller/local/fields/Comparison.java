package dev.plumbline.controller.local.fields;

import dev.plumbline.registry.json.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which fields differ between two objects of one type; no field is in two of the sets.
 *
 * @param removed only in the left one
 * @param modified in both, with other values
 * @param added only in the right one
 */
record Comparison(FieldSet removed, FieldSet modified, FieldSet added) {

    static Comparison of(FieldType type, @Nullable Object left, @Nullable Object right) throws FieldFault {
        Walk root = new Walk(new FieldSet.Builder(), new FieldSet.Builder(), new FieldSet.Builder());
        root.compare(type, left, right);
        return new Comparison(root.removed.build(), root.modified.build(), root.added.build());
    }

    /** Without some fields and what is below them. */
    Comparison without(FieldSet ignored) {
        return ignored.isEmpty()
                ? this
                : new Comparison(removed.without(ignored), modified.without(ignored), added.without(ignored));
    }

    private record Walk(FieldSet.Builder removed, FieldSet.Builder modified, FieldSet.Builder added) {

        Walk at(String element) {
            return new Walk(removed.at(element), modified.at(element), added.at(element));
        }

        @SuppressWarnings("ReferenceEquality") // Saves comparing what is shared.
        void compare(FieldType declared, @Nullable Object left, @Nullable Object right) throws FieldFault {
            if (left == right) {
                return;
            }
            FieldType leftType = declared.deduce(left);
            FieldType rightType = declared.deduce(right);
            boolean leaf;
            if (Absent.is(right)) {
                leaf = handle(leftType, left, right);
            } else if (Absent.is(left) || leftType.sameForm(rightType)) {
                leaf = handle(rightType, left, right);
            } else {
                handle(leftType, left, right);
                leaf = handle(rightType, left, right);
            }
            if (!leaf && Absent.is(left)) {
                added.add();
            } else if (!leaf && Absent.is(right)) {
                removed.add();
            }
        }

        /** Compares in one form; true when the value is one leaf. */
        private boolean handle(FieldType type, @Nullable Object left, @Nullable Object right) throws FieldFault {
            FieldType.MapType map = type.map();
            FieldType.ListType list = type.list();
            if (map != null) {
                Map<String, @Nullable Object> l = mapOf(left);
                Map<String, @Nullable Object> r = mapOf(right);
                if (!map.atomic() && !(l.isEmpty() && r.isEmpty())) {
                    maps(map, l, r);
                    return false;
                }
            } else if (type.scalar() == null && list != null) {
                List<@Nullable Object> l = listOf(left);
                List<@Nullable Object> r = listOf(right);
                if (!list.atomic() && !(l.isEmpty() && r.isEmpty())) {
                    lists(list, l, r);
                    return false;
                }
            }
            leaf(left, right);
            return true;
        }

        private void leaf(@Nullable Object left, @Nullable Object right) {
            if (Absent.is(left)) {
                added.add();
            } else if (Absent.is(right)) {
                removed.add();
            } else if (!Values.same(left, right)) {
                modified.add();
            }
        }

        @SuppressWarnings("ReferenceEquality") // Saves comparing what is shared.
        private void maps(
                FieldType.MapType type, Map<String, @Nullable Object> left, Map<String, @Nullable Object> right)
                throws FieldFault {
            Set<String> keys = new LinkedHashSet<>(left.keySet());
            keys.addAll(right.keySet());
            for (String key : keys) {
                FieldType inner = type.at(key);
                Object l = left.containsKey(key) ? left.get(key) : Absent.VALUE;
                Object r = right.containsKey(key) ? right.get(key) : Absent.VALUE;
                if (inner != null && l != r) {
                    at(PathElements.field(key)).compare(inner, l, r);
                }
            }
        }

        private void lists(FieldType.ListType type, List<@Nullable Object> left, List<@Nullable Object> right)
                throws FieldFault {
            Map<String, List<@Nullable Object>> l = index(type, left);
            Map<String, List<@Nullable Object>> r = index(type, right);
            Set<String> elements = new LinkedHashSet<>(l.keySet());
            elements.addAll(r.keySet());
            for (String element : elements) {
                items(type, element, l.getOrDefault(element, List.of()), r.getOrDefault(element, List.of()));
            }
        }

        /** Doubled items count as one leaf. */
        private void items(
                FieldType.ListType type, String element, List<@Nullable Object> left, List<@Nullable Object> right)
                throws FieldFault {
            Walk at = at(element);
            if (left.size() < 2 && right.size() < 2) {
                at.compare(
                        type.of(),
                        left.isEmpty() ? Absent.VALUE : left.getFirst(),
                        right.isEmpty() ? Absent.VALUE : right.getFirst());
            } else if (left.size() >= 2 && right.size() >= 2) {
                if (!Objects.equals(left, right)) {
                    at.modified.add();
                }
            } else if (left.size() >= 2) {
                if (!right.isEmpty()) {
                    at.compare(type.of(), Absent.VALUE, right.getFirst());
                }
                at.removed.add();
            } else {
                if (!left.isEmpty()) {
                    at.compare(type.of(), left.getFirst(), Absent.VALUE);
                }
                at.added.add();
            }
        }

        private static Map<String, List<@Nullable Object>> index(FieldType.ListType type, List<@Nullable Object> items)
                throws FieldFault {
            Map<String, List<@Nullable Object>> index = new LinkedHashMap<>();
            for (Object item : items) {
                index.computeIfAbsent(PathElements.item(type, item), e -> new ArrayList<>())
                        .add(item);
            }
            return index;
        }
    }

    private static Map<String, @Nullable Object> mapOf(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? Tree.cast(map) : Map.of();
    }

    private static List<@Nullable Object> listOf(@Nullable Object value) {
        return value instanceof List<?> list ? Tree.castList(list) : List.of();
    }
}
