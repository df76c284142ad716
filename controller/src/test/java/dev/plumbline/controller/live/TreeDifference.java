package dev.plumbline.controller.live;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Where two plain trees differ, path by path, for people. */
public final class TreeDifference {

    private TreeDifference() {}

    /** One line per path. */
    public static List<String> of(@Nullable Object expected, @Nullable Object actual) {
        List<String> lines = new ArrayList<>();
        compare("", expected, actual, lines);
        return lines;
    }

    private static void compare(String path, @Nullable Object expected, @Nullable Object actual, List<String> lines) {
        if (expected instanceof Map<?, ?> e && actual instanceof Map<?, ?> a) {
            TreeSet<String> keys = new TreeSet<>();
            e.keySet().forEach(key -> keys.add((String) key));
            a.keySet().forEach(key -> keys.add((String) key));
            for (String key : keys) {
                compare(
                        path + "." + key,
                        e.containsKey(key) ? e.get(key) : "(absent)",
                        a.containsKey(key) ? a.get(key) : "(absent)",
                        lines);
            }
        } else if (expected instanceof List<?> e && actual instanceof List<?> a && e.size() == a.size()) {
            for (int i = 0; i < e.size(); i++) {
                compare(path + "[" + i + "]", e.get(i), a.get(i), lines);
            }
        } else if (!Objects.equals(expected, actual)) {
            lines.add(path + ": expected " + expected + ", got " + actual);
        }
    }
}
