package dev.plumbline.registry.argo.expr;

import java.util.List;
import java.util.Set;

/** Where the reading of an expression stands. */
final class Cursor {

    private static final Set<String> OPERATORS =
            Set.of("|", "||", "&&", "==", "!=", "<", ">", "<=", ">=", "..", "+", "-", "*", "/", "%", "**", "^", "??");
    private static final Set<String> WORD_OPERATORS =
            Set.of("or", "and", "in", "matches", "contains", "startsWith", "endsWith");

    private final List<Token> tokens;
    private int at;

    Cursor(List<Token> tokens) {
        this.tokens = tokens;
    }

    Token peek() {
        return tokens.get(at);
    }

    /** A word further on; the end when there are not so many. */
    Token ahead(int words) {
        return tokens.get(Math.min(at + words, tokens.size() - 1));
    }

    /** The word at hand, which is then behind; the end is never behind. */
    Token next() {
        Token token = tokens.get(at);
        if (token.kind() != Token.Kind.END) {
            at++;
        }
        return token;
    }

    /** Undoes one {@link #next}. */
    void back() {
        at--;
    }

    /** Whether an operator of two sides comes next; a {@code not} before it is then behind. */
    boolean isOperator() {
        if (peek().isWord("not")) {
            next();
            return WORD_OPERATORS.contains(peek().text());
        }
        Token token = peek();
        return (token.kind() == Token.Kind.SYMBOL && OPERATORS.contains(token.text()))
                || (token.kind() == Token.Kind.NAME && WORD_OPERATORS.contains(token.text()));
    }

    /** Whether a word further on is an operator of two sides. */
    boolean isOperatorAhead(int words) {
        Token token = ahead(words);
        return (token.kind() == Token.Kind.SYMBOL && OPERATORS.contains(token.text()))
                || (token.kind() == Token.Kind.NAME && WORD_OPERATORS.contains(token.text()));
    }

    boolean take(String symbol) {
        boolean here = peek().is(symbol);
        if (here) {
            at++;
        }
        return here;
    }

    void expect(String symbol) throws ExpressionException {
        if (!take(symbol)) {
            throw peek().kind() == Token.Kind.END
                    ? new ExpressionException("'" + symbol + "' is missing at the end")
                    : new ExpressionException("expected '" + symbol + "' instead of '" + peek().text()
                            + "' at character " + (peek().at() + 1));
        }
    }

    String word() throws ExpressionException {
        if (peek().kind() != Token.Kind.NAME) {
            throw unexpected();
        }
        return next().text();
    }

    ExpressionException unexpected() {
        return peek().kind() == Token.Kind.END
                ? new ExpressionException("the expression ends too early")
                : new ExpressionException("unexpected '" + peek().text() + "' at character " + (peek().at() + 1));
    }
}
