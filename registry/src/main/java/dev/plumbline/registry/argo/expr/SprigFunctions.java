package dev.plumbline.registry.argo.expr;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/** The functions of sprig that people use in workflows, by their names below {@code sprig}. */
final class SprigFunctions {

    /** Functions that are the language's own, some under another name there. */
    private static final Map<String, String> SAME = Map.ofEntries(
            Map.entry("upper", "upper"),
            Map.entry("lower", "lower"),
            Map.entry("b64enc", "toBase64"),
            Map.entry("b64dec", "fromBase64"),
            Map.entry("toString", "string"),
            Map.entry("toJson", "toJson"),
            Map.entry("fromJson", "fromJSON"),
            Map.entry("first", "first"),
            Map.entry("last", "last"),
            Map.entry("reverse", "reverse"),
            Map.entry("uniq", "uniq"),
            Map.entry("concat", "concat"),
            Map.entry("keys", "keys"),
            Map.entry("values", "values"));

    private SprigFunctions() {}

    static Map<String, Given.Function> all() {
        Map<String, Given.Function> all = new TreeMap<>();
        Map<String, Given.Function> basic = BasicFunctions.all();
        SAME.forEach((name, same) -> all.put(name, Objects.requireNonNull(basic.get(same))));
        texts(all);
        patterns(all);
        numbers(all);
        defaults(all);
        lists(all);
        maps(all);
        return all;
    }

    private static void texts(Map<String, Given.Function> all) {
        all.put("trim", given -> given.text(0).strip());
        all.put("trimAll", given -> BasicFunctions.trimmed(given.text(1), given.text(0)));
        all.put("trimPrefix", given -> BasicFunctions.withoutPrefix(given.text(1), given.text(0)));
        all.put("trimSuffix", given -> BasicFunctions.withoutSuffix(given.text(1), given.text(0)));
        all.put("nospace", given -> given.text(0).replaceAll("\\s", ""));
        all.put("repeat", given -> BasicFunctions.repeated(given.text(1), given.whole(0)));
        all.put("replace", given -> given.text(2).replace(given.text(0), given.text(1)));
        all.put("contains", given -> given.text(1).contains(given.text(0)));
        all.put("hasPrefix", given -> given.text(1).startsWith(given.text(0)));
        all.put("hasSuffix", given -> given.text(1).endsWith(given.text(0)));
        all.put("quote", given -> "\"" + given.shown(0).replace("\\", "\\\\").replace("\"", "\\\"") + "\"");
        all.put("squote", given -> "'" + given.shown(0) + "'");
        all.put("cat", given -> BasicFunctions.joined(given.values(), " "));
        all.put("trunc", given -> truncated(given.text(1), given.whole(0)));
        all.put("substr", given -> part(given.text(2), given.whole(0), given.whole(1)));
        all.put("splitList", given -> BasicFunctions.split(given.text(1), given.text(0)));
        all.put(
                "join",
                given -> given.at(1) instanceof List<?>
                        ? BasicFunctions.joined(given.list(1), given.text(0))
                        : given.shown(1));
        all.put("sha1sum", given -> digest("SHA-1", given.text(0)));
        all.put("sha256sum", given -> digest("SHA-256", given.text(0)));
    }

    private static String truncated(String text, long length) {
        if (length < 0 && text.length() + length > 0) {
            return text.substring((int) (text.length() + length));
        }
        return length >= 0 && text.length() > length ? text.substring(0, (int) length) : text;
    }

    private static String part(String text, long from, long to) {
        int begin = (int) Math.max(0, Math.min(from, text.length()));
        int end = to < 0 || to > text.length() ? text.length() : (int) to;
        return text.substring(begin, Math.max(begin, end));
    }

