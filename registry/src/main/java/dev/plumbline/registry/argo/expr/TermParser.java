package dev.plumbline.registry.argo.expr;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads an expression into terms, by the strength of its operators. */
final class TermParser {

    private static final int POWER = 100;
    private static final Map<String, Integer> STRENGTH = Map.ofEntries(
            Map.entry("|", 0),
            Map.entry("||", 10),
            Map.entry("or", 10),
            Map.entry("&&", 15),
            Map.entry("and", 15),
            Map.entry("==", 20),
            Map.entry("!=", 20),
            Map.entry("<", 20),
            Map.entry(">", 20),
            Map.entry("<=", 20),
            Map.entry(">=", 20),
            Map.entry("in", 20),
            Map.entry("matches", 20),
            Map.entry("contains", 20),
            Map.entry("startsWith", 20),
            Map.entry("endsWith", 20),
            Map.entry("..", 25),
            Map.entry("+", 30),
            Map.entry("-", 30),
            Map.entry("*", 60),
            Map.entry("/", 60),
            Map.entry("%", 60),
            Map.entry("**", POWER),
            Map.entry("^", POWER),
            Map.entry("??", 500));
    private static final Map<String, String> SAME = Map.of("or", "||", "and", "&&", "^", "**");
    private static final Set<String> COMPARISONS = Set.of("<", ">", "<=", ">=");
    private static final int NOT = 50;
    private static final int SIGN = 90;

    private final Cursor cursor;
    private int depth;

    TermParser(Cursor cursor) {
        this.cursor = cursor;
    }

    Term parse() throws ExpressionException {
        Term term = sequence();
        if (cursor.peek().kind() != Token.Kind.END) {
            throw cursor.unexpected();
        }
        return term;
    }

    private Term sequence() throws ExpressionException {
        Term last = expression(0);
        // What stands before a semicolon has no effect here: nothing in this language has one.
        while (cursor.take(";")) {
            if (cursor.peek().kind() == Token.Kind.END) {
                break;
            }
            last = expression(0);
        }
        return last;
    }

    private Term expression(int least) throws ExpressionException {
        if (++depth > Parser.MAX_DEPTH) {
            throw new ExpressionException("nested deeper than " + Parser.MAX_DEPTH);
        }
        Term term = least == 0 && cursor.peek().isWord("let")
                ? let()
                : least == 0 && cursor.peek().isWord("if") ? branch() : operators(least);
        depth--;
        return term;
    }

    private Term let() throws ExpressionException {
        cursor.next();
        String name = cursor.word();
        cursor.expect("=");
        Term value = expression(0);
        cursor.expect(";");
        return new Term.Let(name, value, sequence());
    }

    private Term branch() throws ExpressionException {
        cursor.next();
        Term condition = expression(0);
        Term then = block();
        if (!cursor.peek().isWord("else")) {
            throw cursor.unexpected();
        }
        cursor.next();
        return new Term.Choice(condition, then, cursor.peek().isWord("if") ? branch() : block());
    }

    private Term block() throws ExpressionException {
        cursor.expect("{");
        Term term = sequence();
        cursor.expect("}");
        return term;
    }

    private Term operators(int least) throws ExpressionException {
        Term left = unary();
        while (true) {
            boolean negated = cursor.peek().isWord("not");
            String operator = negated ? cursor.ahead(1).text() : cursor.peek().text();
            Integer strength = cursor.isOperatorAhead(negated ? 1 : 0) ? STRENGTH.get(operator) : null;
            if (strength == null || strength < least) {
                break;
            }
            cursor.next();
            if (negated) {
                cursor.next();
            }
            Term both = operation(left, operator, strength);
            left = negated ? new Term.Unary("!", both) : both;
        }
        return least == 0 ? choice(left) : left;
    }

    private Term operation(Term left, String operator, int strength) throws ExpressionException {
        if (operator.equals("|")) {
            return new AtomParser(cursor, this::sequence, () -> expression(0)).piped(left);
        }
        Term right = expression(strength + (strength == POWER ? 0 : 1));
        if (!COMPARISONS.contains(operator)) {
            return new Term.Binary(SAME.getOrDefault(operator, operator), left, right);
        }
        // a < b < c means that both hold.
        Term all = new Term.Binary(operator, left, right);
        while (cursor.peek().kind() == Token.Kind.SYMBOL
                && COMPARISONS.contains(cursor.peek().text())) {
            String next = cursor.next().text();
            Term further = expression(strength + 1);
            all = new Term.Binary("&&", all, new Term.Binary(next, right, further));
            right = further;
        }
        return all;
    }

    private Term choice(Term condition) throws ExpressionException {
        Term term = condition;
        while (cursor.take("?")) {
            // a ?: b is a where it holds.
            Term then = cursor.peek().is(":") ? term : expression(0);
            cursor.expect(":");
            term = new Term.Choice(term, then, expression(0));
        }
        return term;
    }

    private Term unary() throws ExpressionException {
        Token token = cursor.peek();
        if (token.is("!") || token.isWord("not")) {
            cursor.next();
            return new Term.Unary("!", expression(NOT));
        }
        if (token.is("-") || token.is("+")) {
            cursor.next();
            return new Term.Unary(token.text(), expression(SIGN));
        }
        return new AtomParser(cursor, this::sequence, () -> expression(0)).atom();
    }

    /** The value of a number as written. */
    static Object number(String written) throws ExpressionException {
        String text = written.replace("_", "");
        try {
            if (text.matches("0[xX].*")) {
                return whole(new BigInteger(text.substring(2), 16));
            }
            if (text.matches("0[bB].*")) {
                return whole(new BigInteger(text.substring(2), 2));
            }
            if (text.matches("0[oO].*")) {
                return whole(new BigInteger(text.substring(2), 8));
            }
            return text.matches("[0-9]+") ? whole(new BigInteger(text)) : (Object) Double.valueOf(text);
        } catch (NumberFormatException e) {
            throw new ExpressionException("'" + written + "' is no number");
        }
    }

    private static Object whole(BigInteger number) throws ExpressionException {
        if (number.bitLength() >= Long.SIZE) {
            throw new ExpressionException("'" + number + "' is larger than a number can be");
        }
        return number.longValueExact();
    }

    /** Terms with a separator between them up to an end, which is then behind. */
    static List<Term> list(Cursor cursor, String end, Part element) throws ExpressionException {
        List<Term> terms = new ArrayList<>();
        while (!cursor.peek().is(end)) {
            terms.add(element.read());
            if (!cursor.take(",")) {
                break;
            }
        }
        cursor.expect(end);
        return terms;
    }

    /** Something that reads one term. */
    @FunctionalInterface
    interface Part {

        Term read() throws ExpressionException;
    }
}
