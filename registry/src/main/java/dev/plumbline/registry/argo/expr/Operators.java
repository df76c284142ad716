package dev.plumbline.registry.argo.expr;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** What operators do with values. */
final class Operators {

    private static final int MAX_RANGE = 1_000_000;

    private Operators() {}

    static Object unary(String operator, @Nullable Object value) throws ExpressionException {
        return switch (value) {
            case Boolean flag when operator.equals("!") -> !flag;
            case Long number when !operator.equals("!") -> operator.equals("-") ? -number : number;
            case Double number when !operator.equals("!") -> operator.equals("-") ? -number : number;
            case null, default ->
                throw new ExpressionException("invalid operation: " + operator + GoValues.type(value));
        };
    }

    static Object binary(String operator, @Nullable Object left, @Nullable Object right) throws ExpressionException {
        return switch (operator) {
            case "==" -> GoValues.same(left, right);
            case "!=" -> !GoValues.same(left, right);
            case "<", ">", "<=", ">=" -> ordered(operator, left, right);
            case "+", "-", "*", "/", "%", "**" -> arithmetic(operator, left, right);
            case "in" -> in(left, right);
            case "contains" -> text(operator, left, right).contains(String.valueOf(right));
            case "startsWith" -> text(operator, left, right).startsWith(String.valueOf(right));
            case "endsWith" -> text(operator, left, right).endsWith(String.valueOf(right));
            case "matches" ->
                pattern(text(operator, right, left))
                        .matcher(String.valueOf(left))
                        .find();
            case ".." -> range(whole(left, "the beginning of a range"), whole(right, "the end of a range"));
            default -> throw new ExpressionException("unknown operator " + operator);
        };
    }

    private static ExpressionException mismatch(String operator, @Nullable Object left, @Nullable Object right) {
        return new ExpressionException(
                "invalid operation: " + GoValues.type(left) + " " + operator + " " + GoValues.type(right));
    }

    private static String text(String operator, @Nullable Object left, @Nullable Object right)
            throws ExpressionException {
        if (left instanceof String text && right instanceof String) {
            return text;
        }
        throw mismatch(operator, left, right);
    }

    /** A regular expression. */
    static Pattern pattern(String text) throws ExpressionException {
        try {
            return Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            throw new ExpressionException("'" + text + "' is no regular expression: " + e.getDescription());
        }
    }

    private static boolean ordered(String operator, @Nullable Object left, @Nullable Object right)
            throws ExpressionException {
        if (left instanceof Long a && right instanceof Long b) {
            return decided(operator, a.compareTo(b));
        }
        if (left instanceof Number a && right instanceof Number b) {
            return decided(operator, Double.compare(a.doubleValue(), b.doubleValue()));
        }
        if (left instanceof String a && right instanceof String b) {
            return decided(operator, a.compareTo(b));
        }
        throw mismatch(operator, left, right);
    }

    private static boolean decided(String operator, int order) {
        return switch (operator) {
            case "<" -> order < 0;
            case ">" -> order > 0;
            case "<=" -> order <= 0;
            default -> order >= 0;
        };
    }

    private static Object arithmetic(String operator, @Nullable Object left, @Nullable Object right)
            throws ExpressionException {
        if (operator.equals("+") && left instanceof String a && right instanceof String b) {
            return a + b;
        }
        if (!(left instanceof Number a) || !(right instanceof Number b)) {
            throw mismatch(operator, left, right);
        }
        boolean whole = a instanceof Long && b instanceof Long;
        return switch (operator) {
            case "%" -> remainder(left, right);
            case "/" -> a.doubleValue() / b.doubleValue();
            case "**" -> Math.pow(a.doubleValue(), b.doubleValue());
            case "+" -> whole ? (Object) (a.longValue() + b.longValue()) : a.doubleValue() + b.doubleValue();
            case "-" -> whole ? (Object) (a.longValue() - b.longValue()) : a.doubleValue() - b.doubleValue();
            default -> whole ? (Object) (a.longValue() * b.longValue()) : a.doubleValue() * b.doubleValue();
        };
    }

    private static long remainder(@Nullable Object left, @Nullable Object right) throws ExpressionException {
        if (!(left instanceof Long a) || !(right instanceof Long b)) {
            throw mismatch("%", left, right);
        }
        if (b == 0) {
            throw new ExpressionException("integer divide by zero");
        }
        return a % b;
    }

    private static boolean in(@Nullable Object left, @Nullable Object right) throws ExpressionException {
        return switch (right) {
            case null -> false;
            case List<?> list -> list.stream().anyMatch(one -> GoValues.same(left, one));
            case Map<?, ?> map -> left instanceof String key && map.containsKey(key);
            default -> throw mismatch("in", left, right);
        };
    }

    private static List<@Nullable Object> range(long from, long to) throws ExpressionException {
        if (to >= from && (to - from < 0 || to - from >= MAX_RANGE)) {
            throw new ExpressionException("a range has at most " + MAX_RANGE + " numbers");
        }
        List<@Nullable Object> range = new ArrayList<>();
        for (long i = 0; from <= to && i <= to - from; i++) {
            range.add(from + i);
        }
        return range;
    }

    /** A whole number. */
    static long whole(@Nullable Object value, String what) throws ExpressionException {
        if (value instanceof Long number) {
            return number;
        }
        throw new ExpressionException(what + " is a whole number, not " + GoValues.type(value));
    }

    /** A member of a map, or an element of a list, from its end for a negative position. */
    static @Nullable Object member(@Nullable Object of, @Nullable Object key) throws ExpressionException {
        if (of instanceof Map<?, ?> map && key instanceof String name) {
            return map.get(name);
        }
        if (of instanceof List<?> list && key instanceof Number position) {
            long at = position.longValue() < 0 ? list.size() + position.longValue() : position.longValue();
            if (at < 0 || at >= list.size()) {
                throw new ExpressionException(
                        "index out of range: " + position + " (array length is " + list.size() + ")");
            }
            return list.get((int) at);
        }
        throw new ExpressionException("cannot fetch " + GoValues.shown(key) + " from " + GoValues.type(of));
    }

    static Object slice(@Nullable Object of, @Nullable Long from, @Nullable Long to) throws ExpressionException {
        return switch (of) {
            case String text -> {
                int begin = place(from == null ? 0 : from, text.length());
                yield text.substring(begin, Math.max(begin, place(to == null ? text.length() : to, text.length())));
            }
            case List<?> list -> {
                int begin = place(from == null ? 0 : from, list.size());
                int end = Math.max(begin, place(to == null ? list.size() : to, list.size()));
                yield new ArrayList<>(list.subList(begin, end));
            }
            case null, default -> throw new ExpressionException("cannot slice " + GoValues.type(of));
        };
    }

    private static int place(long at, int size) {
        return (int) Math.max(0, Math.min(size, at < 0 ? size + at : at));
    }
}