    private static String digest(String algorithm, String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has " + algorithm, e);
        }
    }

    private static void patterns(Map<String, Given.Function> all) {
        all.put(
                "regexMatch",
                given -> Operators.pattern(given.text(0)).matcher(given.text(1)).find());
        all.put("regexFind", given -> {
            Matcher matcher = Operators.pattern(given.text(0)).matcher(given.text(1));
            return matcher.find() ? matcher.group() : "";
        });
        all.put("regexFindAll", given -> {
            Matcher matcher = Operators.pattern(given.text(0)).matcher(given.text(1));
            List<@Nullable Object> found = new ArrayList<>();
            while (matcher.find() && (given.whole(2) < 0 || found.size() < given.whole(2))) {
                found.add(matcher.group());
            }
            return found;
        });
        all.put("regexReplaceAll", given -> {
            String by = given.text(2).replaceAll("\\$\\{(\\d+)}", "\\$$1");
            try {
                return Operators.pattern(given.text(0)).matcher(given.text(1)).replaceAll(by);
            } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
                throw new ExpressionException("cannot replace by '" + given.text(2) + "': " + e.getMessage());
            }
        });
        all.put(
                "regexReplaceAllLiteral",
                given -> Operators.pattern(given.text(0))
                        .matcher(given.text(1))
                        .replaceAll(Matcher.quoteReplacement(given.text(2))));
    }

    private static void numbers(Map<String, Given.Function> all) {
        for (String name : List.of("int", "int64", "atoi")) {
            all.put(name, given -> number(given.at(0)).longValue());
        }
        all.put("float64", given -> number(given.at(0)).doubleValue());
        all.put("add", given -> {
            long sum = 0;
            for (Object one : given.values()) {
                sum += number(one).longValue();
            }
            return sum;
        });
        all.put("add1", given -> number(given.at(0)).longValue() + 1);
        all.put(
                "sub",
                given -> number(given.at(0)).longValue() - number(given.at(1)).longValue());
        all.put("mul", given -> {
            long product = 1;
            for (Object one : given.values()) {
                product *= number(one).longValue();
            }
            return product;
        });
        all.put("div", given -> number(given.at(0)).longValue() / divisor(given));
        all.put("mod", given -> number(given.at(0)).longValue() % divisor(given));
        sizes(all);
    }

    private static void sizes(Map<String, Given.Function> all) {
        all.put(
                "max",
                given -> given.values().stream()
                        .mapToLong(one -> number(one).longValue())
                        .max()
                        .orElse(0));
        all.put(
                "min",
                given -> given.values().stream()
                        .mapToLong(one -> number(one).longValue())
                        .min()
                        .orElse(0));
        all.put("ceil", given -> Math.ceil(number(given.at(0)).doubleValue()));
        all.put("floor", given -> Math.floor(number(given.at(0)).doubleValue()));
        all.put("round", given -> GoValues.rounded(number(given.at(0)).doubleValue(), given.whole(1)));
    }

    private static long divisor(Given given) throws ExpressionException {
        long divisor = number(given.at(1)).longValue();
        if (divisor == 0) {
            throw new ExpressionException("integer divide by zero");
        }
        return divisor;
    }

    /** A number, or what a text says; 0 for what is none, as sprig has it. */
    private static BigDecimal number(@Nullable Object value) {
        try {
            return switch (value) {
                case Boolean flag -> flag ? BigDecimal.ONE : BigDecimal.ZERO;
                case Number number -> new BigDecimal(number.toString());
                case String text -> new BigDecimal(text.strip());
                case null, default -> BigDecimal.ZERO;
            };
        } catch (NumberFormatException e) {
            return BigDecimal.ZERO;
        }
    }

    private static void defaults(Map<String, Given.Function> all) {
        all.put("default", given -> isEmpty(given.at(1)) ? given.at(0) : given.at(1));
        all.put("empty", given -> isEmpty(given.at(0)));
        all.put(
                "coalesce",
                given -> given.values().stream()
                        .filter(one -> !isEmpty(one))
                        .findFirst()
                        .orElse(null));
        all.put("ternary", given -> Boolean.TRUE.equals(given.at(2)) ? given.at(0) : given.at(1));
    }

    private static boolean isEmpty(@Nullable Object value) {
        return switch (value) {
            case null -> true;
            case String text -> text.isEmpty();
            case Boolean flag -> !flag;
            case Number number -> number.doubleValue() == 0;
            case List<?> list -> list.isEmpty();
            case Map<?, ?> map -> map.isEmpty();
            default -> false;
        };
    }

    private static void lists(Map<String, Given.Function> all) {
        for (String name : List.of("list", "tuple")) {
            all.put(name, given -> new ArrayList<>(given.values()));
        }
        all.put("rest", given -> new ArrayList<>(given.list(0).stream().skip(1).toList()));
        all.put("initial", given -> {
            List<@Nullable Object> list = given.list(0);
            return new ArrayList<>(list.subList(0, Math.max(0, list.size() - 1)));
        });
        for (String name : List.of("append", "push")) {
            all.put(name, given -> {
                List<@Nullable Object> longer = new ArrayList<>(given.list(0));
                longer.add(given.at(1));
                return longer;
            });
        }
        all.put(
                "compact",
                given -> new ArrayList<>(
                        given.list(0).stream().filter(one -> !isEmpty(one)).toList()));
        all.put("has", given -> given.list(1).stream().anyMatch(one -> GoValues.same(one, given.at(0))));
        all.put(
                "sortAlpha",
                given -> new ArrayList<>(
                        given.list(0).stream().map(GoValues::shown).sorted().toList()));
    }

    private static void maps(Map<String, Given.Function> all) {
        all.put("dict", given -> {
            Map<String, @Nullable Object> map = new LinkedHashMap<>();
            for (int i = 0; i < given.count(); i += 2) {
                map.put(given.shown(i), i + 1 < given.count() ? given.at(i + 1) : "");
            }
            return map;
        });
        all.put("get", given -> Objects.requireNonNullElse(given.map(0).get(given.text(1)), ""));
        all.put("hasKey", given -> given.map(0).containsKey(given.text(1)));
    }
}
