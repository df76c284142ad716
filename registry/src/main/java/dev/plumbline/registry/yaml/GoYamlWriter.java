package dev.plumbline.registry.yaml;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Plain trees as YAML in the very bytes of go-yaml v2, with which kustomize and kubectl print: the same style of every scalar, the
 * same line breaks. The order of fields is the tree's. {@link YamlWriter} is for everything that nobody compares with them.
 */
public final class GoYamlWriter {

    /** Keys of more bytes than this, or of several lines, are written behind a question mark. */
    private static final int LONGEST_SIMPLE_KEY = 128;

    private static final int STEP = 2;

    private final GoScalarWriter out;

    private GoYamlWriter(StringBuilder text) {
        this.out = new GoScalarWriter(text);
    }

    /** One document, with a final line break. */
    public static String write(Map<String, @Nullable Object> object) {
        StringBuilder text = new StringBuilder();
        write(text, object);
        return text.toString();
    }

    /** Several documents, separated by {@code ---} lines. */
    public static String writeAll(Collection<? extends Map<String, @Nullable Object>> objects) {
        StringBuilder text = new StringBuilder();
        for (Map<String, @Nullable Object> object : objects) {
            text.append(text.isEmpty() ? "" : "---\n");
            write(text, object);
        }
        return text.toString();
    }

    private static void write(StringBuilder text, Map<String, @Nullable Object> object) {
        GoYamlWriter writer = new GoYamlWriter(text);
        if (object.isEmpty()) {
            writer.out.put("{}");
        } else {
            writer.map(object, 0, true);
        }
        writer.out.endLine();
    }

    /** Entries at an indent; {@code inLine} where the first one goes on in the line that is begun. */
    private void map(Map<?, ?> map, int indent, boolean inLine) {
        boolean first = inLine;
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (!first) {
                out.line(indent);
            }
            first = false;
            String key = (String) entry.getKey();
            if (GoScalar.of(key).multiline() || key.getBytes(StandardCharsets.UTF_8).length > LONGEST_SIMPLE_KEY) {
                out.put("? ");
                out.text(key, indent + STEP, true);
                out.line(indent);
                out.put(":");
                item(entry.getValue(), indent);
            } else {
                out.text(key, indent + STEP, false);
                out.put(":");
                value(entry.getValue(), indent);
            }
        }
    }

    /** What stands behind a key: collections begin on the next line, lists at the key's own indent. */
    private void value(@Nullable Object value, int indent) {
        if (value instanceof Map<?, ?> map && !map.isEmpty()) {
            map(map, indent + STEP, false);
        } else if (value instanceof List<?> list && !list.isEmpty()) {
            list(list, indent, false);
        } else {
            out.put(" ");
            scalar(value, indent + STEP);
        }
    }

    private void list(List<?> list, int indent, boolean inLine) {
        boolean first = inLine;
        for (Object element : list) {
            if (!first) {
                out.line(indent);
            }
            first = false;
            out.put("-");
            item(element, indent);
        }
    }

    /** What stands behind a dash: collections begin in the same line. */
    private void item(@Nullable Object value, int indent) {
        out.put(" ");
        if (value instanceof Map<?, ?> map && !map.isEmpty()) {
            map(map, indent + STEP, true);
        } else if (value instanceof List<?> list && !list.isEmpty()) {
            list(list, indent + STEP, true);
        } else {
            scalar(value, indent + STEP);
        }
    }

    private void scalar(@Nullable Object value, int indent) {
        switch (value) {
            case String text -> out.text(text, indent, true);
            case Map<?, ?> _ -> out.put("{}");
            case List<?> _ -> out.put("[]");
            case Double number -> out.put(ShortestDecimal.text(number));
            case null, default -> out.put(String.valueOf(value));
        }
    }
}
