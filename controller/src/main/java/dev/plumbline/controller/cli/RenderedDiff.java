package dev.plumbline.controller.cli;

import dev.plumbline.registry.diff.FieldChange;
import dev.plumbline.registry.diff.ObjectChange;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.model.ObjectKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What differs between two revisions, path by path.
 *
 * @param from the earlier commit, abbreviated
 * @param to the later commit, abbreviated; {@code work tree} for what is on disk
 * @param paths the changes of each rendered folder, in order
 */
record RenderedDiff(String from, String to, Map<String, List<ObjectChange>> paths) {

    /** Keeps its own copy in order. */
    RenderedDiff {
        paths = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(paths));
    }

    boolean isEmpty() {
        return paths.values().stream().allMatch(List::isEmpty);
    }

    /** {@code 1 added, 2 changed, 0 removed}. */
    static String count(List<ObjectChange> changes) {
        return count(changes, FieldChange.Kind.ADDED) + " added, " + count(changes, FieldChange.Kind.CHANGED)
                + " changed, " + count(changes, FieldChange.Kind.REMOVED) + " removed";
    }

    private static long count(List<ObjectChange> changes, FieldChange.Kind kind) {
        return changes.stream().filter(change -> change.kind() == kind).count();
    }

    /** Kind and name, behind the namespace where there is one. */
    static String name(ObjectKey key) {
        return key.namespace().isEmpty() ? key.display() : key.namespace() + " " + key.display();
    }

    /** A value on one line. */
    static String value(@Nullable Object value) {
        return value instanceof String text && !text.isEmpty() && text.chars().noneMatch(c -> c < ' ' || c == '"')
                ? text
                : Json.write(value);
    }

    /** Whether both values are text of several lines, whose lines are better compared one by one. */
    static boolean isText(FieldChange change) {
        return change.before() instanceof String before
                && change.after() instanceof String after
                && (before.indexOf('\n') >= 0 || after.indexOf('\n') >= 0);
    }

    /** For machines. */
    Map<String, @Nullable Object> tree() {
        List<Object> all = new ArrayList<>();
        paths.forEach((path, changes) -> all.add(map(
                "path",
                path,
                "objects",
                changes.stream().map(RenderedDiff::tree).toList())));
        return map("from", from, "to", to, "paths", all);
    }

    /** One changed object for machines. */
    static Map<String, @Nullable Object> tree(ObjectChange change) {
        Map<String, @Nullable Object> tree = map(
                "object", change.key().display(),
                "namespace", change.key().namespace(),
                "change", change.kind().name());
        if (change.kind() == FieldChange.Kind.CHANGED) {
            tree.put("fields", change.fields().stream().map(RenderedDiff::tree).toList());
        }
        return tree;
    }

    private static Map<String, @Nullable Object> tree(FieldChange change) {
        Map<String, @Nullable Object> tree =
                map("field", change.field(), "change", change.kind().name());
        if (change.secret()) {
            tree.put("secret", true);
        } else {
            if (change.kind() != FieldChange.Kind.ADDED) {
                tree.put("before", change.before());
            }
            if (change.kind() != FieldChange.Kind.REMOVED) {
                tree.put("after", change.after());
            }
        }
        return tree;
    }

    /** A map of keys and values in their order. */
    static Map<String, @Nullable Object> map(Object... pairs) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put((String) pairs[i], pairs[i + 1]);
        }
        return map;
    }
}
