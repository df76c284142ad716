package dev.plumbline.controller.local.runner;

import dev.plumbline.registry.argo.Tags;
import dev.plumbline.registry.json.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Changes the texts of a tree. */
final class TextTree {

    private TextTree() {}

    /** What becomes of a text. */
    @FunctionalInterface
    interface Change {

        /** The new text. */
        String of(String text) throws NodeProblem;
    }

    /** A copy with the changed texts; keys stay as they are. */
    static @Nullable Object changed(@Nullable Object tree, Change change) throws NodeProblem {
        return changed(tree, key -> key, change);
    }

    /** A copy with the values of expressions put into all its texts, and those of simple tags into its keys too. */
    static Map<String, @Nullable Object> replaced(
            Map<String, @Nullable Object> map, ExpressionTags expressions, Tags.Scope names) throws NodeProblem {
        Object copy =
                changed(map, key -> Tags.replace(key, names), text -> Tags.replace(expressions.replace(text), names));
        return Tree.cast((Map<?, ?>) Objects.requireNonNull(copy));
    }

    private static @Nullable Object changed(@Nullable Object tree, UnaryOperator<String> keys, Change change)
            throws NodeProblem {
        return switch (tree) {
            case String text -> change.of(text);
            case Map<?, ?> map -> {
                Map<String, @Nullable Object> copy = LinkedHashMap.newLinkedHashMap(map.size());
                for (Map.Entry<String, @Nullable Object> entry : Tree.cast(map).entrySet()) {
                    copy.put(keys.apply(entry.getKey()), changed(entry.getValue(), keys, change));
                }
                yield copy;
            }
            case List<?> list -> {
                List<@Nullable Object> copy = new ArrayList<>(list.size());
                for (Object element : list) {
                    copy.add(changed(element, keys, change));
                }
                yield copy;
            }
            case null, default -> tree;
        };
    }
}
