package dev.plumbline.controller.diff;

import dev.plumbline.registry.json.Tree;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads and writes one place of a plain tree, through maps and lists. */
final class Place {

    private Place() {}

    /** The value there; null when there is none. */
    static @Nullable Object get(@Nullable Object tree, List<String> path) {
        Object value = tree;
        for (String element : path) {
            if (value instanceof Map<?, ?> map) {
                value = map.get(element);
            } else if (value instanceof List<?> list && index(element) < list.size() && index(element) >= 0) {
                value = list.get(index(element));
            } else {
                return null;
            }
        }
        return value;
    }

    /**
     * Writes a value there, making maps on the way; null removes it. A place in a list that has no such item is left alone.
     *
     * @param tree may be changed
     */
    static void set(@Nullable Object tree, List<String> path, @Nullable Object value) {
        String element = path.getFirst();
        boolean last = path.size() == 1;
        if (tree instanceof Map<?, ?> any) {
            Map<String, @Nullable Object> map = Tree.cast(any);
            if (!last) {
                boolean holds = map.get(element) instanceof Map || map.get(element) instanceof List;
                if (!holds && value != null) {
                    map.put(element, new LinkedHashMap<String, @Nullable Object>());
                }
                set(map.get(element), path.subList(1, path.size()), value);
            } else if (value == null) {
                map.remove(element);
            } else {
                map.put(element, Tree.copy(value));
            }
        } else if (tree instanceof List<?> any && index(element) >= 0 && index(element) < any.size()) {
            List<@Nullable Object> list = Tree.castList(any);
            if (!last) {
                set(list.get(index(element)), path.subList(1, path.size()), value);
            } else if (value == null) {
                list.remove(index(element));
            } else {
                list.set(index(element), Tree.copy(value));
            }
        }
    }

    private static int index(String element) {
        return element.matches("[0-9]{1,9}") ? Integer.parseInt(element) : -1;
    }
}
