package dev.plumbline.registry.argo.expr;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * An expression that has a value. Values are text, Long, Double, Boolean, lists, maps by text, and null for nil. What it computes is
 * bounded by its length and its variables: there are no loops but those over lists.
 */
public final class Formula {

    private final String text;
    private final Term term;
    private final Expression uses;

    private Formula(String text, Term term, Expression uses) {
        this.text = text;
        this.term = term;
        this.uses = uses;
    }

    /** What the variables of an expression are. */
    public interface Variables {

        /** The value of a name with dots, such as {@code inputs.parameters.x}; null where it has none. */
        @Nullable
        Object get(String name);

        /** Whether a name is known, though its value may be nil. */
        boolean known(String name);

        /** Whether a known name begins with this one and a dot. */
        boolean begins(String name);
    }

    /**
     * Reads an expression.
     *
     * @throws ExpressionException when it is none; the message says what is wrong where
     */
    public static Formula parse(String text) throws ExpressionException {
        Expression uses = Expression.parse(text);
        return new Formula(text, new TermParser(new Cursor(new Lexer(text).tokens())).parse(), uses);
    }

    /** Functions that it calls and that are not evaluated here. */
    public Set<String> unknownFunctions() {
        Set<String> unknown = new TreeSet<>();
        uses.functions().stream()
                .map(Expression.Name::dotted)
                .filter(name -> !Functions.evaluated(name))
                .forEach(unknown::add);
        return unknown;
    }

    /** The variables that it cannot do without, as names with dots, in written order; those left of {@code ??} apart. */
    public List<String> needs() {
        List<String> needs = new ArrayList<>();
        uses.names().stream()
                .filter(name -> !name.guarded())
                .map(Expression.Name::dotted)
                .filter(name -> !needs.contains(name))
                .forEach(needs::add);
        return needs;
    }

    /**
     * Its value.
     *
     * @throws ExpressionException when it has none; the message says why
     */
    public @Nullable Object value(Variables variables) throws ExpressionException {
        return new Evaluation(variables).of(term);
    }

    /**
     * Whether it holds.
     *
     * @throws ExpressionException when its value is neither true nor false
     */
    public boolean holds(Variables variables) throws ExpressionException {
        Object value;
        try {
            value = value(variables);
        } catch (ExpressionException e) {
            throw new ExpressionException("unable to evaluate expression '" + text + "': " + e.getMessage());
        }
        if (value instanceof Boolean flag) {
            return flag;
        }
        throw new ExpressionException("unable to cast expression result '" + GoValues.shown(value) + "' to bool");
    }

    /**
     * How a value stands in the text around an expression: text as it is, everything else as JSON.
     *
     * @throws ExpressionException when it has no JSON, as what is no number
     */
    public static String text(Object value) throws ExpressionException {
        return value instanceof String text ? text : GoValues.json(value);
    }
}
