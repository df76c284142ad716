package dev.plumbline.registry.argo.expr;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Recursive descent. How strongly operators bind is of no matter here: only names are kept. */
final class Parser {

    /** Deepest nesting that is read. */
    static final int MAX_DEPTH = 100;

    private static final Set<String> LITERALS = Set.of("true", "false", "nil");

    private final Cursor cursor;
    private final List<Expression.Name> names = new ArrayList<>();
    private final List<Expression.Name> functions = new ArrayList<>();
    private final List<String> variables = new ArrayList<>();
    private int depth;
    private int elements;

    Parser(List<Token> tokens) {
        this.cursor = new Cursor(tokens);
    }

    Expression parse() throws ExpressionException {
        sequence();
        if (cursor.peek().kind() != Token.Kind.END) {
            throw cursor.unexpected();
        }
        return new Expression(List.copyOf(names), List.copyOf(functions));
    }

    private void sequence() throws ExpressionException {
        int known = variables.size();
        boolean more = true;
        while (more) {
            while (cursor.peek().isWord("let")) {
                cursor.next();
                String variable = cursor.word();
                cursor.expect("=");
                expression();
                variables.add(variable);
                cursor.expect(";");
            }
            expression();
            more = cursor.take(";") && cursor.peek().kind() != Token.Kind.END;
        }
        while (variables.size() > known) {
            variables.removeLast();
        }
    }

    private void expression() throws ExpressionException {
        if (++depth > MAX_DEPTH) {
            throw new ExpressionException("nested deeper than " + MAX_DEPTH);
        }
        int firstName = names.size();
        unary();
        while (true) {
            if (cursor.peek().is("??")) {
                guard(firstName);
            }
            if (cursor.isOperator()) {
                cursor.next();
                firstName = names.size();
                unary();
            } else if (cursor.take("?")) {
                if (!cursor.peek().is(":")) {
                    expression();
                }
                cursor.expect(":");
                expression();
            } else {
                break;
            }
        }
        depth--;
    }

    /** What stands left of {@code ??} may be missing. */
    private void guard(int from) {
        for (int i = from; i < names.size(); i++) {
            Expression.Name name = names.get(i);
            names.set(i, new Expression.Name(name.path(), name.at(), true));
        }
    }

    private void unary() throws ExpressionException {
        while (cursor.peek().is("!")
                || cursor.peek().is("-")
                || cursor.peek().is("+")
                || cursor.peek().isWord("not")) {
            cursor.next();
        }
        Token token = cursor.next();
        switch (token.kind()) {
            case NUMBER, STRING -> postfix();
            case NAME -> name(token);
            case SYMBOL -> symbol(token);
            case END -> throw cursor.unexpected();
        }
    }

    private void symbol(Token token) throws ExpressionException {
        switch (token.text()) {
            case "(" -> {
                sequence();
                cursor.expect(")");
            }
            case "[" -> list("]");
            case "{" -> map();
            case "#" -> {
                inElements(token);
                if (cursor.peek().kind() == Token.Kind.NAME && cursor.peek().at() == token.at() + 1) {
                    cursor.next();
                }
            }
            case "." -> {
                inElements(token);
                cursor.word();
            }
            default -> {
                cursor.back();
                throw cursor.unexpected();
            }
        }
        postfix();
    }

    private void inElements(Token token) throws ExpressionException {
        if (elements == 0) {
            throw new ExpressionException("unexpected '" + token.text() + "' at character " + (token.at() + 1)
                    + ", outside a function of elements such as filter");
        }
    }

    private void name(Token token) throws ExpressionException {
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
        if (cursor.peek().is("(")) {
            functions.add(new Expression.Name(List.copyOf(path), token.at(), false));
            cursor.next();
            // There # and members of an element may stand alone.
            arguments(path.size() == 1 && ElementFunctions.NAMES.contains(token.text()));
        } else if (!variables.contains(token.text()) && !token.text().equals("$env")) {
            names.add(new Expression.Name(List.copyOf(path), token.at(), guarded));
        }
        postfix();
    }

    /** Members that are written out, by a dot or by text in brackets; true when one of them may be missing. */
    private boolean members(List<String> path) {
        boolean guarded = false;
        while (true) {
            boolean optional = cursor.peek().is("?.");
            if ((cursor.peek().is(".") || optional) && cursor.ahead(1).kind() == Token.Kind.NAME) {
                cursor.next();
                path.add(cursor.next().text());
            } else if (cursor.peek().is("[")
                    && cursor.ahead(1).kind() == Token.Kind.STRING
                    && cursor.ahead(2).is("]")) {
                cursor.next();
                path.add(cursor.next().text());
                cursor.next();
            } else {
                return guarded;
            }
            guarded |= optional;
        }
    }

    private void branch() throws ExpressionException {
        expression();
        block();
        if (!cursor.peek().isWord("else")) {
            throw cursor.unexpected();
        }
        cursor.next();
        if (cursor.peek().isWord("if")) {
            cursor.next();
            if (++depth > MAX_DEPTH) {
                throw new ExpressionException("nested deeper than " + MAX_DEPTH);
            }
            branch();
            depth--;
        } else {
            block();
        }
    }

    private void block() throws ExpressionException {
        cursor.expect("{");
        sequence();
        cursor.expect("}");
    }

    private void postfix() throws ExpressionException {
        while (true) {
            if (cursor.take(".") || cursor.take("?.")) {
                if (cursor.peek().is("[")) {
                    continue;
                }
                cursor.word();
            } else if (cursor.take("[")) {
                if (!cursor.peek().is(":")) {
                    expression();
                }
                if (cursor.take(":") && !cursor.peek().is("]")) {
                    expression();
                }
                cursor.expect("]");
            } else if (cursor.take("(")) {
                arguments(false);
            } else {
                return;
            }
        }
    }

    private void arguments(boolean ofElements) throws ExpressionException {
        elements += ofElements ? 1 : 0;
        while (!cursor.peek().is(")")) {
            if (ofElements && cursor.peek().is("{")) {
                block();
            } else {
                expression();
            }
            if (!cursor.take(",")) {
                break;
            }
        }
        cursor.expect(")");
        elements -= ofElements ? 1 : 0;
    }

    private void list(String end) throws ExpressionException {
        while (!cursor.peek().is(end)) {
            expression();
            if (!cursor.take(",")) {
                break;
            }
        }
        cursor.expect(end);
    }

    private void map() throws ExpressionException {
        while (!cursor.peek().is("}")) {
            Token key = cursor.next();
            if (key.is("(")) {
                expression();
                cursor.expect(")");
            } else if (key.kind() == Token.Kind.SYMBOL || key.kind() == Token.Kind.END) {
                if (key.kind() != Token.Kind.END) {
                    cursor.back();
                }
                throw cursor.unexpected();
            }
            cursor.expect(":");
            expression();
            if (!cursor.take(",")) {
                break;
            }
        }
        cursor.expect("}");
    }
}
