package dev.plumbline.registry.yaml;

/**
 * What becomes of a folded block ({@code >}) that kustomize writes and reads again before it prints: its writer ends each line
 * with two breaks, of which its reader takes only one for its own where a more indented line follows, and writes one too few
 * where the text begins with a blank. A text that it cannot write as a block goes in double quotes and stays as it is.
 */
public final class FoldedText {

    private final StringBuilder read = new StringBuilder();
    private String leadingBreak = "";
    private boolean leadingBlank;

    private FoldedText() {}

    /** The text as kustomize prints it. */
    public static String again(String text) {
        if (text.indexOf('\n') < 0 || !isBlock(text)) {
            return text;
        }
        FoldedText again = new FoldedText();
        String written = written(text);
        int breaks = 0;
        for (int i = 0; i < written.length(); ) {
            int end = written.indexOf('\n', i);
            end = end < 0 ? written.length() : end;
            if (end == i) {
                breaks++;
            } else {
                again.line(written.substring(i, end), breaks, end < written.length());
                breaks = 0;
            }
            i = end + 1;
        }
        return again.end(text, breaks);
    }

    /** Whether kustomize writes a block of text as one again; a tab is nothing odd to it there. */
    static boolean isBlock(String text) {
        return GoScalar.of(text.replace('\t', '.')).block();
    }

    /** The lines that kustomize writes for it, behind the {@code >}. */
    static String written(String text) {
        boolean doubles = beginsWithWord(text);
        StringBuilder out = new StringBuilder();
        boolean atStart = true;
        boolean indented = true;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n') {
                out.append(!atStart && !indented && doubles ? "\n\n" : "\n");
                atStart = true;
            } else {
                indented = atStart ? isBlank(c) : indented;
                out.append(c);
                atStart = false;
            }
        }
        return out.toString();
    }

    private static boolean beginsWithWord(String text) {
        int first = 0;
        while (first < text.length() && text.charAt(first) == '\n') {
            first++;
        }
        return first < text.length() && !isBlank(text.charAt(first));
    }

    private void line(String line, int breaksBefore, boolean ends) {
        boolean blank = isBlank(line.charAt(0));
        if (leadingBlank || blank) {
            read.append(leadingBreak);
        } else if (!leadingBreak.isEmpty() && breaksBefore == 0) {
            read.append(' ');
        }
        read.repeat('\n', breaksBefore).append(line);
        leadingBlank = blank;
        leadingBreak = ends ? "\n" : "";
    }

    /** All breaks at the end are kept only where the writer says so: behind a text that ends with more than one. */
    private String end(String text, int breaks) {
        if (text.endsWith("\n")) {
            read.append(leadingBreak);
            if (text.length() == 1 || text.endsWith("\n\n")) {
                read.repeat('\n', breaks);
            }
        }
        return read.toString();
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }
}
