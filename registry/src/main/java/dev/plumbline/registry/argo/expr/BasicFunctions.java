package dev.plumbline.registry.argo.expr;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The functions of the language itself, and Argo's own few. */
final class BasicFunctions {

    private BasicFunctions() {}

    static Map<String, Given.Function> all() {
        Map<String, Given.Function> all = new TreeMap<>();
        numbers(all);
        texts(all);
        lists(all);
        maps(all);
        all.put("jsonpath", given -> JsonQuery.of(given.text(1), GoValues.parse(given.text(0))));
        for (String name : List.of("toJson", "toJSON")) {
            all.put(name, given -> GoValues.json(given.at(0)));
        }
        all.put("fromJSON", given -> GoValues.parse(given.text(0)));
        all.put("type", given -> switch (GoValues.type(given.at(0))) {
            case "<nil>" -> "nil";
            case "float64" -> "float";
            case "[]interface {}" -> "array";
            case "map[string]interface {}" -> "map";
            default -> GoValues.type(given.at(0));
        });
        return all;
    }

    private static void numbers(Map<String, Given.Function> all) {
        for (String name : List.of("int", "asInt")) {
            all.put(name, BasicFunctions::whole);
        }
        for (String name : List.of("float", "asFloat")) {
            all.put(name, BasicFunctions::fraction);
        }
        all.put("string", given -> given.shown(0));
        all.put(
                "abs",
                given -> given.at(0) instanceof Long number ? (Object) Math.abs(number) : Math.abs(given.fraction(0)));
        all.put("ceil", given -> Math.ceil(given.fraction(0)));
        all.put("floor", given -> Math.floor(given.fraction(0)));
        all.put("round", given -> GoValues.rounded(given.fraction(0), 0));
        all.put("max", given -> Collections.max(numbers(given), BasicFunctions::order));
        all.put("min", given -> Collections.min(numbers(given), BasicFunctions::order));
        all.put(
                "mean",
                given -> numbers(given).stream()
                        .mapToDouble(BasicFunctions::size)
                        .average()
                        .orElse(0));
    }

    /** The order of numbers by size, of everything else by its text. */
    static int order(@Nullable Object left, @Nullable Object right) {
        return left instanceof Number && right instanceof Number
                ? Double.compare(size(left), size(right))
                : GoValues.shown(left).compareTo(GoValues.shown(right));
    }

    private static double size(@Nullable Object number) {
        return number instanceof Number size ? size.doubleValue() : Double.NaN;
    }

    private static List<@Nullable Object> numbers(Given given) throws ExpressionException {
        List<@Nullable Object> numbers = given.at(0) instanceof List<?> ? given.list(0) : given.values();
        for (Object one : numbers) {
            if (!(one instanceof Number)) {
                throw new ExpressionException(
                        "invalid argument for " + given.function() + " (type " + GoValues.type(one) + ")");
            }
        }
        if (numbers.isEmpty()) {
            throw new ExpressionException("not enough arguments to call " + given.function());
        }
        return numbers;
    }

    private static Object whole(Given given) throws ExpressionException {
        try {
            return given.at(0) instanceof String text ? (Object) Long.valueOf(text) : given.whole(0);
        } catch (NumberFormatException e) {
            throw new ExpressionException("invalid operation: int(" + given.at(0) + ")");
        }
    }

    private static Object fraction(Given given) throws ExpressionException {
        try {
            return given.at(0) instanceof String text ? Double.parseDouble(text) : given.fraction(0);
        } catch (NumberFormatException e) {
            throw new ExpressionException("invalid operation: float(" + given.at(0) + ")");
        }
    }

    private static void texts(Map<String, Given.Function> all) {
        all.put("upper", given -> given.text(0).toUpperCase(Locale.ROOT));
        all.put("lower", given -> given.text(0).toLowerCase(Locale.ROOT));
        all.put("trim", given -> given.count() < 2 ? given.text(0).strip() : trimmed(given.text(0), given.text(1)));
        all.put("trimPrefix", given -> withoutPrefix(given.text(0), given.text(1)));
        all.put("trimSuffix", given -> withoutSuffix(given.text(0), given.text(1)));
        all.put("hasPrefix", given -> given.text(0).startsWith(given.text(1)));
        all.put("hasSuffix", given -> given.text(0).endsWith(given.text(1)));
        all.put("indexOf", given -> (long) given.text(0).indexOf(given.text(1)));
        all.put("lastIndexOf", given -> (long) given.text(0).lastIndexOf(given.text(1)));
        all.put("repeat", given -> repeated(given.text(0), given.whole(1)));
        all.put("replace", given -> given.text(0).replace(given.text(1), given.text(2)));
        all.put("split", given -> split(given.text(0), given.text(1)));
        all.put("join", given -> joined(given.list(0), given.count() < 2 ? "" : given.text(1)));
        all.put("toBase64", given -> encoded(given.text(0)));
        all.put("fromBase64", given -> decoded(given.text(0)));
    }

