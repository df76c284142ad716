package dev.plumbline.registry.argo.expr;

/**
 * One word of an expression.
 *
 * @param kind what it is
 * @param text as written; of text its content
 * @param at index of its first character
 */
record Token(Kind kind, String text, int at) {

    /** Kinds of words. */
    enum Kind {
        NUMBER,
        STRING,
        NAME,
        SYMBOL,
        END
    }

    boolean is(String symbol) {
        return kind == Kind.SYMBOL && text.equals(symbol);
    }

    boolean isWord(String word) {
        return kind == Kind.NAME && text.equals(word);
    }
}
