package dev.plumbline.registry.yaml;

import java.nio.charset.StandardCharsets;
import java.util.IdentityHashMap;
import java.util.Map;

/** Nodes and their layouts to text, as go-yaml v3 writes nodes that it has read. */
final class TextWriter {

    private static final int STEP = 2;

    /** Keys of more bytes than this are written behind a question mark. */
    private static final int LONGEST_SIMPLE_KEY = 128;

    private final IdentityHashMap<YamlNode, TextLayout> layouts;
    private final StringBuilder out = new StringBuilder();
    private boolean tagged;

    TextWriter(IdentityHashMap<YamlNode, TextLayout> layouts) {
        this.layouts = layouts;
    }

    String document(YamlNode root, String head) {
        comment(head, 0);
        out.append(head.isEmpty() ? "" : "\n");
        TextLayout layout = layouts.getOrDefault(root, TextLayout.NEW);
        if (isBlock(root, layout)) {
            block(root, layout, 0, false);
        } else {
            flow(root, layout, 0);
        }
        return out.toString().strip();
    }

    /** One value, as if it were a document. */
    String alone(YamlNode node, TextLayout layout) {
        comment(layout.above, 0);
        if (isBlock(node, layout)) {
            block(node, layout, 0, false);
        } else if (node instanceof YamlScalar scalar) {
            out.append(scalar(TextScalar.of(scalar.text(), layout), STEP));
            behind(layout);
        } else {
            flow(node, layout, 0);
            behind(layout);
        }
        return out.toString().strip();
    }

    /** Whether a value was written with the tag of a type that it does not have. */
    boolean isTagged() {
        return tagged;
    }

    private String scalar(TextScalar scalar, int indent) {
        tagged |= !scalar.tag().isEmpty();
        return scalar.write(indent);
    }

    /** How a child is written: as what stood there, or as it was written where it comes from. */
    private TextLayout layout(YamlNode node, TextLayout there) {
        if (node instanceof YamlScalar) {
            return there.style.isScalar() ? there : TextLayout.NEW;
        }
        return layouts.getOrDefault(node, TextLayout.NEW);
    }

    private static boolean isBlock(YamlNode node, TextLayout layout) {
        boolean filled = switch (node) {
            case YamlMap map -> !map.entries().isEmpty();
            case YamlList list -> !list.items().isEmpty();
            case YamlScalar _ -> false;
        };
        return filled && layout.style != TextLayout.Style.FLOW;
    }

    /** A map or list over several lines; {@code inLine} where its first entry goes on in the line that is begun. */
    private void block(YamlNode node, TextLayout layout, int indent, boolean inLine) {
        boolean first = inLine;
        if (node instanceof YamlMap map) {
            for (Map.Entry<String, YamlNode> entry : map.entries().entrySet()) {
                TextLayout key = layout.key(entry.getKey());
                margin(key.above, indent, first);
                first = false;
                key(entry.getKey(), key);
                value(entry.getValue(), layout(entry.getValue(), layout.value(entry.getKey())), key, indent);
            }
        } else if (node instanceof YamlList list) {
            for (int i = 0; i < list.items().size(); i++) {
                YamlNode item = list.items().get(i);
                TextLayout there = layout(item, layout.item(i));
                margin(there.above, indent, first);
                first = false;
                out.append('-');
                item(item, there, indent);
            }
        }
    }

    private void margin(String above, int indent, boolean inLine) {
        if (!inLine) {
            comment(above, indent);
            out.repeat(" ", indent);
        }
    }

    private void comment(String lines, int indent) {
        if (!lines.isEmpty()) {
            lines.lines()
                    .forEach(line -> out.repeat(" ", line.isEmpty() ? 0 : indent)
                            .append(line)
                            .append('\n'));
        }
    }

    private void key(String name, TextLayout layout) {
        if (name.getBytes(StandardCharsets.UTF_8).length > LONGEST_SIMPLE_KEY || name.indexOf('\n') >= 0) {
            throw new TextNotKeptException("a key of several lines or more than " + LONGEST_SIMPLE_KEY + " bytes");
        }
        out.append(scalar(TextScalar.of(name, layout).inKey(), 0)).append(':');
    }

    private void value(YamlNode value, TextLayout layout, TextLayout key, int indent) {
        if (isBlock(value, layout)) {
            behind(key);
            endLine();
            block(value, layout, value instanceof YamlList ? indent : indent + STEP, false);
        } else {
            put(value, layout, layout.behind.isEmpty() ? key.behind : layout.behind, indent);
        }
    }

    private void item(YamlNode item, TextLayout layout, int indent) {
        if (isBlock(item, layout)) {
            out.append(' ');
            block(item, layout, indent + STEP, true);
        } else {
            put(item, layout, layout.behind, indent);
        }
    }

    /** What stands in the line that is begun, with its comment, and the end of the line. */
    private void put(YamlNode value, TextLayout layout, String comment, int indent) {
        String behind = comment.isEmpty() ? "" : " " + comment;
        if (value instanceof YamlScalar scalar) {
            String text = scalar(TextScalar.of(scalar.text(), layout), indent + STEP);
            int line = TextScalar.isBlock(text) ? text.indexOf('\n') : -1;
            out.append(text.isEmpty() ? "" : " ");
            out.append(line < 0 ? text + behind : text.substring(0, line) + behind + text.substring(line));
        } else {
            out.append(' ');
            flow(value, layout, indent + STEP);
            out.append(behind);
        }
        endLine();
    }

    private void behind(TextLayout layout) {
        out.append(layout.behind.isEmpty() ? "" : " " + layout.behind);
    }

    private void endLine() {
        if (!out.isEmpty() && out.charAt(out.length() - 1) != '\n') {
            out.append('\n');
        }
    }

    /** A value between braces, or an empty map or list. */
    private void flow(YamlNode node, TextLayout layout, int indent) {
        String separator = "";
        switch (node) {
            case YamlScalar scalar ->
                out.append(scalar(TextScalar.of(scalar.text(), layout).inFlow(), indent));
            case YamlMap map -> {
                out.append('{');
                for (Map.Entry<String, YamlNode> entry : map.entries().entrySet()) {
                    out.append(separator);
                    separator = ", ";
                    TextLayout key = layout.key(entry.getKey());
                    out.append(scalar(
                                    TextScalar.of(entry.getKey(), key).inFlow().inKey(), 0))
                            .append(": ");
                    flow(entry.getValue(), layout(entry.getValue(), layout.value(entry.getKey())), indent);
                }
                out.append('}');
            }
            case YamlList list -> {
                out.append('[');
                for (int i = 0; i < list.items().size(); i++) {
                    out.append(separator);
                    separator = ", ";
                    YamlNode item = list.items().get(i);
                    flow(item, layout(item, layout.item(i)), indent);
                }
                out.append(']');
            }
        }
    }
}
