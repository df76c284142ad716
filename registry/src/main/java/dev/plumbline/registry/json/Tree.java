package dev.plumbline.registry.json;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reading, copying and writing along paths of plain trees. A path that is absent or of another shape reads as absent. */
public final class Tree {

    private Tree() {}

    /** The value at a path of keys; null when absent, or when it is null. */
    public static @Nullable Object at(@Nullable Object tree, String... path) {
        Object value = tree;
        for (String key : path) {
            if (!(value instanceof Map<?, ?> map)) {
                return null;
            }
            value = map.get(key);
        }
        return value;
    }

    /** The text at a path; null when absent or not text. */
    public static @Nullable String string(@Nullable Object tree, String... path) {
        return at(tree, path) instanceof String text ? text : null;
    }

    /** The text at a path; empty when absent or not text. */
    public static String text(@Nullable Object tree, String... path) {
        return at(tree, path) instanceof String text ? text : "";
    }

    /** The map at a path; empty (and not part of the tree) when absent or not a map. */
    public static Map<String, @Nullable Object> map(@Nullable Object tree, String... path) {
        return at(tree, path) instanceof Map<?, ?> map ? cast(map) : Map.of();
    }

    /** The list at a path; empty (and not part of the tree) when absent or not a list. */
    public static List<@Nullable Object> list(@Nullable Object tree, String... path) {
        return at(tree, path) instanceof List<?> list ? castList(list) : List.of();
    }

    /** The elements at a path that are maps. */
    public static List<Map<String, @Nullable Object>> maps(@Nullable Object tree, String... path) {
        List<Map<String, @Nullable Object>> maps = new ArrayList<>();
        for (Object element : list(tree, path)) {
            if (element instanceof Map<?, ?> map) {
                maps.add(cast(map));
            }
        }
        return maps;
    }

    /** The first map in the list at a path whose {@code name} is this; null when there is none. */
    public static @Nullable Map<String, @Nullable Object> named(String name, @Nullable Object tree, String... path) {
        for (Map<String, @Nullable Object> element : maps(tree, path)) {
            if (Objects.equals(element.get("name"), name)) {
                return element;
            }
        }
        return null;
    }

    /** Sets the value at a path of keys, making the maps on the way. */
    public static void set(Map<String, @Nullable Object> tree, @Nullable Object value, String... path) {
        Map<String, @Nullable Object> map = tree;
        for (int i = 0; i < path.length - 1; i++) {
            Object next = map.get(path[i]);
            if (!(next instanceof Map<?, ?>)) {
                next = new LinkedHashMap<String, @Nullable Object>();
                map.put(path[i], next);
            }
            map = cast((Map<?, ?>) next);
        }
        map.put(path[path.length - 1], value);
    }

    /** Removes the key at a path, and the maps above it that this leaves empty. */
    public static void remove(Map<String, @Nullable Object> tree, String... path) {
        if (path.length == 1) {
            tree.remove(path[0]);
        } else if (tree.get(path[0]) instanceof Map<?, ?> child) {
            Map<String, @Nullable Object> map = cast(child);
            remove(map, java.util.Arrays.copyOfRange(path, 1, path.length));
            if (map.isEmpty()) {
                tree.remove(path[0]);
            }
        }
    }

    /** A deep copy that may be changed. */
    public static @Nullable Object copy(@Nullable Object tree) {
        return switch (tree) {
            case Map<?, ?> map -> copy(cast(map));
            case List<?> list -> {
                List<@Nullable Object> copy = new ArrayList<>(list.size());
                for (Object element : list) {
                    copy.add(copy(element));
                }
                yield copy;
            }
            case null, default -> tree;
        };
    }

    /** A deep copy that may be changed. */
    public static Map<String, @Nullable Object> copy(Map<String, @Nullable Object> map) {
        Map<String, @Nullable Object> copy = LinkedHashMap.newLinkedHashMap(map.size());
        map.forEach((key, value) -> copy.put(key, copy(value)));
        return copy;
    }

    /** The same, which may not be changed. The caller gives up the tree. */
    public static Map<String, @Nullable Object> freeze(Map<String, @Nullable Object> map) {
        map.replaceAll((key, value) -> freezeValue(value));
        return FewEntries.of(map);
    }

    private static @Nullable Object freezeValue(@Nullable Object value) {
        return switch (value) {
            case Map<?, ?> map -> freeze(cast(map));
            case List<?> list -> {
                List<@Nullable Object> elements = castList(list);
                elements.replaceAll(Tree::freezeValue);
                yield Collections.unmodifiableList(elements);
            }
            case null, default -> value;
        };
    }

    /** A map of a plain tree as what it is by definition: keys are text. */
    @SuppressWarnings("unchecked")
    public static Map<String, @Nullable Object> cast(Map<?, ?> map) {
        return (Map<String, @Nullable Object>) map;
    }

    /** A list of a plain tree as what it is by definition. */
    @SuppressWarnings("unchecked")
    public static List<@Nullable Object> castList(List<?> list) {
        return (List<@Nullable Object>) list;
    }
}
