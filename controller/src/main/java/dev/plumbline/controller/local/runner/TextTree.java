package dev.plumbline.controller.local.runner;

import dev.plumbline.registry.json.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Changes all texts of a tree, its keys aside. */
final class TextTree {

    private TextTree() {}

    /** What becomes of a text. */
    @FunctionalInterface
    interface Change {

        /** The new text. */
        String of(String text) throws NodeProblem;
    }

    /** A copy with the changed texts. */
    static @Nullable Object changed(@Nullable Object tree, Change change) throws NodeProblem {
        return switch (tree) {
            case String text -> change.of(text);
            case Map<?, ?> map -> {
                Map<String, @Nullable Object> copy = new LinkedHashMap<>();
                for (Map.Entry<String, @Nullable Object> entry : Tree.cast(map).entrySet()) {
                    copy.put(entry.getKey(), changed(entry.getValue(), change));
                }
                yield copy;
            }
            case List<?> list -> {
                List<@Nullable Object> copy = new ArrayList<>();
                for (Object element : list) {
                    copy.add(changed(element, change));
                }
                yield copy;
            }
            case null, default -> tree;
        };
    }
}
