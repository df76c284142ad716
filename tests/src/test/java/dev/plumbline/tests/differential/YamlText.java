package dev.plumbline.tests.differential;

import dev.plumbline.registry.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Writes trees as YAML in odd but legal styles: quotes, blocks, flow, anchors, merge keys, comments. */
final class YamlText {

    private static final Pattern SAFE = Pattern.compile("[A-Za-z/$(][A-Za-z0-9_./$()=-]*( [A-Za-z0-9_./$()=-]+)*");
    private static final Pattern MEANS_MORE =
            Pattern.compile("(?i)y|n|yes|no|on|off|true|false|null|inf|nan|\\.inf|\\.nan");

    private final Dice dice;
    private final int oddity;
    private final StringBuilder out = new StringBuilder();
    private final List<Anchor> anchors = new ArrayList<>();
    private int names;

    private record Anchor(String name, Object tree) {}

    private YamlText(Dice dice, int oddity) {
        this.dice = dice;
        this.oddity = oddity;
    }

    /** One document with a final line break; the oddity is the percentage of places written in an unusual way. */
    static String write(Dice dice, int oddity, @Nullable Object tree) {
        YamlText text = new YamlText(dice, oddity);
        if (tree instanceof Map<?, ?> map && !map.isEmpty()) {
            text.comment(0);
            text.map(map, 0, false);
        } else if (tree instanceof List<?> list && !list.isEmpty()) {
            text.list(list, 0, false);
        } else {
            text.flow(tree);
            text.out.append('\n');
        }
        return text.out.toString();
    }

    private boolean odd() {
        return dice.percent(oddity);
    }

    private void map(Map<?, ?> map, int indent, boolean inLine) {
        boolean first = inLine;
        Anchor merged = mergeable(map);
        if (merged != null) {
            margin(first ? 0 : indent);
            first = false;
            out.append("<<: *").append(merged.name()).append('\n');
        }
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (merged != null && holds(merged.tree(), entry)) {
                continue;
            }
            margin(first ? 0 : indent);
            first = false;
            out.append(key((String) entry.getKey())).append(':');
            boolean flat = entry.getValue() instanceof List<?> && !odd();
            value(entry.getValue(), flat ? indent : indent + dice.pick(2, 2, 2, 4));
        }
    }

    private static boolean holds(Object tree, Map.Entry<?, ?> entry) {
        Map<?, ?> map = (Map<?, ?>) tree;
        Object value = entry.getValue();
        return map.containsKey(entry.getKey()) && java.util.Objects.equals(map.get(entry.getKey()), value);
    }

    private @Nullable Anchor mergeable(Map<?, ?> map) {
        for (Anchor anchor : anchors) {
            if (anchor.tree() instanceof Map<?, ?> known
                    && map.size() > known.size()
                    && map.entrySet().containsAll(known.entrySet())
                    && dice.percent(50)) {
                return anchor;
            }
        }
        return null;
    }

    private void list(List<?> list, int indent, boolean inLine) {
        boolean first = inLine;
        for (Object item : list) {
            margin(first ? 0 : indent);
            first = false;
            out.append('-');
            if (item instanceof Map<?, ?> map && !map.isEmpty() && !odd() && alias(map) == null) {
                out.append(' ');
                map(map, indent + 2, true);
            } else {
                value(item, indent + 2);
            }
        }
    }

    private @Nullable Anchor alias(Object tree) {
        for (Anchor anchor : anchors) {
            if (anchor.tree().equals(tree)) {
                return anchor;
            }
        }
        return null;
    }

    private void value(@Nullable Object value, int indent) {
        boolean block = (value instanceof Map<?, ?> map && !map.isEmpty())
                || (value instanceof List<?> list && !list.isEmpty());
        if (!block) {
            out.append(' ');
            scalar(value, indent);
            out.append(odd() && !endsInBlock(value) ? " # note" : "").append('\n');
            return;
        }
        Anchor known = alias(value);
        if (known != null && dice.percent(60)) {
            out.append(" *").append(known.name()).append('\n');
            return;
        }
        String name = odd() ? "a" + names++ : "";
        out.append(name.isEmpty() ? "" : " &" + name);
        if (odd()) {
            out.append(' ');
            flow(value);
            out.append('\n');
        } else {
            out.append('\n');
            comment(indent);
            if (value instanceof Map<?, ?> map) {
                map(map, indent, false);
            } else if (value instanceof List<?> list) {
                list(list, indent, false);
            }
        }
        if (!name.isEmpty()) {
            anchors.add(new Anchor(name, value));
        }
    }

    private static boolean endsInBlock(@Nullable Object value) {
        return value instanceof String text && text.contains("\n");
    }

    private void comment(int indent) {
        if (odd()) {
            margin(indent);
            out.append("# a comment: with - odd {signs}\n");
        }
    }

    private void flow(@Nullable Object value) {
        switch (value) {
            case Map<?, ?> map -> {
                out.append('{');
                String comma = "";
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    out.append(comma).append(key((String) entry.getKey())).append(": ");
                    flow(entry.getValue());
                    comma = ", ";
                }
                out.append('}');
            }
            case List<?> list -> {
                out.append('[');
                String comma = "";
                for (Object item : list) {
                    out.append(comma);
                    flow(item);
                    comma = ", ";
                }
                out.append(']');
            }
            case null, default -> scalar(value, -1);
        }
    }

    private String key(String key) {
        if (!plain(key)) {
            return Json.write(key);
        }
        return odd() ? dice.pick("\"" + key + "\"", "'" + key + "'") : key;
    }

    private static boolean plain(String text) {
        return SAFE.matcher(text).matches() && !MEANS_MORE.matcher(text).matches();
    }

    private void scalar(@Nullable Object value, int indent) {
        switch (value) {
            case null -> out.append(odd() ? dice.pick("~", "Null", "NULL") : "null");
            case Trees.Raw raw -> out.append(raw.text());
            case String text -> text(text, indent);
            case Map<?, ?> _ -> out.append("{}");
            case List<?> _ -> out.append("[]");
            default -> out.append(value);
        }
    }

    private void text(String text, int indent) {
        boolean literal = indent >= 0 && text.matches("[^\\s](?s)[ -~\\n]*[^\\s]\\n?") && text.contains("\n");
        if (literal && !dice.one(4)) {
            block(text, indent);
        } else if (plain(text) && !odd()) {
            out.append(text);
        } else if (text.matches("[ -~]*") && dice.one(2)) {
            out.append('\'').append(text.replace("'", "''")).append('\'');
        } else {
            out.append(Json.write(text));
        }
    }

    private void block(String text, int indent) {
        boolean open = text.endsWith("\n");
        out.append(open ? "|" : "|-");
        for (String line : text.substring(0, text.length() - (open ? 1 : 0)).split("\n", -1)) {
            out.append('\n');
            if (!line.isEmpty()) {
                margin(Math.max(indent, 2));
                out.append(line);
            }
        }
    }

    private void margin(int width) {
        out.repeat(" ", width);
    }
}
