package dev.plumbline.registry.render;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** JSON exactly as Go's encoder writes it, because kustomize hashes that text. Numbers are written as Go's float64. */
final class GoJson {

    private GoJson() {}

    static String write(@Nullable Object tree) {
        StringBuilder out = new StringBuilder();
        value(out, tree);
        return out.toString();
    }

    private static void value(StringBuilder out, @Nullable Object tree) {
        switch (tree) {
            case null -> out.append("null");
            case String text -> text(out, text);
            case Map<?, ?> map -> map(out, map);
            case List<?> list -> {
                out.append('[');
                for (Iterator<?> items = list.iterator(); items.hasNext(); ) {
                    value(out, items.next());
                    out.append(items.hasNext() ? "," : "");
                }
                out.append(']');
            }
            case Double number
            when number == Math.rint(number) && Math.abs(number) < 1e21 ->
                out.append(new java.math.BigDecimal(number).toBigInteger());
            default -> out.append(tree);
        }
    }

    /** Go sorts keys by their UTF-8 bytes, which is the order of code points. */
    private static void map(StringBuilder out, Map<?, ?> map) {
        TreeMap<String, @Nullable Object> sorted = new TreeMap<>(GoJson::compareCodePoints);
        map.forEach((key, value) -> sorted.put((String) key, value));
        out.append('{');
        boolean first = true;
        for (Map.Entry<String, @Nullable Object> entry : sorted.entrySet()) {
            out.append(first ? "" : ",");
            first = false;
            text(out, entry.getKey());
            out.append(':');
            value(out, entry.getValue());
        }
        out.append('}');
    }

    static int compareCodePoints(String one, String other) {
        return java.util.Arrays.compare(
                one.codePoints().toArray(), other.codePoints().toArray());
    }

    private static void text(StringBuilder out, String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                case '<', '>', '&', '\u2028', '\u2029' -> escape(out, c);
                default -> {
                    if (c < ' ') {
                        escape(out, c);
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }

    private static void escape(StringBuilder out, char c) {
        out.append(String.format("\\u%04x", (int) c));
    }
}
