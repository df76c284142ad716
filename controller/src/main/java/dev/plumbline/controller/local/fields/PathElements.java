package dev.plumbline.controller.local.fields;

import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.JsonException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Path elements as FieldsV1 writes them. */
final class PathElements {

    private PathElements() {}

    /** A field of a struct or a key of a map. */
    static String field(String name) {
        return "f:" + name;
    }

    /**
     * The element of a keyed list or a set that an item is.
     *
     * @throws FieldFault when the item has none of the keys, or cannot be in a set
     */
    static String item(FieldType.ListType list, @Nullable Object item) throws FieldFault {
        List<String> keys = list.keys();
        if (keys.isEmpty()) {
            if (item == null || item instanceof Map || item instanceof List) {
                throw new FieldFault("a set may hold only scalars");
            }
            return "v:" + goJson(item);
        }
        if (!(item instanceof Map<?, ?> map)) {
            throw new FieldFault("a list keyed by " + keys + " may hold only objects");
        }
        Map<String, Object> found = new TreeMap<>();
        for (String key : keys) {
            Object value = map.containsKey(key) ? map.get(key) : list.of().defaultOf(key);
            if (value != null || map.containsKey(key)) {
                found.put(key, value == null ? "null" : value);
            }
        }
        if (found.isEmpty()) {
            throw new FieldFault("an item of a list keyed by " + keys + " has none of these keys");
        }
        return "k:"
                + found.entrySet().stream()
                        .map(e -> goJson(e.getKey()) + ":" + goJson(e.getValue()))
                        .collect(Collectors.joining(",", "{", "}"));
    }

    /** As people write it in a path: {@code .name}, {@code [name="x"]}, {@code [="x"]}. */
    static String display(String element) {
        String rest = element.substring(2);
        return switch (element.charAt(0)) {
            case 'k' -> "[" + keyDisplay(rest) + "]";
            case 'v' -> "[=" + rest + "]";
            default -> "." + rest;
        };
    }

    private static String keyDisplay(String json) {
        try {
            return Json.parseObject(json).entrySet().stream()
                    .map(e -> e.getKey() + "=" + Json.write(e.getValue()))
                    .collect(Collectors.joining(","));
        } catch (JsonException e) {
            return json;
        }
    }

    /** JSON as Go writes it: what HTML would read is escaped. */
    private static String goJson(Object value) {
        String json = Json.write(value);
        return value instanceof String
                ? json.replace("<", "\\u003c")
                        .replace(">", "\\u003e")
                        .replace("&", "\\u0026")
                        .replace("\u2028", "\\u2028")
                        .replace("\u2029", "\\u2029")
                : json;
    }
}
