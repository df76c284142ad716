package dev.plumbline.controller.local.fields;

import dev.plumbline.registry.json.Tree;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Equality of values as the API server sees it: numbers by their value, whole or not. */
public final class Values {

    private Values() {}

    /** Whether two plain trees are equal. */
    @SuppressWarnings("ReferenceEquality") // Saves comparing what is shared.
    public static boolean same(@Nullable Object left, @Nullable Object right) {
        if (left == right) {
            return true;
        }
        if (left instanceof Map<?, ?> l && right instanceof Map<?, ?> r) {
            return sameMaps(Tree.cast(l), Tree.cast(r));
        }
        if (left instanceof List<?> l && right instanceof List<?> r) {
            if (l.size() != r.size()) {
                return false;
            }
            for (int i = 0; i < l.size(); i++) {
                if (!same(l.get(i), r.get(i))) {
                    return false;
                }
            }
            return true;
        }
        if (left instanceof Number l && right instanceof Number r && (l instanceof Double || r instanceof Double)) {
            return l.doubleValue() == r.doubleValue();
        }
        return Objects.equals(left, right);
    }

    private static boolean sameMaps(Map<String, @Nullable Object> left, Map<String, @Nullable Object> right) {
        if (left.size() != right.size()) {
            return false;
        }
        for (Map.Entry<String, @Nullable Object> entry : left.entrySet()) {
            if (!right.containsKey(entry.getKey()) || !same(entry.getValue(), right.get(entry.getKey()))) {
                return false;
            }
        }
        return true;
    }
}