    static String withoutPrefix(String text, String prefix) {
        return text.startsWith(prefix) ? text.substring(prefix.length()) : text;
    }

    static String withoutSuffix(String text, String suffix) {
        return text.endsWith(suffix) ? text.substring(0, text.length() - suffix.length()) : text;
    }

    /** A text without certain characters at its ends. */
    static String trimmed(String text, String characters) {
        int from = 0;
        int to = text.length();
        while (from < to && characters.indexOf(text.charAt(from)) >= 0) {
            from++;
        }
        while (to > from && characters.indexOf(text.charAt(to - 1)) >= 0) {
            to--;
        }
        return text.substring(from, to);
    }

    static String repeated(String text, long times) throws ExpressionException {
        if (times < 0 || times > Expression.MAX_LENGTH / Math.max(1, text.length())) {
            throw new ExpressionException("a text is repeated to at most " + Expression.MAX_LENGTH + " characters");
        }
        return text.repeat((int) times);
    }

    /** The parts of a text between separators; its characters for an empty one. */
    static List<@Nullable Object> split(String text, String separator) {
        if (separator.isEmpty()) {
            return new ArrayList<>(
                    text.codePoints().mapToObj(Character::toString).toList());
        }
        return new ArrayList<>(Arrays.asList(text.split(java.util.regex.Pattern.quote(separator), -1)));
    }

    static String joined(List<@Nullable Object> list, String separator) {
        return String.join(separator, list.stream().map(GoValues::shown).toList());
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String decoded(String text) throws ExpressionException {
        try {
            return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new ExpressionException("illegal base64 data: " + e.getMessage());
        }
    }

    private static void lists(Map<String, Given.Function> all) {
        all.put("len", given -> switch (given.at(0)) {
            case String text -> (long) text.codePointCount(0, text.length());
            case List<?> list -> (long) list.size();
            case Map<?, ?> map -> (long) map.size();
            case null, default -> throw given.wrong(0, "a text, list or map");
        });
        all.put("first", given -> given.list(0).isEmpty() ? null : given.list(0).getFirst());
        all.put("last", given -> given.list(0).isEmpty() ? null : given.list(0).getLast());
        all.put("take", given -> {
            List<@Nullable Object> list = given.list(0);
            return new ArrayList<>(list.subList(0, (int) Math.max(0, Math.min(list.size(), given.whole(1)))));
        });
        all.put("reverse", given -> new ArrayList<>(given.list(0).reversed()));
        all.put("uniq", given -> unique(given.list(0)));
        all.put("concat", BasicFunctions::concatenated);
        all.put("flatten", given -> flat(given.list(0)));
        all.put("sort", given -> {
            List<@Nullable Object> sorted = new ArrayList<>(given.list(0));
            sorted.sort("desc".equals(given.at(1)) ? (a, b) -> order(b, a) : BasicFunctions::order);
            return sorted;
        });
    }

    private static List<@Nullable Object> unique(List<@Nullable Object> list) {
        List<@Nullable Object> unique = new ArrayList<>();
        for (Object one : list) {
            if (unique.stream().noneMatch(known -> GoValues.same(known, one))) {
                unique.add(one);
            }
        }
        return unique;
    }

    private static List<@Nullable Object> concatenated(Given given) throws ExpressionException {
        List<@Nullable Object> all = new ArrayList<>();
        for (int i = 0; i < given.count(); i++) {
            all.addAll(given.list(i));
        }
        return all;
    }

    private static List<@Nullable Object> flat(List<@Nullable Object> list) {
        List<@Nullable Object> flat = new ArrayList<>();
        for (Object one : list) {
            if (one instanceof List<?> inner) {
                flat.addAll(flat(new ArrayList<>(inner)));
            } else {
                flat.add(one);
            }
        }
        return flat;
    }

    private static void maps(Map<String, Given.Function> all) {
        all.put("keys", given -> new ArrayList<>(new TreeMap<>(given.map(0)).keySet()));
        all.put("values", given -> new ArrayList<>(new TreeMap<>(given.map(0)).values()));
        all.put("get", given -> given.at(0) instanceof Map<?, ?> ? given.map(0).get(given.text(1)) : element(given));
        all.put("toPairs", given -> {
            List<@Nullable Object> pairs = new ArrayList<>();
            new TreeMap<>(given.map(0)).forEach((key, value) -> pairs.add(Arrays.asList(key, value)));
            return pairs;
        });
        all.put("fromPairs", given -> {
            Map<String, @Nullable Object> map = new LinkedHashMap<>();
            for (Object pair : given.list(0)) {
                map.put(GoValues.shown(Operators.member(pair, 0L)), Operators.member(pair, 1L));
            }
            return map;
        });
    }

    private static @Nullable Object element(Given given) throws ExpressionException {
        long at = given.whole(1);
        return at < -given.list(0).size() || at >= given.list(0).size() ? null : Operators.member(given.list(0), at);
    }
}
