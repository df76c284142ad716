package dev.plumbline.registry.argo;

import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.JsonException;
import dev.plumbline.registry.json.Tree;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The loops of a task or step: {@code withItems}, {@code withParam}, {@code withSequence}. */
public final class Loop {

    /** Most rounds of one loop. */
    public static final int MAX_ROUNDS = 10_000;

    private static final Pattern VERB = Pattern.compile("%(0?)(\\d{0,3})([dxXo])");

    private Loop() {}

    /**
     * One round.
     *
     * @param suffix what Argo adds to the name of its node, such as {@code (0:a)}
     * @param names what {@code item} and {@code item.key} stand for
     */
    public record Round(String suffix, Map<String, String> names) {}

    /** Whether a task or step is a loop; to Argo an empty list of items is none. */
    public static boolean present(Map<String, @Nullable Object> task) {
        return !Tree.list(task, "withItems").isEmpty()
                || task.containsKey("withParam")
                || task.containsKey("withSequence");
    }

    /**
     * The rounds of a loop whose tags are replaced.
     *
     * @throws ArgoSyntaxException when they cannot be counted
     */
    public static List<Round> rounds(Map<String, @Nullable Object> task) throws ArgoSyntaxException {
        List<@Nullable Object> items = items(task);
        if (items.size() > MAX_ROUNDS) {
            throw new ArgoSyntaxException("a loop has at most " + MAX_ROUNDS + " rounds here, not " + items.size());
        }
        List<Round> rounds = new ArrayList<>();
        for (Object item : items) {
            rounds.add(round(rounds.size(), item));
        }
        return rounds;
    }

    private static List<@Nullable Object> items(Map<String, @Nullable Object> task) throws ArgoSyntaxException {
        if (!Tree.list(task, "withItems").isEmpty()) {
            return Tree.list(task, "withItems");
        }
        if (task.containsKey("withSequence")) {
            return sequence(Tree.map(task, "withSequence"));
        }
        String text = Tree.text(task, "withParam");
        try {
            if (Json.parse(text) instanceof List<?> list) {
                return Tree.castList(list);
            }
        } catch (JsonException e) {
            throw new ArgoSyntaxException(
                    "withParam value could not be parsed as a JSON list: " + text + ": " + e.getMessage());
        }
        throw new ArgoSyntaxException("withParam value could not be parsed as a JSON list: " + text);
    }

    private static List<@Nullable Object> sequence(Map<String, @Nullable Object> sequence) throws ArgoSyntaxException {
        long start = number(sequence, "start", 0);
        BigInteger first = BigInteger.valueOf(start);
        BigInteger last;
        if (sequence.get("count") != null) {
            long count = number(sequence, "count", 0);
            if (count == 0) {
                return new ArrayList<>();
            }
            last = first.add(BigInteger.valueOf(count)).subtract(BigInteger.ONE);
        } else {
            last = BigInteger.valueOf(number(sequence, "end", 0));
        }
        BigInteger more = last.subtract(first);
        if (more.abs().compareTo(BigInteger.valueOf(MAX_ROUNDS)) >= 0) {
            throw new ArgoSyntaxException("a loop has at most " + MAX_ROUNDS + " rounds here");
        }
        if (last.bitLength() >= Long.SIZE) {
            throw new ArgoSyntaxException("withSequence ends at " + last + ", which Argo cannot count to");
        }
        String format = Tree.text(sequence, "format");
        List<@Nullable Object> items = new ArrayList<>();
        for (int i = 0; i <= more.abs().intValueExact(); i++) {
            items.add(format(format.isEmpty() ? "%d" : format, start + (long) more.signum() * i));
        }
        return items;
    }

    private static long number(Map<String, @Nullable Object> sequence, String field, long otherwise)
            throws ArgoSyntaxException {
        String text = ArgoText.of(sequence.get(field));
        if (text == null) {
            return otherwise;
        }
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new ArgoSyntaxException("withSequence." + field + " '" + text + "' is no whole number");
        }
    }

    private static String format(String format, long value) throws ArgoSyntaxException {
        Matcher verb = VERB.matcher(format);
        if (!verb.find()) {
            throw new ArgoSyntaxException("withSequence.format '" + format + "' has no %d, %x or %o");
        }
        String digits = switch (String.valueOf(verb.group(3))) {
            case "x" -> Long.toHexString(value);
            case "X" -> Long.toHexString(value).toUpperCase(java.util.Locale.ROOT);
            case "o" -> Long.toOctalString(value);
            default -> Long.toString(value);
        };
        String width = String.valueOf(verb.group(2));
        String pad = verb.group(1).isEmpty() ? " " : "0";
        int missing = width.isEmpty() ? 0 : Integer.parseInt(width) - digits.length();
        return format.substring(0, verb.start())
                + pad.repeat(Math.max(0, missing))
                + digits
                + format.substring(verb.end());
    }

    private static Round round(int index, @Nullable Object item) {
        Map<String, String> names = new LinkedHashMap<>();
        String text = String.valueOf(ArgoText.of(item));
        String label = text;
        if (item instanceof Map<?, ?> map) {
            List<String> parts = new ArrayList<>();
            new TreeMap<>(Tree.cast(map)).forEach((key, value) -> {
                names.put("item." + key, String.valueOf(ArgoText.of(value)));
                parts.add(key + ":" + ArgoText.of(value));
            });
            label = String.join(",", parts);
        } else if (item instanceof List<?> list) {
            label = "["
                    + String.join(
                            " ",
                            list.stream()
                                    .map(one -> String.valueOf(ArgoText.of(one)))
                                    .toList()) + "]";
        }
        names.put("item", text);
        return new Round("(" + index + ":" + label + ")", names);
    }
}
