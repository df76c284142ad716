package dev.plumbline.registry.diff;

import dev.plumbline.registry.json.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An object as a flat list of its fields, each under a path that means the same in other versions of the object: elements of lists
 * in which each has its own {@code name} go by it ({@code spec.templates[name=train].container.image}), others by position; a list
 * of scalars is one field. The order of named elements is a field of its own, {@code spec.templates[order]}.
 */
public final class Fields {

    /** Ends the path of the order of a list's named elements. */
    public static final String ORDER = "[order]";

    private static final Pattern PLAIN_KEY = Pattern.compile("[A-Za-z0-9_$-]+");

    private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z0-9_./:-]+");

    private final Map<String, @Nullable Object> fields = new LinkedHashMap<>();

    private Fields() {}

    /** The fields of an object by path, in its order. Values are scalars, lists of scalars, or empty maps and lists. */
    public static Map<String, @Nullable Object> of(Map<String, @Nullable Object> object) {
        Fields all = new Fields();
        object.forEach((key, value) -> all.add(step(key), value));
        return all.fields;
    }

    private void add(String path, @Nullable Object value) {
        if (value instanceof Map<?, ?> map && !map.isEmpty()) {
            map.forEach((key, child) -> add(join(path, (String) key), child));
        } else if (value instanceof List<?> list && list.stream().anyMatch(Fields::isCollection)) {
            List<String> names = names(list);
            if (!names.isEmpty()) {
                fields.put(path + ORDER, names);
            }
            for (int i = 0; i < list.size(); i++) {
                add(path + (names.isEmpty() ? "[" + i + "]" : "[name=" + quoted(names.get(i)) + "]"), list.get(i));
            }
        } else {
            fields.put(path, value);
        }
    }

    private static boolean isCollection(@Nullable Object value) {
        return value instanceof Map<?, ?> || value instanceof List<?>;
    }

    /** The names of the elements where each has one of its own; else empty. */
    private static List<String> names(List<?> list) {
        List<String> names = new ArrayList<>(list.size());
        Set<String> seen = new HashSet<>();
        for (Object element : list) {
            if (!(element instanceof Map<?, ?> map && map.get("name") instanceof String name && seen.add(name))) {
                return List.of();
            }
            names.add(name);
        }
        return names;
    }

    private static String join(String path, String key) {
        String step = step(key);
        return step.startsWith("[") ? path + step : path + "." + step;
    }

    private static String step(String key) {
        return PLAIN_KEY.matcher(key).matches() ? key : "[" + Json.write(key) + "]";
    }

    private static String quoted(String name) {
        return PLAIN_NAME.matcher(name).matches() ? name : Json.write(name);
    }
}
