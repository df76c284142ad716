package dev.plumbline.controller.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Columns of text, as kubectl prints them: upper-case heads, three spaces between, nothing behind the last. */
final class Table {

    /** Control characters, separators of lines, and those that turn the direction of writing (UAX 9). */
    private static final Pattern UNPRINTABLE =
            Pattern.compile("[\\p{Cntrl}\\x80-\\x9f\\u2028\\u2029\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]");

    private final List<String[]> rows = new ArrayList<>();

    Table(String... heads) {
        String[] upper = new String[heads.length];
        for (int i = 0; i < heads.length; i++) {
            upper[i] = heads[i].toUpperCase(Locale.ROOT);
        }
        rows.add(upper);
    }

    void row(String... cells) {
        String[] printable = new String[cells.length];
        for (int i = 0; i < cells.length; i++) {
            printable[i] = printable(cells[i]);
        }
        rows.add(printable);
    }

    /** Text from Git without what a terminal would obey, and without what shows text in another order than it has. */
    static String printable(String text) {
        return UNPRINTABLE.matcher(text).replaceAll("�");
    }

    @Override
    public String toString() {
        int columns = rows.getFirst().length;
        int[] widths = new int[columns];
        for (String[] row : rows) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], row[i].length());
            }
        }
        StringBuilder out = new StringBuilder();
        for (String[] row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < columns; i++) {
                line.append(row[i]).repeat(" ", widths[i] - row[i].length() + 3);
            }
            out.append(line.toString().stripTrailing()).append('\n');
        }
        return out.toString().stripTrailing();
    }
}
