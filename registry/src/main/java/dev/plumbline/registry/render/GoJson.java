package dev.plumbline.registry.render;

import dev.plumbline.registry.yaml.ShortestDecimal;
import java.math.BigDecimal;
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

    /** The same over several lines, two spaces deep, as Go's {@code MarshalIndent} writes it. */
    static String indented(@Nullable Object tree) {
        StringBuilder out = new StringBuilder();
        indented(out, tree, "\n");
        return out.toString();
    }

    private static void indented(StringBuilder out, @Nullable Object tree, String margin) {
        String inner = margin + "  ";
        if (tree instanceof Map<?, ?> map && !map.isEmpty()) {
            String before = "{" + inner;
            for (Map.Entry<String, @Nullable Object> entry : sorted(map).entrySet()) {
                out.append(before);
                text(out, entry.getKey());
                out.append(": ");
                indented(out, entry.getValue(), inner);
                before = "," + inner;
            }
            out.append(margin).append('}');
        } else if (tree instanceof List<?> list && !list.isEmpty()) {
            String before = "[" + inner;
            for (Object item : list) {
                out.append(before);
                indented(out, item, inner);
                before = "," + inner;
            }
            out.append(margin).append(']');
        } else {
            value(out, tree);
        }
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
            case Double number -> out.append(number(number));
            default -> out.append(tree);
        }
    }

    /** Go sorts keys by their UTF-8 bytes, which is the order of code points. */
    private static void map(StringBuilder out, Map<?, ?> map) {
        out.append('{');
        boolean first = true;
        for (Map.Entry<String, @Nullable Object> entry : sorted(map).entrySet()) {
            out.append(first ? "" : ",");
            first = false;
            text(out, entry.getKey());
            out.append(':');
            value(out, entry.getValue());
        }
        out.append('}');
    }

    private static Map<String, @Nullable Object> sorted(Map<?, ?> map) {
        Map<String, @Nullable Object> sorted = new TreeMap<>(GoJson::compareCodePoints);
        map.forEach((key, value) -> sorted.put((String) key, value));
        return sorted;
    }

    /** Shortest digits that read back the same; an exponent below 1e-6 and from 1e21. */
    private static String number(double number) {
        double size = Math.abs(number);
        BigDecimal exact = ShortestDecimal.of(number);
        if (size == 0 || (size >= 1e-6 && size < 1e21)) {
            return (1 / number == Double.NEGATIVE_INFINITY ? "-0" : exact.toPlainString());
        }
        String digits = exact.unscaledValue().abs().toString();
        int exponent = exact.precision() - exact.scale() - 1;
        return (number < 0 ? "-" : "")
                + digits.charAt(0)
                + (digits.length() > 1 ? "." + digits.substring(1) : "")
                + (exponent < 0 ? "e-" : "e+")
                + Math.abs(exponent);
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
