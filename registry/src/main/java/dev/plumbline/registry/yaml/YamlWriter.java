package dev.plumbline.registry.yaml;

import dev.plumbline.registry.json.Json;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Plain trees as block-style YAML that every YAML 1.1 and 1.2 reader takes for the same values. */
public final class YamlWriter {

    /** Plain text that no reader takes for anything else, because it cannot begin a number, date or indicator. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z/$(][A-Za-z0-9_./$()+=-]*( [A-Za-z0-9_./$()+=-]+)*");

    private static final Pattern WORD_WITH_A_MEANING = Pattern.compile("(?i)y|n|yes|no|on|off|true|false|null|inf|nan");

    private YamlWriter() {}

    /** One document, with a final line break. */
    public static String write(@Nullable Object tree) {
        StringBuilder out = new StringBuilder();
        Object value = tree instanceof YamlNode node ? node.value() : tree;
        if (isBlock(value)) {
            block(out, value, 0, false);
        } else {
            scalar(out, value, 0);
            out.append('\n');
        }
        return out.toString();
    }

    /** Several documents, separated by {@code ---} lines. */
    public static String writeAll(Collection<? extends @Nullable Object> trees) {
        StringBuilder out = new StringBuilder();
        for (Object tree : trees) {
            out.append(out.isEmpty() ? "" : "---\n").append(write(tree));
        }
        return out.toString();
    }

    private static boolean isBlock(@Nullable Object value) {
        return (value instanceof Map<?, ?> map && !map.isEmpty()) || (value instanceof List<?> list && !list.isEmpty());
    }

    private static void block(StringBuilder out, @Nullable Object value, int indent, boolean inLine) {
        boolean first = inLine;
        if (value instanceof Map<?, ?> map) {
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                margin(out, first ? 0 : indent);
                first = false;
                key(out, (String) entry.getKey());
                out.append(':');
                boolean list = entry.getValue() instanceof List<?>;
                value(out, entry.getValue(), list ? indent : indent + 2);
            }
        } else if (value instanceof List<?> list) {
            for (Object item : list) {
                margin(out, first ? 0 : indent);
                first = false;
                out.append('-');
                if (isBlock(item)) {
                    out.append(' ');
                    block(out, item, indent + 2, true);
                } else {
                    value(out, item, indent + 2);
                }
            }
        }
    }

    private static void value(StringBuilder out, @Nullable Object value, int indent) {
        if (isBlock(value)) {
            out.append('\n');
            block(out, value, indent, false);
        } else {
            out.append(' ');
            scalar(out, value, indent);
            out.append('\n');
        }
    }

    private static void scalar(StringBuilder out, @Nullable Object value, int indent) {
        switch (value) {
            case Map<?, ?> _ -> out.append("{}");
            case List<?> _ -> out.append("[]");
            case String text -> text(out, text, indent);
            case null, default -> out.append(Json.write(value));
        }
    }

    /** Keys stay on one line. */
    private static void key(StringBuilder out, String text) {
        text(out, text, -1);
    }

    private static void text(StringBuilder out, String text, int indent) {
        if (PLAIN.matcher(text).matches() && !WORD_WITH_A_MEANING.matcher(text).matches()) {
            out.append(text);
        } else if (indent >= 0 && text.indexOf('\n') > 0 && isLiteral(text)) {
            literal(out, text, indent);
        } else {
            out.append(Json.write(text)
                    .replace("\u007f", "\\u007f")
                    .replace("\u0085", "\\u0085")
                    .replace("\u2028", "\\u2028")
                    .replace("\u2029", "\\u2029")
                    .replace("\ufeff", "\\ufeff"));
        }
    }

    /** Text that a literal block gives back exactly: printable, and its first line not blank or indented. */
    private static boolean isLiteral(String text) {
        return text.charAt(0) != ' '
                && text.charAt(0) != '\t' // kustomize takes it for the block's indentation
                && text.codePoints()
                        .allMatch(c -> c == '\n'
                                || c == '\t'
                                || (c >= ' ' && c < 0x7f)
                                || (c >= 0xa0 && c < 0xd800 && c != 0x2028 && c != 0x2029));
    }

    private static void literal(StringBuilder out, String text, int indent) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == '\n') {
            end--;
        }
        int breaks = text.length() - end;
        out.append(breaks == 0 ? "|-" : breaks == 1 ? "|" : "|+");
        for (String line : text.substring(0, end).split("\n", -1)) {
            out.append('\n');
            if (!line.isEmpty()) {
                margin(out, Math.max(indent, 2));
                out.append(line);
            }
        }
        out.append("\n".repeat(Math.max(0, breaks - 1)));
    }

    private static void margin(StringBuilder out, int width) {
        out.repeat(" ", width);
    }
}
