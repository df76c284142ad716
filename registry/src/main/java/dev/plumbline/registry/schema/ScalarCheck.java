package dev.plumbline.registry.schema;

import dev.plumbline.registry.finding.Spelling;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Types and values of scalars. */
final class ScalarCheck {

    /** Longest text that a pattern is tried on; a longer one is reported as too long. */
    static final int MAX_PATTERN_INPUT = 10_000;

    /** Longest text that a message repeats. */
    private static final int MAX_SHOWN = 60;

    private static final Pattern QUANTITY =
            Pattern.compile("[+-]?(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(?:[KMGTPE]i|[numkMGTPE]|[eE][+-]?[0-9]+)?");

    private ScalarCheck() {}

    /** Whether a value that is not null is of a scalar type. */
    static boolean fits(FieldType type, Object value) {
        return switch (type.sort) {
            case STRING -> value instanceof String;
            case BOOLEAN -> value instanceof Boolean;
            case NUMBER -> value instanceof Number;
            case INTEGER -> whole(value);
            case INT_OR_STRING -> value instanceof String || whole(value);
            case QUANTITY -> value instanceof String || value instanceof Number;
            case ANY, OBJECT, ARRAY -> true;
        };
    }

    /** The API server takes 2.0 for 2, whatever it decodes into. */
    private static boolean whole(Object value) {
        return value instanceof Long
                || value instanceof BigInteger
                || (value instanceof Double number && number == Math.rint(number));
    }

    /** What is wrong with a value of the right type, in the API server's words; empty when nothing is. */
    static String problem(FieldType type, Object value) {
        String problem = value instanceof String text ? text(type, text) : "";
        if (problem.isEmpty() && value instanceof Number number) {
            problem = number(type, number);
        }
        boolean unset = type.go && value.equals("");
        if (problem.isEmpty() && !type.allowed.isEmpty() && !unset && !type.allowed.contains(value)) {
            problem = "Unsupported value: " + shown(value) + ": supported values: " + listed(type.allowed);
        }
        return problem;
    }

    /** What to do about it. */
    static String fix(FieldType type, Object value) {
        if (!type.allowed.isEmpty()) {
            return Spelling.nearest(
                            String.valueOf(value),
                            type.allowed.stream().map(String::valueOf).toList())
                    .map(name -> "did you mean '" + name + "'?")
                    .orElse("write one of these");
        }
        return "correct the value";
    }

    private static String text(FieldType type, String text) {
        int length = text.codePointCount(0, text.length());
        if (length > type.maxLength) {
            return "Too long: may not be more than " + type.maxLength + " characters";
        }
        if (length < type.minLength) {
            return "should be at least " + type.minLength + " chars long";
        }
        if (type.pattern != null) {
            if (length > MAX_PATTERN_INPUT) {
                return "Too long: a text with a pattern may not be more than " + MAX_PATTERN_INPUT + " characters";
            }
            if (!type.pattern.matcher(text).find()) {
                return "Invalid value: " + shown(text) + ": should match '" + type.pattern + "'";
            }
        }
        if (type.sort == FieldType.Sort.QUANTITY && !QUANTITY.matcher(text).matches()) {
            return "Invalid value: " + shown(text) + ": quantities must be a number with a unit such as 500m, 2 or 1Gi";
        }
        return switch (type.format) {
            case "date-time" -> isTime(text) ? "" : "Invalid value: " + shown(text) + ": must be an RFC 3339 time";
            case "byte" -> isBase64(text) ? "" : "Invalid value: " + shown(text) + ": must be base64";
            default -> "";
        };
    }

    private static String number(FieldType type, Number number) {
        BigDecimal value = new BigDecimal(number.toString());
        boolean narrow = type.format.equals("int32") || (type.sort == FieldType.Sort.INT_OR_STRING && type.go);
        if (narrow && outside(value, Integer.MIN_VALUE, Integer.MAX_VALUE)) {
            return "Invalid value: " + value + ": must fit 32 bits";
        }
        if (type.format.equals("int64") && outside(value, Long.MIN_VALUE, Long.MAX_VALUE)) {
            return "Invalid value: " + value + ": must fit 64 bits";
        }
        if (type.minimum != null && value.compareTo(type.minimum) < 0) {
            return "Invalid value: " + value + ": should be greater than or equal to " + type.minimum;
        }
        if (type.maximum != null && value.compareTo(type.maximum) > 0) {
            return "Invalid value: " + value + ": should be less than or equal to " + type.maximum;
        }
        return "";
    }

    private static boolean outside(BigDecimal value, long least, long most) {
        return value.compareTo(BigDecimal.valueOf(least)) < 0 || value.compareTo(BigDecimal.valueOf(most)) > 0;
    }

    private static boolean isTime(String text) {
        try {
            return OffsetDateTime.parse(text).getYear() >= 0;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static boolean isBase64(String text) {
        try {
            Base64.getDecoder().decode(text.replace("\n", "").replace("\r", ""));
            return text.replace("\n", "").replace("\r", "").length() % 4 == 0;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** The type of a value in the API server's words. */
    static String nameOf(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case String _ -> "string";
            case Boolean _ -> "boolean";
            case Double _ -> "number";
            case Number _ -> "integer";
            case Map<?, ?> _ -> "object";
            case List<?> _ -> "array";
            default -> "unknown";
        };
    }

    private static String shown(Object value) {
        String text = String.valueOf(value);
        return "\"" + (text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…") + "\"";
    }

    private static String listed(List<@Nullable Object> values) {
        return values.stream().map(value -> "\"" + value + "\"").collect(Collectors.joining(", "));
    }
}
