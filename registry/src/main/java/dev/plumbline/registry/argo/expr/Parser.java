package dev.plumbline.registry.argo.expr;

import dev.plumbline.registry.argo.ArgoSyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Recursive descent. How strongly operators bind is of no matter here: only names are kept. */
final class Parser {

    /** Deepest nesting that is read. */
    static final int MAX_DEPTH = 100;

    private static final Set<String> OPERATORS = Set.of(
            "|", "||", "&&", "==", "!=", "<", ">", "<=", ">=", "..", "+", "-", "*", "/", "%", "**", "^", "??");
    private static final Set<String> WORD_OPERATORS =
            Set.of("or", "and", "in", "matches", "contains", "startsWith", "endsWith");
    private static final Set<String> LITERALS = Set.of("true", "false", "nil");

    /** Functions that read an element at a time: there {@code #} and members of it may stand alone. */
    private static final Set<String> WITH_ELEMENTS = Set.of(
            "all", "none", "any", "one", "filter", "map", "count", "sum", "find", "findIndex", "findLast", "findLastIndex",
            "groupBy", "sortBy", "reduce");

    private final List<Token> tokens;
    private final List<Expression.Name> names = new ArrayList<>();
    private final List<Expression.Name> functions = new ArrayList<>();
    private final List<String> variables = new ArrayList<>();
    private int at;
    private int depth;
    private int elements;

    Parser(List<Token> tokens) {
        this.tokens = tokens;
    }

    Expression parse() throws ArgoSyntaxException {
        sequence();
        if (peek().kind() != Token.Kind.END) {
            throw unexpected();
        }
        return new Expression(List.copyOf(names), List.copyOf(functions));
    }

    private Token peek() {
        return tokens.get(at);
    }

    private Token next() {
        Token token = tokens.get(at);
        if (token.kind() != Token.Kind.END) {
            at++;
        }
        return token;
    }

    private boolean take(String symbol) {
        boolean here = peek().is(symbol);
        if (here) {
            at++;
        }
        return here;
    }

    private void expect(String symbol) throws ArgoSyntaxException {
        if (!take(symbol)) {
            throw peek().kind() == Token.Kind.END
                    ? new ArgoSyntaxException("'" + symbol + "' is missing at the end")
                    : new ArgoSyntaxException("expected '" + symbol + "' instead of '" + peek().text() + "' at character "
                            + (peek().at() + 1));
        }
    }

    private ArgoSyntaxException unexpected() {
        return peek().kind() == Token.Kind.END
                ? new ArgoSyntaxException("the expression ends too early")
                : new ArgoSyntaxException(
                        "unexpected '" + peek().text() + "' at character " + (peek().at() + 1));
    }

    private void sequence() throws ArgoSyntaxException {
        int known = variables.size();
        do {
            if (peek().isWord("let")) {
                next();
                String variable = word();
                expect("=");
                expression();
                variables.add(variable);
                expect(";");
                sequence();
                break;
            }
            expression();
        } while (take(";") && peek().kind() != Token.Kind.END);
        while (variables.size() > known) {
            variables.removeLast();
        }
    }

    private String word() throws ArgoSyntaxException {
        if (peek().kind() != Token.Kind.NAME) {
            throw unexpected();
        }
        return next().text();
    }

    private void expression() throws ArgoSyntaxException {
        if (++depth > MAX_DEPTH) {
            throw new ArgoSyntaxException("nested deeper than " + MAX_DEPTH);
        }
        int firstName = names.size();
        unary();
        while (true) {
            if (peek().is("??")) {
                guard(firstName);
            }
            if (isOperator()) {
                next();
                firstName = names.size();
                unary();
            } else if (take("?")) {
                if (!peek().is(":")) {
                    expression();
                }
                expect(":");
                expression();
            } else {
                break;
            }
        }
        depth--;
    }

    private boolean isOperator() {
        Token token = peek();
        if (token.isWord("not")) {
            next();
            return WORD_OPERATORS.contains(peek().text());
        }
        return token.kind() == Token.Kind.SYMBOL && OPERATORS.contains(token.text())
                || token.kind() == Token.Kind.NAME && WORD_OPERATORS.contains(token.text());
    }

    /** What stands left of {@code ??} may be missing. */
    private void guard(int from) {
        for (int i = from; i < names.size(); i++) {
            Expression.Name name = names.get(i);
            names.set(i, new Expression.Name(name.path(), name.at(), true));
        }
    }

