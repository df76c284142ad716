package dev.plumbline.controller.cli;

import dev.plumbline.registry.diff.ObjectChange;
import java.util.List;

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
                .append(Markdown.code(path.isEmpty() ? "." : path))
                .append(": ")
                .append(RenderedDiff.count(changes))
                .append("\n\n");
        leftOut += new ChangesMarkdown(out, MAX_CHARACTERS).append(changes, RenderedDiff::name);
    }
}
