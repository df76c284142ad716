package dev.plumbline.tests.cluster;

import dev.plumbline.registry.json.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** One seeded change of an object below its metadata: a field dropped, renamed, retyped or doubled. */
final class TreeMutation {

    private final Random random;
    private String said = "";

    TreeMutation(long seed) {
        this.random = new Random(seed);
    }

    /** What was done. */
    String said() {
        return said;
    }

    /** A changed copy. */
    Map<String, @Nullable Object> mutate(Map<String, @Nullable Object> content) {
        Map<String, @Nullable Object> copy = Tree.copy(content);
        List<Object> places = new ArrayList<>();
        copy.forEach((key, value) -> {
            if (!List.of("apiVersion", "kind", "metadata", "status").contains(key)) {
                collect(value, places);
            }
        });
        if (places.isEmpty()) {
            return copy;
        }
        Object place = places.get(random.nextInt(places.size()));
        if (place instanceof Map<?, ?> map) {
            change(Tree.cast(map));
        } else if (place instanceof List<?> list) {
            change(Tree.castList(list));
        }
        return copy;
    }

    private void collect(@Nullable Object value, List<Object> places) {
        if (value instanceof Map<?, ?> map && !map.isEmpty()) {
            places.add(map);
            map.values().forEach(child -> collect(child, places));
        } else if (value instanceof List<?> list && !list.isEmpty()) {
            places.add(list);
            list.forEach(child -> collect(child, places));
        }
    }

    private void change(Map<String, @Nullable Object> map) {
        List<String> keys = List.copyOf(map.keySet());
        String key = keys.get(random.nextInt(keys.size()));
        Object value = map.get(key);
        switch (random.nextInt(6)) {
            case 0 -> {
                said = "dropped " + key;
                map.remove(key);
            }
            case 1 -> {
                String other = misspell(key);
                said = "renamed " + key + " to " + other;
                Map<String, @Nullable Object> before = new LinkedHashMap<>(map);
                map.clear();
                before.forEach((name, child) -> map.put(name.equals(key) ? other : name, child));
            }
            case 2, 3, 4 -> {
                Object other = retype(value);
                said = "set " + key + " from " + value + " to " + other;
                map.put(key, other);
            }
            default -> {
                String other = List.of(
                                "container", "steps", "depends", "dependencies", "continueOn", "s3", "raw", "end")
                        .get(random.nextInt(8));
                said = "added " + other;
                map.putIfAbsent(other, random.nextBoolean() ? new LinkedHashMap<>() : "a");
            }
        }
    }

    private void change(List<@Nullable Object> list) {
        int at = random.nextInt(list.size());
        switch (random.nextInt(4)) {
            case 0 -> {
                said = "doubled element " + at;
                list.add(Tree.copy(list.get(at)));
            }
            case 1 -> {
                said = "dropped element " + at;
                list.remove(at);
            }
            case 2 -> {
                said = "emptied a list";
                list.clear();
            }
            default -> {
                Object other = retype(list.get(at));
                said = "set element " + at + " to " + other;
                list.set(at, other);
            }
        }
    }

    private @Nullable Object retype(@Nullable Object value) {
        List<@Nullable Object> others = new ArrayList<>(List.of(
                "",
                "words of some length",
                "7",
                3L,
                0L,
                -1L,
                1.5,
                2.0,
                true,
                99_999_999_999L,
                List.of(),
                List.of("a")));
        others.add(null);
        others.add(new LinkedHashMap<>());
        if (value instanceof String text && !text.isEmpty()) {
            others.add(text.toLowerCase(java.util.Locale.ROOT));
            others.add(text + "x");
            others.add("{{inputs.parameters." + text + "}}");
        }
        return others.get(random.nextInt(others.size()));
    }

    private String misspell(String key) {
        int at = random.nextInt(key.length());
        return switch (random.nextInt(3)) {
            case 0 -> key.substring(0, at) + key.substring(at + 1);
            case 1 -> key + "s";
            default -> key.substring(0, at) + Character.toUpperCase(key.charAt(at)) + key.substring(at + 1);
        };
    }
}
