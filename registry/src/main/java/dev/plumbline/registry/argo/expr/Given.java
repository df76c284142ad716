package dev.plumbline.registry.argo.expr;

import dev.plumbline.registry.json.Tree;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a function is given.
 *
 * @param function its name, for messages
 * @param values the values
 */
record Given(String function, List<@Nullable Object> values) {

    /** One of the functions. */
    @FunctionalInterface
    interface Function {

        @Nullable
        Object of(Given given) throws ExpressionException;
    }

    int count() {
        return values.size();
    }

    /** A value; nil where fewer were given. */
    @Nullable
    Object at(int index) {
        return index < values.size() ? values.get(index) : null;
    }

    String text(int index) throws ExpressionException {
        if (at(index) instanceof String text) {
            return text;
        }
        throw wrong(index, "a string");
    }

    /** A value as text, whatever it is. */
    String shown(int index) throws ExpressionException {
        require(index);
        return GoValues.shown(at(index));
    }

    long whole(int index) throws ExpressionException {
        return switch (at(index)) {
            case Long number -> number;
            case Double number -> number.longValue();
            case null, default -> throw wrong(index, "a number");
        };
    }

    double fraction(int index) throws ExpressionException {
        if (at(index) instanceof Number number) {
            return number.doubleValue();
        }
        throw wrong(index, "a number");
    }

    List<@Nullable Object> list(int index) throws ExpressionException {
        if (at(index) instanceof List<?> list) {
            return Tree.castList(list);
        }
        throw wrong(index, "a list");
    }

    Map<String, @Nullable Object> map(int index) throws ExpressionException {
        if (at(index) instanceof Map<?, ?> map) {
            return Tree.cast(map);
        }
        throw wrong(index, "a map");
    }

    private void require(int index) throws ExpressionException {
        if (index >= values.size()) {
            throw new ExpressionException("not enough arguments to call " + function);
        }
    }

    ExpressionException wrong(int index, String wanted) {
        return index >= values.size()
                ? new ExpressionException("not enough arguments to call " + function)
                : new ExpressionException(function + " takes " + wanted + " as argument " + (index + 1) + ", not "
                        + GoValues.type(at(index)));
    }
}
