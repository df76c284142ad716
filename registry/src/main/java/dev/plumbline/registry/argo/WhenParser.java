package dev.plumbline.registry.argo;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Recursive descent over {@code when}: {@code ||} below {@code &&} below comparisons below {@code !} below values. */
final class WhenParser {

    /** Deepest nesting of parentheses and negations that is read. */
    static final int MAX_DEPTH = 100;

    private static final List<String> COMPARISONS = List.of("==", "!=", "<=", ">=", "=~", "!~", "<", ">");

    private final String text;
    private int at;
    private int depth;

    WhenParser(String text) {
        this.text = text;
    }

    When parse() throws ArgoSyntaxException {
        When condition = or();
        if (at < text.length()) {
            throw unexpected();
        }
        return condition;
    }

    private When or() throws ArgoSyntaxException {
        When left = and();
        while (take("||")) {
            left = new When.Or(left, and());
        }
        return left;
    }

    private When and() throws ArgoSyntaxException {
        When left = comparison();
        while (take("&&")) {
            left = new When.And(left, comparison());
        }
        return left;
    }

    private When comparison() throws ArgoSyntaxException {
        When left = unary();
        while (true) {
            String operator = operator();
            if (operator != null) {
                left = new When.Comparison(operator, left, unary());
            } else if (takeWord("in")) {
                left = new When.In(left, options());
            } else {
                return left;
            }
        }
    }

    private @Nullable String operator() {
        for (String operator : COMPARISONS) {
            if (take(operator)) {
                return operator;
            }
        }
        return null;
    }

    private List<When> options() throws ArgoSyntaxException {
        if (!take("(")) {
            throw wrong("'in' takes a list in parentheses");
        }
        List<When> options = new ArrayList<>(List.of(or()));
        while (take(",")) {
            options.add(or());
        }
        if (!take(")")) {
            throw wrong("missing ')'");
        }
        return options;
    }

    private When unary() throws ArgoSyntaxException {
        if (++depth > MAX_DEPTH) {
            throw wrong("nested deeper than " + MAX_DEPTH);
        }
        When term;
        if (take("!")) {
            term = new When.Not(unary());
        } else if (take("(")) {
            term = or();
            if (!take(")")) {
                throw wrong("missing ')'");
            }
        } else {
            term = new When.Literal(literal());
        }
        depth--;
        blank();
        return term;
    }

    private Object literal() throws ArgoSyntaxException {
        blank();
        if (at >= text.length()) {
            throw wrong("a value is missing at the end");
        }
        char first = text.charAt(at);
        if (first == '\'' || first == '"') {
            return quoted(first);
        }
        if (text.startsWith("{{", at)) {
            return tag();
        }
        if (isDigit(first) || (first == '-' && at + 1 < text.length() && isDigit(text.charAt(at + 1)))) {
            return number();
        }
        if (!isWord(first)) {
            throw unexpected();
        }
        String word = word();
        return switch (word) {
            case "true" -> true;
            case "false" -> false;
            default -> word;
        };
    }

    private String quoted(char quote) throws ArgoSyntaxException {
        StringBuilder value = new StringBuilder();
        for (int i = at + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == quote) {
                at = i + 1;
                return value.toString();
            }
            if (c == '\\' && i + 1 < text.length()) {
                i++;
                c = text.charAt(i);
            }
            value.append(c);
        }
        throw wrong("a quote is not closed");
    }

    private String tag() throws ArgoSyntaxException {
        int end = text.indexOf("}}", at);
        if (end < 0) {
            throw wrong("'{{' is not closed");
        }
        String tag = text.substring(at, end + 2);
        at = end + 2;
        return tag;
    }

    private Double number() throws ArgoSyntaxException {
        int start = at;
        at++;
        while (at < text.length() && (isDigit(text.charAt(at)) || text.charAt(at) == '.')) {
            at++;
        }
        String digits = text.substring(start, at);
        if (at < text.length() && isWord(text.charAt(at))) {
            throw wrong("'" + digits + text.charAt(at) + "…' is neither a number nor a word; put it in quotes");
        }
        try {
            return Double.valueOf(digits);
        } catch (NumberFormatException e) {
            throw wrong("'" + digits + "' is not a number; put it in quotes");
        }
    }

    private String word() {
        int start = at;
        while (at < text.length() && isWord(text.charAt(at))) {
            at++;
        }
        return text.substring(start, at);
    }

    private boolean take(String symbol) {
        blank();
        // "!" alone is a negation; before "=" or "~" it begins a comparison.
        boolean here = text.startsWith(symbol, at)
                && !(symbol.equals("!") && (text.startsWith("!=", at) || text.startsWith("!~", at)));
        if (here) {
            at += symbol.length();
        }
        return here;
    }

    private boolean takeWord(String word) {
        blank();
        int end = at + word.length();
        boolean here = text.startsWith(word, at) && (end >= text.length() || !isWord(text.charAt(end)));
        if (here) {
            at = end;
        }
        return here;
    }

    private void blank() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }

    static String show(Object value) {
        return value instanceof Double number ? String.valueOf(ArgoText.of(number)) : value.toString();
    }

    private ArgoSyntaxException unexpected() {
        return wrong("unexpected '" + text.charAt(at) + "'; put words with other signs in quotes");
    }

    private ArgoSyntaxException wrong(String what) {
        return new ArgoSyntaxException("when '" + text + "': " + what);
    }
}
