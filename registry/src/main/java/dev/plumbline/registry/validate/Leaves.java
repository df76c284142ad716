package dev.plumbline.registry.validate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Walks a plain tree down to its scalars. */
final class Leaves {

    private final Visitor visitor;
    private final List<String> path;

    private Leaves(List<String> start, Visitor visitor) {
        this.path = new ArrayList<>(start);
        this.visitor = visitor;
    }

    /** Sees each scalar. */
    @FunctionalInterface
    interface Visitor {

        /**
         * One scalar.
         *
         * @param path where it stands; changes as the walk goes on, so whoever keeps it copies it
         * @param value the scalar
         */
        void visit(List<String> path, @Nullable Object value);
    }

    /** Shows every scalar of a tree to a visitor; paths begin with {@code start}. */
    static void walk(@Nullable Object tree, List<String> start, Visitor visitor) {
        new Leaves(start, visitor).walk(tree);
    }

    private void walk(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                below(String.valueOf(entry.getKey()), entry.getValue());
            }
        } else if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                below(Integer.toString(i), list.get(i));
            }
        } else {
            visitor.visit(path, value);
        }
    }

    private void below(String step, @Nullable Object child) {
        path.add(step);
        walk(child);
        path.removeLast();
    }
}
