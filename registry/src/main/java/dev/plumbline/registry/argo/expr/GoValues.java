package dev.plumbline.registry.argo.expr;

import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.JsonException;
import dev.plumbline.registry.json.Tree;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Values as the language in which Argo is written compares, names and writes them. */
final class GoValues {

    private static final double LEAST_PLAIN = 1e-6;
    private static final double LARGE = 1e21;

    /** A float has no more digits on either side of its point. */
    private static final int MOST_PLACES = 330;

    private GoValues() {}

    /** Name of the type of a value, for messages. */
    static String type(@Nullable Object value) {
        return switch (value) {
            case null -> "<nil>";
            case String _ -> "string";
            case Boolean _ -> "bool";
            case Long _ -> "int";
            case Double _ -> "float64";
            case List<?> _ -> "[]interface {}";
            default -> "map[string]interface {}";
        };
    }

    /** Whether two values are the same; a whole number is the same as a fraction of its size. */
    static boolean same(@Nullable Object left, @Nullable Object right) {
        if (left instanceof Number a && right instanceof Number b) {
            boolean whole = a instanceof Long && b instanceof Long;
            return whole ? a.equals(b) : a.doubleValue() == b.doubleValue();
        }
        if (left instanceof List<?> a && right instanceof List<?> b) {
            boolean same = a.size() == b.size();
            for (int i = 0; same && i < a.size(); i++) {
                same = same(a.get(i), b.get(i));
            }
            return same;
        }
        if (left instanceof Map<?, ?> a && right instanceof Map<?, ?> b) {
            return a.keySet().equals(b.keySet()) && a.keySet().stream().allMatch(key -> same(a.get(key), b.get(key)));
        }
        return Objects.equals(left, right);
    }

    /** A value as text, as {@code %v} writes it. */
    static String shown(@Nullable Object value) {
        return switch (value) {
            case null -> "<nil>";
            case String text -> text;
            case Double number -> fraction(number);
            case List<?> list ->
                "[" + String.join(" ", list.stream().map(GoValues::shown).toList()) + "]";
            case Map<?, ?> map -> {
                List<String> entries = new ArrayList<>();
                new TreeMap<>(Tree.cast(map)).forEach((key, one) -> entries.add(key + ":" + shown(one)));
                yield "map[" + String.join(" ", entries) + "]";
            }
            default -> value.toString();
        };
    }

    private static String fraction(double number) {
        double size = Math.abs(number);
        boolean plain = size == 0 || (size >= 1e-4 && size < LARGE);
        return plain || Double.isNaN(number) || Double.isInfinite(number) ? plain(number) : exponent(number);
    }

    private static String plain(double number) {
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            return Double.isNaN(number) ? "NaN" : number > 0 ? "+Inf" : "-Inf";
        }
        BigDecimal exact = new BigDecimal(Double.toString(number));
        return (exact.signum() == 0 ? BigDecimal.ZERO : exact.stripTrailingZeros()).toPlainString();
    }

    /** A number rounded half away from zero, as Go does. */
    static double rounded(double number, long places) {
        if (!Double.isFinite(number) || Math.abs(places) > MOST_PLACES) {
            return number;
        }
        return BigDecimal.valueOf(number)
                .setScale((int) places, RoundingMode.HALF_UP)
                .doubleValue();
    }

    private static String exponent(double number) {
        BigDecimal exact = new BigDecimal(Double.toString(number)).stripTrailingZeros();
        String digits = exact.unscaledValue().abs().toString();
        int power = digits.length() - 1 - exact.scale();
        String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
        return (number < 0 ? "-" : "") + mantissa + "e" + (power < 0 ? "-" : "+") + (Math.abs(power) < 10 ? "0" : "")
                + Math.abs(power);
    }

    /** A value as JSON: keys in order, and what a page could take for markup written as numbers of characters. */
    static String json(@Nullable Object value) throws ExpressionException {
        return switch (value) {
            case Double number
            when !Double.isFinite(number) -> throw new ExpressionException("json: unsupported value: " + plain(number));
            case Double number -> {
                double size = Math.abs(number);
                boolean plain = size == 0 || (size >= LEAST_PLAIN && size < LARGE);
                yield plain ? plain(number) : exponent(number).replace("e-0", "e-");
            }
            case List<?> list -> {
                List<String> elements = new ArrayList<>();
                for (Object element : list) {
                    elements.add(json(element));
                }
                yield "[" + String.join(",", elements) + "]";
            }
            case Map<?, ?> map -> {
                List<String> entries = new ArrayList<>();
                for (Map.Entry<String, @Nullable Object> entry : new TreeMap<>(Tree.cast(map)).entrySet()) {
                    entries.add(json(entry.getKey()) + ":" + json(entry.getValue()));
                }
                yield "{" + String.join(",", entries) + "}";
            }
            case null, default ->
                Json.write(value)
                        .replace("<", "\\u003c")
                        .replace(">", "\\u003e")
                        .replace("&", "\\u0026");
        };
    }

    /** Reads JSON; every number becomes a fraction. */
    static @Nullable Object parse(String text) throws ExpressionException {
        try {
            return fractions(Json.parse(text));
        } catch (JsonException e) {
            throw new ExpressionException("'" + text + "' is no JSON: " + e.getMessage());
        }
    }

    private static @Nullable Object fractions(@Nullable Object value) {
        return switch (value) {
            case Number number -> number.doubleValue();
            case List<?> list -> {
                List<@Nullable Object> copy = new ArrayList<>();
                list.forEach(one -> copy.add(fractions(one)));
                yield copy;
            }
            case Map<?, ?> map -> {
                Map<String, @Nullable Object> copy = new LinkedHashMap<>();
                Tree.cast(map).forEach((key, one) -> copy.put(key, fractions(one)));
                yield copy;
            }
            case null, default -> value;
        };
    }
}
