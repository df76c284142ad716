package dev.plumbline.registry.yaml;

/**
 * One scalar in the style that go-yaml v3 chooses: the one that it had, unless the text does not fit into it. Lines are never folded.
 *
 * @param text what it says
 * @param layout how it was written
 * @param flow whether it stands between braces or brackets
 * @param key whether it is a key, which stays on one line
 */
record TextScalar(String text, TextLayout layout, boolean flow, boolean key) {

    private static final String FLOW_INDICATORS = ",?[]{}:";

    static TextScalar of(String text, TextLayout layout) {
        return new TextScalar(text, layout, false, false);
    }

    TextScalar inFlow() {
        return new TextScalar(text, layout, true, key);
    }

    TextScalar inKey() {
        return new TextScalar(text, layout, flow, true);
    }

    /** Whether a scalar was written as a block, behind whose first line a comment may stand. */
    static boolean isBlock(String written) {
        return written.startsWith("|") || written.startsWith(">") || written.matches("(?s)!![a-z]+ [|>].*");
    }

    /** The type that was there and that the text does not have, which is written out; empty for none. */
    String tag() {
        return layout.tagged || (isChanged() && !layout.type.equals(Scalars.TEXT)) ? "!!" + layout.type : "";
    }

    private boolean isChanged() {
        return !layout.tagged
                && layout.style == TextLayout.Style.PLAIN
                && !layout.type.isEmpty()
                && !layout.type.equals(Scalars.type(text));
    }

    /** The text with its quotes; further lines have this indent. */
    String write(int indent) {
        String written = styled(style(), indent);
        String tag = tag();
        return tag.isEmpty() || written.isEmpty() ? tag + written : tag + " " + written;
    }

    private TextLayout.Style style() {
        TextLayout.Style wanted = layout.style;
        if (wanted == TextLayout.Style.PLAIN && text.indexOf('\n') >= 0) {
            wanted = TextLayout.Style.LITERAL;
        } else if (isChanged() && layout.type.equals(Scalars.TEXT)) {
            wanted = TextLayout.Style.DOUBLE_QUOTED;
        }
        GoScalar can = GoScalar.of(text.replace('\t', '.'));
        if (key && can.multiline()) {
            return TextLayout.Style.DOUBLE_QUOTED;
        }
        if (wanted == TextLayout.Style.PLAIN && !mayBePlain(can)) {
            wanted = TextLayout.Style.SINGLE_QUOTED;
        }
        boolean tab = text.indexOf('\t') >= 0;
        if (wanted == TextLayout.Style.SINGLE_QUOTED && (tab || !can.single())) {
            return TextLayout.Style.DOUBLE_QUOTED;
        }
        boolean block = wanted == TextLayout.Style.LITERAL || wanted == TextLayout.Style.FOLDED;
        return block && (flow || key || !can.block()) ? TextLayout.Style.DOUBLE_QUOTED : wanted;
    }

    private boolean mayBePlain(GoScalar can) {
        if (text.isEmpty()) {
            return !flow && !key;
        }
        if (!can.plain() || text.indexOf('\t') >= 0) {
            return false;
        }
        return !flow || text.chars().noneMatch(c -> FLOW_INDICATORS.indexOf(c) >= 0);
    }

    private String styled(TextLayout.Style style, int indent) {
        return switch (style) {
            case SINGLE_QUOTED -> "'" + singleQuoted(indent) + "'";
            case DOUBLE_QUOTED -> GoScalarWriter.doubleQuoted(text);
            case LITERAL -> '|' + hints() + lines(text, indent);
            case FOLDED -> '>' + hints() + lines(FoldedText.written(text), indent);
            default -> text;
        };
    }

    /** A line break inside is written twice, and the next line is indented. */
    private String singleQuoted(int indent) {
        StringBuilder out = new StringBuilder();
        boolean broke = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n') {
                out.append(broke ? "\n" : "\n\n");
                broke = true;
            } else {
                out.repeat(" ", broke ? indent : 0).append(c == '\'' ? "''" : String.valueOf(c));
                broke = false;
            }
        }
        return out.toString();
    }

    private String hints() {
        char first = text.isEmpty() ? '\0' : text.charAt(0);
        String indented = first == ' ' || first == '\n' ? "2" : "";
        boolean ends = text.endsWith("\n");
        boolean keeps = text.equals("\n") || text.endsWith("\n\n");
        return indented + (keeps ? "+" : ends ? "" : "-");
    }

    private static String lines(String text, int indent) {
        StringBuilder out = new StringBuilder("\n");
        boolean atStart = true;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            out.repeat(" ", atStart && c != '\n' ? indent : 0).append(c);
            atStart = c == '\n';
        }
        return out.toString();
    }
}
