package dev.plumbline.registry.argo.expr;

import java.util.List;

/**
 * What an expression uses.
 *
 * @param names the variables that it reads, each with the members that follow it as far as they are written out
 * @param functions the functions that it calls, such as {@code asInt} or {@code sprig.trim}
 */
public record Expression(List<Name> names, List<Name> functions) {

    /** Longest expression that is read. */
    public static final int MAX_LENGTH = 64 * 1024;

    /**
     * A name in an expression.
     *
     * @param path the name and its members, such as {@code inputs}, {@code parameters}, {@code x}
     * @param at index of its first character
     * @param guarded whether a missing value is provided for, by {@code ??} or {@code ?.}
     */
    public record Name(List<String> path, int at, boolean guarded) {

        /** The path as it is written with dots. */
        public String dotted() {
            return String.join(".", path);
        }
    }

    /**
     * Reads an expression.
     *
     * @throws ExpressionException when it is none; the message says what is wrong where
     */
    public static Expression parse(String text) throws ExpressionException {
        if (text.length() > MAX_LENGTH) {
            throw new ExpressionException("the expression is longer than " + MAX_LENGTH + " characters");
        }
        return new Parser(new Lexer(text).tokens()).parse();
    }
}
