package dev.plumbline.controller.cli;

import dev.plumbline.registry.diff.FieldChange;
import dev.plumbline.registry.diff.ObjectChange;
import dev.plumbline.registry.diff.TextDiff;
import java.util.List;
import java.util.Locale;

/** A diff as a comment on a pull request: equal changes give equal text, whatever the commits are called. */
final class DiffMarkdown {

    /** Most characters; the largest code hosts take 65,536 in a comment. */
    static final int MAX_CHARACTERS = 60_000;

    private final StringBuilder out = new StringBuilder();
    private int leftOut;

    private DiffMarkdown() {}

    static String of(RenderedDiff diff) {
        DiffMarkdown markdown = new DiffMarkdown();
        if (diff.isEmpty()) {
            return "No rendered change.\n";
        }
        diff.paths().forEach(markdown::path);
        if (markdown.leftOut > 0) {
            markdown.out.append("\n… and ").append(markdown.leftOut).append(" more objects, left out for length.\n");
        }
        return markdown.out.toString();
    }

    private void path(String path, List<ObjectChange> changes) {
        if (changes.isEmpty()) {
            return;
        }
        out.append(out.isEmpty() ? "" : "\n")
                .append("### ")
                .append(code(path.isEmpty() ? "." : path))
                .append(": ")
                .append(RenderedDiff.count(changes))
                .append("\n\n");
        for (ObjectChange change : changes) {
            int before = out.length();
            object(change);
            if (out.length() > MAX_CHARACTERS) {
                out.setLength(before);
                leftOut++;
            }
        }
    }

    private void object(ObjectChange change) {
        out.append("- ")
                .append(change.kind().name().toLowerCase(Locale.ROOT))
                .append(" ")
                .append(code(RenderedDiff.name(change.key())))
                .append('\n');
        change.fields().forEach(this::field);
    }

    private void field(FieldChange change) {
        String kind = change.kind().name().toLowerCase(Locale.ROOT);
        out.append("  - ").append(code(change.field()));
        if (change.secret()) {
            out.append(": secret, ").append(kind).append('\n');
        } else if (RenderedDiff.isText(change)) {
            List<String> lines = TextDiff.between(String.valueOf(change.before()), String.valueOf(change.after()));
            String fence = "`".repeat(Math.max(3, longestRun(String.join("\n", lines)) + 1));
            out.append("\n\n    ").append(fence).append("diff\n");
            lines.forEach(
                    line -> out.append("    ").append(Table.printable(line)).append('\n'));
            out.append("    ").append(fence).append("\n\n");
        } else {
            switch (change.kind()) {
                case ADDED -> out.append(": added ").append(code(RenderedDiff.value(change.after())));
                case REMOVED -> out.append(": removed ").append(code(RenderedDiff.value(change.before())));
                case CHANGED ->
                    out.append(": ")
                            .append(code(RenderedDiff.value(change.before())))
                            .append(" → ")
                            .append(code(RenderedDiff.value(change.after())));
            }
            out.append('\n');
        }
    }

    /** Text that Markdown leaves alone: nothing from Git may become a link, a mention or markup. */
    static String code(String text) {
        String printable = Table.printable(text);
        int run = longestRun(printable);
        String fence = "`".repeat(run + 1);
        String space = run > 0 || printable.isBlank() ? " " : "";
        return fence + space + printable + space + fence;
    }

    private static int longestRun(String text) {
        int longest = 0;
        int run = 0;
        for (int i = 0; i < text.length(); i++) {
            run = text.charAt(i) == '`' ? run + 1 : 0;
            longest = Math.max(longest, run);
        }
        return longest;
    }
}
