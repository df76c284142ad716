package dev.plumbline.registry.argo;

import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A {@code when} after its tags are replaced, in the part of govaluate's language that Argo's users write: comparisons
 * ({@code == != < <= > >= =~ !~}), {@code in (…)}, {@code && || !}, parentheses, numbers, quoted text, {@code true} and
 * {@code false}. Unquoted words are text, as in Argo. Arithmetic and functions are refused by name.
 */
public sealed interface When {

    /**
     * A value: text, number (Double) or Boolean.
     *
     * @param value the value
     */
    record Literal(Object value) implements When {}

    /**
     * A comparison.
     *
     * @param operator as written
     * @param left left side
     * @param right right side
     */
    record Comparison(String operator, When left, When right) implements When {}

    /**
     * Whether a value is one of a list.
     *
     * @param left the value
     * @param options the list
     */
    record In(When left, List<When> options) implements When {}

    /**
     * Both hold.
     *
     * @param left left side
     * @param right right side
     */
    record And(When left, When right) implements When {}

    /**
     * One holds.
     *
     * @param left left side
     * @param right right side
     */
    record Or(When left, When right) implements When {}

    /**
     * It does not hold.
     *
     * @param term the term
     */
    record Not(When term) implements When {}

    /**
     * Reads a condition. Text with tags still in it may be checked so: a tag reads as a word.
     *
     * @throws ArgoSyntaxException when it is not a condition
     */
    static When parse(String text) throws ArgoSyntaxException {
        return new WhenParser(text).parse();
    }

    /**
     * Whether a condition holds; an empty one does.
     *
     * @throws ArgoSyntaxException when it is not a condition, or its value is not a boolean
     */
    static boolean holds(String text) throws ArgoSyntaxException {
        if (text.isBlank()) {
            return true;
        }
        Object value = parse(text).value();
        if (value instanceof Boolean flag) {
            return flag;
        }
        throw new ArgoSyntaxException("when '" + text + "': expected a boolean, got '" + WhenParser.show(value) + "'");
    }

    /**
     * Its value: text, number (Double) or Boolean.
     *
     * @throws ArgoSyntaxException when an operator meets a type that it does not take
     */
    default Object value() throws ArgoSyntaxException {
        return switch (this) {
            case Literal(Object value) -> value;
            case Not(When term) -> !bool(term, "!");
            case And(When left, When right) -> bool(left, "&&") && bool(right, "&&");
            case Or(When left, When right) -> bool(left, "||") || bool(right, "||");
            case In(When left, List<When> options) -> in(left, options);
            case Comparison(String operator, When left, When right) -> compare(operator, left.value(), right.value());
        };
    }

    private static boolean in(When left, List<When> options) throws ArgoSyntaxException {
        Object wanted = left.value();
        for (When option : options) {
            if (wanted.equals(option.value())) {
                return true;
            }
        }
        return false;
    }

    private static boolean bool(When term, String operator) throws ArgoSyntaxException {
        Object value = term.value();
        if (value instanceof Boolean flag) {
            return flag;
        }
        throw new ArgoSyntaxException("when: '" + operator + "' takes booleans, not '" + WhenParser.show(value) + "'");
    }

    private static boolean compare(String operator, Object left, Object right) throws ArgoSyntaxException {
        return switch (operator) {
            case "==" -> left.equals(right);
            case "!=" -> !left.equals(right);
            case "=~" -> matches(left, right);
            case "!~" -> !matches(left, right);
            default -> {
                int order = order(operator, left, right);
                yield switch (operator) {
                    case "<" -> order < 0;
                    case "<=" -> order <= 0;
                    case ">" -> order > 0;
                    case ">=" -> order >= 0;
                    default -> throw new ArgoSyntaxException("when: operator '" + operator + "' is not known");
                };
            }
        };
    }

    private static int order(String operator, Object left, Object right) throws ArgoSyntaxException {
        if (left instanceof Double a && right instanceof Double b) {
            return Double.compare(a, b);
        }
        if (left instanceof String a && right instanceof String b) {
            return a.compareTo(b);
        }
        throw new ArgoSyntaxException("when: '" + operator + "' cannot compare '" + WhenParser.show(left) + "' with '"
                + WhenParser.show(right) + "'; both must be numbers, or both text");
    }

    private static boolean matches(Object text, Object pattern) throws ArgoSyntaxException {
        if (!(text instanceof String subject) || !(pattern instanceof String regex)) {
            throw new ArgoSyntaxException("when: '=~' takes text on both sides");
        }
        try {
            return Pattern.compile(regex).matcher(subject).find();
        } catch (PatternSyntaxException e) {
            throw new ArgoSyntaxException("when: '" + regex + "' is not a regular expression: " + e.getDescription());
        }
    }
}
