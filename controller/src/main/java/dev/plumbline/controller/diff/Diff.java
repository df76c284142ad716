package dev.plumbline.controller.diff;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Compares content field by field. {@link #wanted} asks whether everything that is wanted is live: fields that only the live
 * object has (defaults, status, other managers' fields) are not a difference. {@link #full} compares both ways.
 */
public final class Diff {

    private Diff() {}

    /** Fields of {@code wanted} that the live object does not have as wanted. */
    public static List<FieldChange> wanted(Map<String, @Nullable Object> wanted, Map<String, @Nullable Object> live) {
        List<FieldChange> changes = new ArrayList<>();
        maps("", live, wanted, false, changes);
        return changes;
    }

    /** All fields that differ, those that only one side has included. */
    public static List<FieldChange> full(Map<String, @Nullable Object> before, Map<String, @Nullable Object> after) {
        List<FieldChange> changes = new ArrayList<>();
        maps("", before, after, true, changes);
        return changes;
    }

    private static void maps(String path, Map<?, ?> before, Map<?, ?> after, boolean both, List<FieldChange> changes) {
        Set<String> keys = new TreeSet<>();
        after.keySet().forEach(key -> keys.add((String) key));
        if (both) {
            before.keySet().forEach(key -> keys.add((String) key));
        }
        for (String key : keys) {
            values(path.isEmpty() ? key : path + "." + key, before.get(key), after.get(key), both, changes);
        }
    }

    private static void values(
            String path, @Nullable Object before, @Nullable Object after, boolean both, List<FieldChange> changes) {
        if (before instanceof Map<?, ?> left && after instanceof Map<?, ?> right) {
            maps(path, left, right, both, changes);
        } else if (before instanceof List<?> left && after instanceof List<?> right && left.size() == right.size()) {
            for (int i = 0; i < left.size(); i++) {
                values(path + "." + i, left.get(i), right.get(i), both, changes);
            }
        } else if (!same(before, after)) {
            changes.add(new FieldChange(path, before, after));
        }
    }

    /** An empty map or list that is wanted may be absent in what a server returns. */
    static boolean same(@Nullable Object before, @Nullable Object after) {
        if (before instanceof Number left && after instanceof Number right && left.getClass() != right.getClass()) {
            return left.doubleValue() == right.doubleValue();
        }
        return Objects.equals(before, after) || (before == null && empty(after)) || (after == null && empty(before));
    }

    private static boolean empty(@Nullable Object value) {
        return (value instanceof Map<?, ?> map && map.isEmpty()) || (value instanceof List<?> list && list.isEmpty());
    }
}