    private void unary() throws ArgoSyntaxException {
        while (peek().is("!") || peek().is("-") || peek().is("+") || peek().isWord("not")) {
            next();
        }
        Token token = next();
        switch (token.kind()) {
            case NUMBER, STRING -> postfix();
            case NAME -> name(token);
            case SYMBOL -> symbol(token);
            case END -> throw unexpected();
        }
    }

    private void symbol(Token token) throws ArgoSyntaxException {
        switch (token.text()) {
            case "(" -> {
                sequence();
                expect(")");
            }
            case "[" -> list("]");
            case "{" -> map();
            case "#" -> {
                inElements(token);
                if (peek().kind() == Token.Kind.NAME && peek().at() == token.at() + 1) {
                    next();
                }
            }
            case "." -> {
                inElements(token);
                word();
            }
            default -> {
                at--;
                throw unexpected();
            }
        }
        postfix();
    }

    private void inElements(Token token) throws ArgoSyntaxException {
        if (elements == 0) {
            throw new ArgoSyntaxException("unexpected '" + token.text() + "' at character " + (token.at() + 1)
                    + ", outside a function of elements such as filter");
        }
    }

    private void name(Token token) throws ArgoSyntaxException {
        if (token.text().equals("if")) {
            branch();
            return;
        }
        if (LITERALS.contains(token.text())) {
            postfix();
            return;
        }
        List<String> path = new ArrayList<>(List.of(token.text()));
        boolean guarded = members(path);
        if (peek().is("(")) {
            functions.add(new Expression.Name(List.copyOf(path), token.at(), false));
            next();
            arguments(path.size() == 1 && WITH_ELEMENTS.contains(token.text()));
        } else if (!variables.contains(token.text()) && !token.text().equals("$env")) {
            names.add(new Expression.Name(List.copyOf(path), token.at(), guarded));
        }
        postfix();
    }

    /** Members that are written out, by a dot or by text in brackets; true when one of them may be missing. */
    private boolean members(List<String> path) {
        boolean guarded = false;
        while (true) {
            boolean optional = peek().is("?.");
            if ((peek().is(".") || optional) && tokens.get(at + 1).kind() == Token.Kind.NAME) {
                next();
                path.add(next().text());
            } else if (peek().is("[")
                    && tokens.get(at + 1).kind() == Token.Kind.STRING
                    && tokens.get(at + 2).is("]")) {
                next();
                path.add(next().text());
                next();
            } else {
                return guarded;
            }
            guarded |= optional;
        }
    }

    private void branch() throws ArgoSyntaxException {
        expression();
        block();
        if (!peek().isWord("else")) {
            throw unexpected();
        }
        next();
        if (peek().isWord("if")) {
            next();
            if (++depth > MAX_DEPTH) {
                throw new ArgoSyntaxException("nested deeper than " + MAX_DEPTH);
            }
            branch();
            depth--;
        } else {
            block();
        }
    }

    private void block() throws ArgoSyntaxException {
        expect("{");
        sequence();
        expect("}");
    }

    private void postfix() throws ArgoSyntaxException {
        while (true) {
            if (take(".") || take("?.")) {
                if (peek().is("[")) {
                    continue;
                }
                word();
            } else if (take("[")) {
                if (!peek().is(":")) {
                    expression();
                }
                if (take(":") && !peek().is("]")) {
                    expression();
                }
                expect("]");
            } else if (take("(")) {
                arguments(false);
            } else {
                return;
            }
        }
    }

    private void arguments(boolean ofElements) throws ArgoSyntaxException {
        elements += ofElements ? 1 : 0;
        while (!peek().is(")")) {
            if (ofElements && peek().is("{")) {
                block();
            } else {
                expression();
            }
            if (!take(",")) {
                break;
            }
        }
        expect(")");
        elements -= ofElements ? 1 : 0;
    }

    private void list(String end) throws ArgoSyntaxException {
        while (!peek().is(end)) {
            expression();
            if (!take(",")) {
                break;
            }
        }
        expect(end);
    }

    private void map() throws ArgoSyntaxException {
        while (!peek().is("}")) {
            Token key = next();
            if (key.is("(")) {
                expression();
                expect(")");
            } else if (key.kind() == Token.Kind.SYMBOL || key.kind() == Token.Kind.END) {
                at -= key.kind() == Token.Kind.END ? 0 : 1;
                throw unexpected();
            }
            expect(":");
            expression();
            if (!take(",")) {
                break;
            }
        }
        expect("}");
    }
}
