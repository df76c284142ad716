package dev.plumbline.controller.cli;

import dev.plumbline.registry.diff.ObjectChange;
import java.util.List;

/** A review for people at a terminal or in the log of a CI job. */
final class ReviewText implements ReviewForm {

    private static final int MAX_LINE = 500;

    private static final String BOLD = "\u001b[1m";
    private static final String RESET = "\u001b[0m";

    private final boolean colours;
    private final StringBuilder out = new StringBuilder();

    ReviewText(boolean colours) {
        this.colours = colours;
    }

    @Override
    public String code(String text) {
        return Markdown.cut(Table.printable(text), MAX_LINE);
    }

    @Override
    public String strong(String text) {
        return colours ? BOLD + text + RESET : text;
    }

    @Override
    public void head(String verdict) {
        out.append(verdict).append('\n');
    }

    @Override
    public void paragraph(String text) {
        out.append(text).append('\n');
    }

    @Override
    public void section(String title) {
        out.append('\n').append(strong(title)).append('\n');
    }

    @Override
    public void item(String line, List<String> details) {
        out.append("  ").append(line).append('\n');
        details.forEach(detail -> out.append("    ").append(detail).append('\n'));
    }

    @Override
    public void changes(List<String> environments, List<ObjectChange> changes) {
        DiffText.of(String.join(", ", environments), changes, ReviewPage.names(changes), colours)
                .lines()
                .forEach(line -> out.append(Markdown.cut(line, MAX_LINE))
                        .append(colours && line.length() > MAX_LINE ? RESET : "")
                        .append('\n'));
    }

    @Override
    public String text() {
        return out.toString();
    }
}
