package dev.plumbline.registry.argo.expr;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts an expression into words. */
final class Lexer {

    private static final Pattern NUMBER = Pattern.compile(
            "0[xX][0-9a-fA-F_]+|0[bB][01_]+|0[oO][0-7_]+|[0-9][0-9_]*(\\.(?!\\.)[0-9_]*)?([eE][+-]?[0-9]+)?|\\.[0-9][0-9_]*([eE][+-]?[0-9]+)?");
    private static final Pattern NAME = Pattern.compile("[\\p{L}_$][\\p{L}\\p{N}_$]*");
    private static final List<String> SYMBOLS = List.of(
            "**", "..", "?.", "??", "==", "!=", "<=", ">=", "&&", "||", "(", ")", "[", "]", "{", "}", ",", ";", ":",
            "?", ".", "+", "-", "*", "/", "%", "^", "<", ">", "!", "|", "#", "=");

    private static final String ESCAPES = "nrtbfav";
    private static final String ESCAPED = "\n\r\t\b\f\u0007\u000b";

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    Lexer(String text) {
        this.text = text;
    }

    List<Token> tokens() throws ExpressionException {
        Matcher number = NUMBER.matcher(text);
        Matcher name = NAME.matcher(text);
        while (skipBlank()) {
            char c = text.charAt(at);
            if (c == '"' || c == '\'' || c == '`') {
                string(c);
            } else if (number.region(at, text.length()).lookingAt() && !isMember()) {
                add(Token.Kind.NUMBER, number.group());
            } else if (name.region(at, text.length()).lookingAt()) {
                add(Token.Kind.NAME, name.group());
            } else {
                symbol(c);
            }
        }
        tokens.add(new Token(Token.Kind.END, "", text.length()));
        return tokens;
    }

    /** After a name or a bracket a dot begins a member, not a number. */
    private boolean isMember() {
        return text.charAt(at) == '.' && !tokens.isEmpty() && tokens.getLast().kind() != Token.Kind.SYMBOL;
    }

    private void add(Token.Kind kind, String word) {
        tokens.add(new Token(kind, word, at));
        at += word.length();
    }

    private void symbol(char c) throws ExpressionException {
        for (String symbol : SYMBOLS) {
            if (text.startsWith(symbol, at)) {
                add(Token.Kind.SYMBOL, symbol);
                return;
            }
        }
        throw new ExpressionException("unexpected '" + c + "' at character " + (at + 1));
    }

    private void string(char quote) throws ExpressionException {
        StringBuilder content = new StringBuilder();
        int start = at;
        for (int i = at + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == quote) {
                tokens.add(new Token(Token.Kind.STRING, content.toString(), start));
                at = i + 1;
                return;
            }
            if (c == '\\' && quote != '`' && i + 1 < text.length()) {
                i += escape(i + 1, content);
                continue;
            } else if (c == '\n' && quote != '`') {
                break;
            }
            content.append(c);
        }
        throw new ExpressionException("the text that begins at character " + (start + 1) + " has no end");
    }

    /** Appends the character that an escape means; how many characters are read of it. */
    private int escape(int from, StringBuilder content) throws ExpressionException {
        char c = text.charAt(from);
        int named = ESCAPES.indexOf(c);
        int digits = c == 'u' ? 4 : c == 'x' ? 2 : 0;
        if (digits == 0) {
            content.append(named < 0 ? c : ESCAPED.charAt(named));
            return 1;
        }
        if (from + digits >= text.length()) {
            throw new ExpressionException("the escape at character " + (from + 1) + " has no end");
        }
        try {
            content.append((char) Integer.parseInt(text.substring(from + 1, from + 1 + digits), 16));
        } catch (NumberFormatException e) {
            throw new ExpressionException("the escape at character " + (from + 1) + " is no number of a character");
        }
        return 1 + digits;
    }

    private boolean skipBlank() throws ExpressionException {
        while (at < text.length()) {
            if (Character.isWhitespace(text.charAt(at))) {
                at++;
            } else if (text.startsWith("//", at)) {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else if (text.startsWith("/*", at)) {
                int end = text.indexOf("*/", at + 2);
                if (end < 0) {
                    throw new ExpressionException("the comment that begins at character " + (at + 1) + " has no end");
                }
                at = end + 2;
            } else {
                return true;
            }
        }
        return false;
    }
}
