package dev.plumbline.registry.cel;

import dev.cel.common.values.NullValue;
import dev.cel.runtime.CelEvaluationException;
import dev.plumbline.registry.json.Json;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** {@code '%s has %d'.format([…])} with the verbs s, d, f, e, b, o, x and X of CEL's string library, version 2. */
final class TextFormat {

    private static final int PRECISION = 6;
    private static final int MAX_PRECISION = 100;

    private static final int LEAST_EXPONENT = -4;
    private static final int MOST_EXPONENT = 6;

    private TextFormat() {}

    static String format(String template, List<?> arguments) throws CelEvaluationException {
        StringBuilder text = new StringBuilder();
        int used = 0;
        int i = 0;
        while (i < template.length()) {
            char c = template.charAt(i++);
            if (c != '%') {
                text.append(c);
                continue;
            }
            if (i < template.length() && template.charAt(i) == '%') {
                text.append('%');
                i++;
                continue;
            }
            int precision = -1;
            if (i < template.length() && template.charAt(i) == '.') {
                int start = ++i;
                while (i < template.length() && Character.isDigit(template.charAt(i)) && i - start < 3) {
                    i++;
                }
                precision = i == start ? 0 : Math.min(MAX_PRECISION, Integer.parseInt(template.substring(start, i)));
            }
            if (i >= template.length()) {
                throw new CelEvaluationException("unexpected end of string");
            }
            if (used >= arguments.size()) {
                throw new CelEvaluationException("index " + used + " out of range");
            }
            String part = verb(template.charAt(i++), precision, arguments.get(used++));
            Meter.pay(part.length());
            text.append(part);
        }
        Meter.pay(text.length());
        return text.toString();
    }

    private static String verb(char verb, int precision, Object value) throws CelEvaluationException {
        return switch (verb) {
            case 's' -> shown(value);
            case 'd' -> whole(value).toString();
            case 'b' ->
                value instanceof Boolean flag
                        ? (flag ? "1" : "0")
                        : whole(value).toString(2);
            case 'o' -> whole(value).toString(8);
            case 'x', 'X' -> hex(value, verb == 'X');
            case 'f', 'e' -> decimal(verb, precision < 0 ? PRECISION : precision, value);
            default ->
                throw new CelEvaluationException(
                        "could not parse formatting clause: unrecognized formatting clause \"" + verb + "\"");
        };
    }

    private static BigInteger whole(Object value) throws CelEvaluationException {
        if (value instanceof Double number && number == Math.rint(number) && !Double.isInfinite(number)) {
            return new BigDecimal(number).toBigInteger();
        }
        if (value instanceof Long number) {
            return BigInteger.valueOf(number);
        }
        throw new CelEvaluationException("error during formatting: only integers can be formatted as such");
    }

    private static String hex(Object value, boolean upper) throws CelEvaluationException {
        String text;
        if (value instanceof String string) {
            StringBuilder digits = new StringBuilder();
            for (byte unit : string.getBytes(java.nio.charset.StandardCharsets.UTF_8)) {
                digits.append(String.format(Locale.ROOT, "%02x", unit));
            }
            text = digits.toString();
        } else {
            text = whole(value).toString(16);
        }
        return upper ? text.toUpperCase(Locale.ROOT) : text;
    }

    private static String decimal(char verb, int precision, Object value) throws CelEvaluationException {
        if (!(value instanceof Number number)) {
            throw new CelEvaluationException("error during formatting: only numbers can be formatted as such");
        }
        return String.format(Locale.ROOT, "%." + precision + verb, number.doubleValue());
    }

    /** A value as text; keys of maps in order. */
    static String shown(Object value) throws CelEvaluationException {
        Meter.pay(1);
        return switch (value) {
            case NullValue _ -> "null";
            case Double number -> general(number);
            case List<?> list -> {
                StringBuilder text = new StringBuilder("[");
                for (Object element : list) {
                    text.append(text.length() == 1 ? "" : ", ").append(inner(element));
                }
                yield text.append(']').toString();
            }
            case Map<?, ?> map -> {
                Map<String, String> sorted = new TreeMap<>();
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    sorted.put(inner(entry.getKey()), inner(entry.getValue()));
                }
                StringBuilder text = new StringBuilder("{");
                sorted.forEach((key, shown) -> text.append(text.length() == 1 ? "" : ", ")
                        .append(key)
                        .append(':')
                        .append(shown));
                yield text.append('}').toString();
            }
            default -> value.toString();
        };
    }

    /** A value inside a list or map: texts are quoted there, and doubles have six places. */
    private static String inner(Object value) throws CelEvaluationException {
        return switch (value) {
            case String text -> Json.write(text);
            case Double number -> decimal('f', PRECISION, number);
            default -> shown(value);
        };
    }

    /** A double as CEL's string() writes it: the shortest digits, with an exponent from 1e+06 on and below 1e-04. */
    static String general(double number) {
        if (number == 0 || Double.isNaN(number) || Double.isInfinite(number)) {
            return special(number);
        }
        BigDecimal value = new BigDecimal(Double.toString(number)).stripTrailingZeros();
        int exponent = value.precision() - value.scale() - 1;
        if (exponent >= LEAST_EXPONENT && exponent < MOST_EXPONENT) {
            return value.toPlainString();
        }
        String digits = value.unscaledValue().abs().toString();
        return (number < 0 ? "-" : "")
                + digits.charAt(0)
                + (digits.length() > 1 ? "." + digits.substring(1) : "")
                + String.format(Locale.ROOT, "e%s%02d", exponent < 0 ? "-" : "+", Math.abs(exponent));
    }

    private static String special(double number) {
        return number == 0 ? "0" : Double.isNaN(number) ? "NaN" : number > 0 ? "+Inf" : "-Inf";
    }
}
