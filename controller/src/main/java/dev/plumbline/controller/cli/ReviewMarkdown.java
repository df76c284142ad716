package dev.plumbline.controller.cli;

import dev.plumbline.registry.diff.ObjectChange;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A review as a comment on a pull request, not longer than code hosts take. The changed objects, which are what is longest, come
 * last and folded, and are left out first.
 */
final class ReviewMarkdown implements ReviewForm {

    /** Begins every comment, so that a later run finds it and replaces it. */
    static final String MARK = "<!-- plumbline review -->";

    /** Most characters; GitHub takes 65,536. */
    static final int MAX_CHARACTERS = 60_000;

    /** Most characters before the changed objects. */
    private static final int MAX_BEFORE_CHANGES = 40_000;

    private static final int MAX_CODE = 300;
    private static final int MAX_NAMED = 5;

    private final StringBuilder out = new StringBuilder();
    private int itemsLeftOut;
    private int objectsLeftOut;
    private int environmentsLeftOut;

    @Override
    public String code(String text) {
        return Markdown.code(Markdown.cut(text, MAX_CODE));
    }

    @Override
    public String strong(String text) {
        return "**" + text + "**";
    }

    @Override
    public void head(String verdict) {
        out.append(MARK).append("\n## Plumbline review\n\n").append(verdict).append('\n');
    }

    @Override
    public void paragraph(String text) {
        out.append('\n').append(text).append('\n');
    }

    @Override
    public void section(String title) {
        endSection();
        out.append("\n### ").append(title).append("\n\n");
    }

    @Override
    public void item(String line, List<String> details) {
        int before = out.length();
        out.append("- ").append(line).append('\n');
        details.forEach(detail -> out.append("  - ").append(detail).append('\n'));
        if (out.length() > MAX_BEFORE_CHANGES) {
            out.setLength(before);
            itemsLeftOut++;
        }
    }

    @Override
    public void changes(List<String> environments, List<ObjectChange> changes) {
        String named = environments.stream()
                .limit(MAX_NAMED)
                .map(path -> Markdown.html(Markdown.cut(path, MAX_CODE)))
                .collect(Collectors.joining(", "));
        String more = environments.size() > MAX_NAMED ? " and " + (environments.size() - MAX_NAMED) + " more" : "";
        int before = out.length();
        out.append("<details><summary>")
                .append(named)
                .append(more)
                .append(": ")
                .append(RenderedDiff.count(changes))
                .append("</summary>\n\n");
        if (out.length() > MAX_CHARACTERS) {
            out.setLength(before);
            environmentsLeftOut += environments.size();
            return;
        }
        objectsLeftOut += new ChangesMarkdown(out, MAX_CHARACTERS).append(changes, ReviewPage.names(changes));
        out.append("\n</details>\n");
    }

    @Override
    public String text() {
        endSection();
        if (objectsLeftOut > 0 || environmentsLeftOut > 0) {
            out.append("\n… and ")
                    .append(objectsLeftOut)
                    .append(" more objects and ")
                    .append(environmentsLeftOut)
                    .append(" more environments, left out for length; `plumbline diff` shows all.\n");
        }
        return out.toString();
    }

    private void endSection() {
        if (itemsLeftOut > 0) {
            out.append("- … and ").append(itemsLeftOut).append(" more, left out for length\n");
            itemsLeftOut = 0;
        }
    }
}
