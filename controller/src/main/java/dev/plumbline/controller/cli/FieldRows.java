package dev.plumbline.controller.cli;

import dev.plumbline.registry.diff.Fields;
import dev.plumbline.registry.json.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Joins the fields that one commit made to the part of the object that holds them all, for people. */
final class FieldRows {

    private static final String EVERYTHING = "(every field)";

    private final Map<String, FieldRows> children = new LinkedHashMap<>();
    private @Nullable Map<String, @Nullable Object> line;

    private FieldRows() {}

    /** One row for each largest part whose fields have the same commit; the order of lists only where it says more. */
    static List<Map<String, @Nullable Object>> joined(List<Map<String, @Nullable Object>> fields) {
        FieldRows root = new FieldRows();
        for (Map<String, @Nullable Object> field : fields) {
            FieldRows at = root;
            for (String step : steps(Tree.text(field, "field"))) {
                at = at.children.computeIfAbsent(step, _ -> new FieldRows());
            }
            at.line = field;
        }
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        root.collect("", rows);
        return rows;
    }

    private void collect(String path, List<Map<String, @Nullable Object>> rows) {
        Map<String, @Nullable Object> same = line == null ? uniform() : line;
        // The only field of a part says more than the part.
        if (same != null && (line != null || children.size() > 1)) {
            Map<String, @Nullable Object> row = new LinkedHashMap<>(same);
            row.put("field", path.isEmpty() ? EVERYTHING : path);
            rows.add(row);
            return;
        }
        FieldRows order = children.get(Fields.ORDER);
        children.forEach((step, child) -> {
            boolean said = child == order
                    && children.values().stream().anyMatch(other -> other != child && other.holds(child));
            if (!said) {
                child.collect(path.isEmpty() || step.startsWith("[") ? path + step : path + "." + step, rows);
            }
        });
    }

    private boolean holds(FieldRows order) {
        return (line != null && order.line != null && sameCommit(line, order.line))
                || children.values().stream().anyMatch(child -> child.holds(order));
    }

    /** A line of the part below when all its lines have one commit; else null. */
    private @Nullable Map<String, @Nullable Object> uniform() {
        Map<String, @Nullable Object> first = null;
        for (FieldRows child : children.values()) {
            Map<String, @Nullable Object> its = child.line == null ? child.uniform() : child.line;
            if (its == null || (first != null && !sameCommit(first, its))) {
                return null;
            }
            first = its;
        }
        return first;
    }

    private static boolean sameCommit(Map<String, @Nullable Object> one, Map<String, @Nullable Object> other) {
        return Objects.equals(one.get("commit"), other.get("commit"))
                && Objects.equals(one.get("atOrBefore"), other.get("atOrBefore"))
                && Objects.equals(one.get("removed"), other.get("removed"));
    }

    /** A path in its steps: keys, and what stands in brackets with them. */
    static List<String> steps(String path) {
        List<String> steps = new ArrayList<>();
        StringBuilder step = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            boolean inside = !step.isEmpty() && step.charAt(0) == '[';
            if (inside && c == '\\' && quoted) {
                step.append(c).append(path.charAt(++i));
                continue;
            }
            quoted ^= inside && c == '"';
            if (!inside && (c == '.' || c == '[')) {
                add(steps, step);
                if (c == '.') {
                    continue;
                }
            }
            step.append(c);
            if (inside && c == ']' && !quoted) {
                add(steps, step);
            }
        }
        add(steps, step);
        return steps;
    }

    private static void add(List<String> steps, StringBuilder step) {
        if (!step.isEmpty()) {
            steps.add(step.toString());
            step.setLength(0);
        }
    }
}
