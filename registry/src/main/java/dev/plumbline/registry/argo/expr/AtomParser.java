package dev.plumbline.registry.argo.expr;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads what operators stand between: literals, names, calls, and their members. */
final class AtomParser {

    private final Cursor cursor;
    private final TermParser.Part sequence;
    private final TermParser.Part expression;

    AtomParser(Cursor cursor, TermParser.Part sequence, TermParser.Part expression) {
        this.cursor = cursor;
        this.sequence = sequence;
        this.expression = expression;
    }

    Term atom() throws ExpressionException {
        Token token = cursor.next();
        return members(
                switch (token.kind()) {
                    case NUMBER -> new Term.Literal(TermParser.number(token.text()));
                    case STRING -> new Term.Literal(token.text());
                    case NAME -> name(token.text());
                    case SYMBOL -> symbol(token);
                    case END -> throw cursor.unexpected();
                });
    }

    /** A call whose first argument stands left of {@code |}. */
    Term piped(Term first) throws ExpressionException {
        String function = function(cursor.word());
        cursor.expect("(");
        List<Term> arguments = new ArrayList<>(List.of(first));
        arguments.addAll(arguments());
        return members(new Term.Call(function, arguments));
    }

    private Term name(String name) throws ExpressionException {
        return switch (name) {
            case "true", "false" -> new Term.Literal(name.equals("true"));
            case "nil" -> new Term.Literal(null);
            default -> called(name);
        };
    }

    /** A variable, or a call of a function, which may have a dot in its name. */
    private Term called(String name) throws ExpressionException {
        boolean dotted = cursor.peek().is(".")
                && cursor.ahead(1).kind() == Token.Kind.NAME
                && cursor.ahead(2).is("(");
        if (!cursor.peek().is("(") && !(dotted && name.equals(Functions.LIBRARY))) {
            return new Term.Name(name);
        }
        String function = function(name);
        cursor.expect("(");
        return new Term.Call(function, arguments());
    }

    private String function(String name) throws ExpressionException {
        return cursor.take(".") ? name + "." + cursor.word() : name;
    }

    private List<Term> arguments() throws ExpressionException {
        return TermParser.list(cursor, ")", () -> {
            if (!cursor.peek().is("{") || isMap()) {
                return expression.read();
            }
            cursor.next();
            Term body = sequence.read();
            cursor.expect("}");
            return body;
        });
    }

    /** Whether a brace begins a map: what follows is a key and a colon, or nothing at all. */
    private boolean isMap() {
        return cursor.ahead(1).is("}")
                || (cursor.ahead(2).is(":") && cursor.ahead(1).kind() != Token.Kind.SYMBOL);
    }

    private Term symbol(Token token) throws ExpressionException {
        return switch (token.text()) {
            case "(" -> {
                Term term = sequence.read();
                cursor.expect(")");
                yield term;
            }
            case "[" -> new Term.Items(TermParser.list(cursor, "]", expression));
            case "{" -> map();
            case "#" -> {
                boolean named =
                        cursor.peek().kind() == Token.Kind.NAME && cursor.peek().at() == token.at() + 1;
                yield new Term.Element(named ? cursor.word() : "");
            }
            case "." -> new Term.Member(new Term.Element(""), new Term.Literal(cursor.word()), false);
            default -> {
                cursor.back();
                throw cursor.unexpected();
            }
        };
    }

    private Term map() throws ExpressionException {
        List<Map.Entry<Term, Term>> entries = new ArrayList<>();
        while (!cursor.peek().is("}")) {
            Token key = cursor.next();
            Term name = new Term.Literal(key.text());
            if (key.is("(")) {
                name = expression.read();
                cursor.expect(")");
            } else if (key.kind() == Token.Kind.SYMBOL || key.kind() == Token.Kind.END) {
                throw new ExpressionException("a map has no key at character " + (key.at() + 1));
            }
            cursor.expect(":");
            entries.add(Map.entry(name, expression.read()));
            if (!cursor.take(",")) {
                break;
            }
        }
        cursor.expect("}");
        return new Term.Entries(entries);
    }

    private Term members(Term start) throws ExpressionException {
        Term term = start;
        while (true) {
            boolean optional = cursor.peek().is("?.");
            if (optional || cursor.peek().is(".")) {
                cursor.next();
                if (cursor.peek().is("[")) {
                    cursor.next();
                    term = bracket(term, true);
                } else {
                    term = new Term.Member(term, new Term.Literal(cursor.word()), optional);
                }
            } else if (cursor.take("[")) {
                term = bracket(term, false);
            } else if (cursor.peek().is("(")) {
                throw new ExpressionException("methods are not called: unexpected '(' at character "
                        + (cursor.peek().at() + 1));
            } else {
                return term;
            }
        }
    }

    private Term bracket(Term of, boolean optional) throws ExpressionException {
        Term from = cursor.peek().is(":") ? null : expression.read();
        if (cursor.take(":")) {
            Term to = cursor.peek().is("]") ? null : expression.read();
            cursor.expect("]");
            return new Term.Slice(of, from, to);
        }
        cursor.expect("]");
        return new Term.Member(of, from == null ? new Term.Literal(null) : from, optional);
    }
}
