package dev.plumbline.registry.argo.expr;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A JSONPath of names, positions, {@code *} and {@code ..}, as {@code jsonpath} takes it. A path of names and positions has one
 * value, any other has a list. Filters and slices are refused by name.
 */
final class JsonQuery {

    private static final Pattern STEP = Pattern.compile(
            "(\\.\\.)?(?:\\.?\\[\\s*(?:'([^']*)'|\"([^\"]*)\"|(-?[0-9]{1,9})|(\\*))\\s*]|\\.?([^.\\[\\]'\"*]+)|\\.?(\\*))");

    private JsonQuery() {}

    static @Nullable Object of(String path, @Nullable Object root) throws ExpressionException {
        if (!path.startsWith("$")) {
            throw new ExpressionException("the JSONPath '" + path + "' does not begin with $");
        }
        List<@Nullable Object> found = new ArrayList<>();
        found.add(root);
        boolean one = true;
        Matcher step = STEP.matcher(path);
        int at = 1;
        while (at < path.length()) {
            if (!step.region(at, path.length()).lookingAt()) {
                throw new ExpressionException("the JSONPath '" + path + "' cannot be read here from '"
                        + path.substring(at) + "' on; only names, positions, * and .. are");
            }
            boolean deep = step.group(1) != null;
            boolean every = step.group(5) != null || step.group(7) != null;
            String name = step.group(2) != null ? step.group(2) : step.group(3) != null ? step.group(3) : step.group(6);
            found = step(deep ? within(found) : found, name, step.group(4), every);
            one &= !deep && !every;
            at = step.end();
            if (one && found.isEmpty()) {
                throw new ExpressionException("the JSONPath '" + path + "' finds nothing at '" + step.group() + "'");
            }
        }
        return one ? found.getFirst() : found;
    }

    private static List<@Nullable Object> step(
            List<@Nullable Object> from, @Nullable String name, @Nullable String position, boolean every) {
        List<@Nullable Object> next = new ArrayList<>();
        for (Object value : from) {
            if (every) {
                next.addAll(children(value));
            } else if (value instanceof Map<?, ?> map && name != null && map.containsKey(name)) {
                next.add(map.get(name));
            } else if (value instanceof List<?> list && position != null) {
                int at = Integer.parseInt(position) < 0
                        ? list.size() + Integer.parseInt(position)
                        : Integer.parseInt(position);
                if (at >= 0 && at < list.size()) {
                    next.add(list.get(at));
                }
            }
        }
        return next;
    }

    private static List<@Nullable Object> children(@Nullable Object value) {
        return switch (value) {
            case Map<?, ?> map -> new ArrayList<>(map.values());
            case List<?> list -> new ArrayList<>(list);
            case null, default -> new ArrayList<>();
        };
    }

    private static List<@Nullable Object> within(List<@Nullable Object> from) {
        List<@Nullable Object> all = new ArrayList<>();
        for (Object value : from) {
            all.add(value);
            all.addAll(within(children(value)));
        }
        return all;
    }
}
