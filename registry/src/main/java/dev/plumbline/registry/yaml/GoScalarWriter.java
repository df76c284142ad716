package dev.plumbline.registry.yaml;

import java.util.Locale;
import java.util.Map;

/** Writes texts in the styles of go-yaml v2 and counts columns, because it folds long lines. */
final class GoScalarWriter {

    /** A space behind this column may become a line break. */
    private static final int WIDTH = 80;

    private static final int ONE_BYTE = 0xff;
    private static final int TWO_BYTES = 0xffff;

    private static final Map<Integer, Character> ESCAPES = Map.ofEntries(
            Map.entry(0x00, '0'),
            Map.entry(0x07, 'a'),
            Map.entry(0x08, 'b'),
            Map.entry(0x09, 't'),
            Map.entry(0x0a, 'n'),
            Map.entry(0x0b, 'v'),
            Map.entry(0x0c, 'f'),
            Map.entry(0x0d, 'r'),
            Map.entry(0x1b, 'e'),
            Map.entry(0x22, '"'),
            Map.entry(0x5c, '\\'),
            Map.entry(0x85, 'N'),
            Map.entry(0xa0, '_'),
            Map.entry(0x2028, 'L'),
            Map.entry(0x2029, 'P'));

    private final StringBuilder out;
    private int column;

    GoScalarWriter(StringBuilder out) {
        this.out = out;
    }

    /** A text without line breaks. */
    void put(String text) {
        out.append(text);
        column += text.codePointCount(0, text.length());
    }

    /** Ends the line unless a literal block has done so. */
    void endLine() {
        if (column > 0) {
            out.append('\n');
            column = 0;
        }
    }

    /** Goes to an indent on a new line. */
    void line(int indent) {
        endLine();
        out.repeat(" ", indent);
        column = indent;
    }

    /** A text in the style that go-yaml chooses for it; {@code folds} where it may go over several lines. */
    void text(String text, int indent, boolean folds) {
        GoScalar can = GoScalar.of(text);
        if (text.indexOf('\n') >= 0) {
            if (can.block() && folds) {
                literal(text, indent);
            } else {
                doubleQuoted(text, indent, folds);
            }
        } else if (GoScalar.hasAnotherMeaning(text)) {
            doubleQuoted(text, indent, folds);
        } else if (can.plain()) {
            words(text, indent, folds, false);
        } else if (can.single() && (folds || !can.multiline())) {
            put("'");
            words(text, indent, folds, true);
            put("'");
        } else {
            doubleQuoted(text, indent, folds);
        }
    }

    /** Plain text, or what stands between single quotes. */
    private void words(String text, int indent, boolean folds, boolean quoted) {
        boolean afterSpace = false;
        boolean afterBreak = false;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            int next = i + Character.charCount(c);
            boolean inside = !quoted || (i > 0 && next < text.length());
            boolean spaceBehind = next < text.length() && text.charAt(next) == ' ';
            if (c == ' ' && folds && !afterSpace && column > WIDTH && inside && !spaceBehind) {
                line(indent);
            } else if (GoScalar.isBreak(c)) {
                out.appendCodePoint(c);
                column = 0;
            } else {
                if (afterBreak) {
                    out.repeat(" ", indent);
                    column = indent;
                }
                if (c == '\'' && quoted) {
                    character('\'');
                }
                character(c);
            }
            afterSpace = c == ' ';
            afterBreak = GoScalar.isBreak(c);
            i = next;
        }
    }

    /** A text in double quotes, on one line. */
    static String doubleQuoted(String text) {
        StringBuilder out = new StringBuilder();
        new GoScalarWriter(out).doubleQuoted(text, 0, false);
        return out.toString();
    }

    private void doubleQuoted(String text, int indent, boolean folds) {
        // go-yaml asks for a byte order mark at the beginning only, and then takes every character for one.
        boolean escapeAll = text.startsWith("\ufeff");
        put("\"");
        boolean afterSpace = false;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            int next = i + Character.charCount(c);
            if (escapeAll || !GoScalar.isPrintable(c) || GoScalar.isBreak(c) || c == '"' || c == '\\') {
                escape(c);
                afterSpace = false;
            } else {
                if (c == ' ' && folds && !afterSpace && column > WIDTH && i > 0 && next < text.length()) {
                    line(indent);
                    if (text.charAt(next) == ' ') {
                        put("\\");
                    }
                } else {
                    character(c);
                }
                afterSpace = c == ' ';
            }
            i = next;
        }
        put("\"");
    }

    private void escape(int c) {
        Character known = ESCAPES.get(c);
        if (known != null) {
            put("\\" + known);
        } else if (c <= ONE_BYTE) {
            put(String.format(Locale.ROOT, "\\x%02X", c));
        } else {
            put(String.format(Locale.ROOT, c <= TWO_BYTES ? "\\u%04X" : "\\U%08X", c));
        }
    }

    private void literal(String text, int indent) {
        int last = text.length() - 1;
        boolean ends = GoScalar.isBreak(text.charAt(last));
        boolean keeps = ends && (last == 0 || GoScalar.isBreak(text.charAt(last - 1)));
        char first = text.charAt(0);
        put("|" + (first == ' ' || GoScalar.isBreak(first) ? "2" : "") + (keeps ? "+" : ends ? "" : "-"));
        out.append('\n');
        column = 0;
        boolean atStart = true;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            if (GoScalar.isBreak(c)) {
                out.appendCodePoint(c);
                column = 0;
            } else {
                if (atStart) {
                    out.repeat(" ", indent);
                    column = indent;
                }
                character(c);
            }
            atStart = GoScalar.isBreak(c);
            i += Character.charCount(c);
        }
    }

    private void character(int c) {
        out.appendCodePoint(c);
        column++;
    }
}
