package dev.plumbline.registry.argo.expr;

import dev.plumbline.registry.argo.ArgoSyntaxException;
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

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    Lexer(String text) {
        this.text = text;
    }

    List<Token> tokens() throws ArgoSyntaxException {
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

    private void symbol(char c) throws ArgoSyntaxException {
        for (String symbol : SYMBOLS) {
            if (text.startsWith(symbol, at)) {
                add(Token.Kind.SYMBOL, symbol);
                return;
            }
        }
        throw new ArgoSyntaxException("unexpected '" + c + "' at character " + (at + 1));
    }

    private void string(char quote) throws ArgoSyntaxException {
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
                i++;
                c = text.charAt(i);
            } else if (c == '\n' && quote != '`') {
                break;
            }
            content.append(c);
        }
        throw new ArgoSyntaxException("the text that begins at character " + (start + 1) + " has no end");
    }

    private boolean skipBlank() throws ArgoSyntaxException {
        while (at < text.length()) {
            if (Character.isWhitespace(text.charAt(at))) {
                at++;
            } else if (text.startsWith("//", at)) {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else if (text.startsWith("/*", at)) {
                int end = text.indexOf("*/", at + 2);
                if (end < 0) {
                    throw new ArgoSyntaxException("the comment that begins at character " + (at + 1) + " has no end");
                }
                at = end + 2;
            } else {
                return true;
            }
        }
        return false;
    }
}
