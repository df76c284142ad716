package dev.plumbline.tests.differential;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Short ways to write plain trees. */
final class Trees {

    private Trees() {}

    /**
     * A plain scalar whose spelling matters.
     *
     * @param text as it is to stand in the file
     */
    record Raw(String text) {}

    static Map<String, @Nullable Object> map(@Nullable Object... pairs) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put(String.valueOf(pairs[i]), pairs[i + 1]);
        }
        return map;
    }

    static List<@Nullable Object> list(@Nullable Object... items) {
        List<@Nullable Object> list = new ArrayList<>();
        for (Object item : items) {
            list.add(item);
        }
        return list;
    }

    /** A deep copy. */
    static @Nullable Object copy(@Nullable Object tree) {
        if (tree instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> copy = new LinkedHashMap<>();
            map.forEach((key, value) -> copy.put((String) key, copy(value)));
            return copy;
        }
        if (tree instanceof List<?> list) {
            List<@Nullable Object> copy = new ArrayList<>();
            list.forEach(item -> copy.add(copy(item)));
            return copy;
        }
        return tree;
    }

    @SuppressWarnings("unchecked")
    static Map<String, @Nullable Object> asMap(@Nullable Object tree) {
        return (Map<String, @Nullable Object>) java.util.Objects.requireNonNull(tree);
    }

    @SuppressWarnings("unchecked")
    static List<@Nullable Object> asList(@Nullable Object tree) {
        return (List<@Nullable Object>) java.util.Objects.requireNonNull(tree);
    }

    /** The list under a key, made where it is missing. */
    static List<@Nullable Object> listIn(Map<String, @Nullable Object> map, String key) {
        return asList(map.computeIfAbsent(key, _ -> new ArrayList<@Nullable Object>()));
    }

    /** The map under a key, made where it is missing. */
    static Map<String, @Nullable Object> mapIn(Map<String, @Nullable Object> map, String key) {
        return asMap(map.computeIfAbsent(key, _ -> new LinkedHashMap<String, @Nullable Object>()));
    }
}
