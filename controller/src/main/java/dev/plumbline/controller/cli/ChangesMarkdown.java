package dev.plumbline.controller.cli;

import dev.plumbline.registry.diff.FieldChange;
import dev.plumbline.registry.diff.ObjectChange;
import dev.plumbline.registry.diff.TextDiff;
import dev.plumbline.registry.model.ObjectKey;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Changed objects as a list in Markdown. What is too long for a comment is left out, and that is said. */
final class ChangesMarkdown {

    /** Most characters of one value. */
    static final int MAX_VALUE = 300;

    /** Most lines of a changed text. */
    static final int MAX_LINES = 100;

    /** Most fields of one object. */
    static final int MAX_FIELDS = 50;

    private final StringBuilder out;
    private final int limit;

    /**
     * Writes behind what is written already.
     *
     * @param limit most characters of all
     */
    ChangesMarkdown(StringBuilder out, int limit) {
        this.out = out;
        this.limit = limit;
    }

    /**
     * Appends what fits.
     *
     * @param name how an object is called
     * @return how many objects were left out
     */
    int append(List<ObjectChange> changes, Function<ObjectKey, String> name) {
        int leftOut = 0;
        for (ObjectChange change : changes) {
            int before = out.length();
            object(change, name);
            if (out.length() > limit) {
                out.setLength(before);
                leftOut++;
            }
        }
        return leftOut;
    }

    private void object(ObjectChange change, Function<ObjectKey, String> name) {
        out.append("- ")
                .append(change.kind().name().toLowerCase(Locale.ROOT))
                .append(" ")
                .append(Markdown.code(Markdown.cut(name.apply(change.key()), MAX_VALUE)))
                .append('\n');
        List<FieldChange> fields = change.fields();
        fields.stream().limit(MAX_FIELDS).forEach(this::field);
        if (fields.size() > MAX_FIELDS) {
            out.append("  - … and ").append(fields.size() - MAX_FIELDS).append(" more fields\n");
        }
    }

    private void field(FieldChange change) {
        String kind = change.kind().name().toLowerCase(Locale.ROOT);
        out.append("  - ").append(Markdown.code(Markdown.cut(change.field(), MAX_VALUE)));
        if (change.secret()) {
            out.append(": secret, ").append(kind).append('\n');
        } else if (RenderedDiff.isText(change)) {
            text(TextDiff.between(String.valueOf(change.before()), String.valueOf(change.after())));
        } else {
            switch (change.kind()) {
                case ADDED -> out.append(": added ").append(value(change.after()));
                case REMOVED -> out.append(": removed ").append(value(change.before()));
                case CHANGED ->
                    out.append(": ")
                            .append(value(change.before()))
                            .append(" → ")
                            .append(value(change.after()));
            }
            out.append('\n');
        }
    }

    private void text(List<String> all) {
        List<String> lines = all.stream()
                .limit(MAX_LINES)
                .map(line -> Table.printable(Markdown.cut(line, MAX_VALUE)))
                .toList();
        String fence = Markdown.fence(lines);
        out.append("\n\n    ").append(fence).append("diff\n");
        lines.forEach(line -> out.append("    ").append(line).append('\n'));
        out.append("    ").append(fence).append("\n\n");
        if (all.size() > MAX_LINES) {
            out.append("    … and ").append(all.size() - MAX_LINES).append(" more lines\n\n");
        }
    }

    private static String value(@Nullable Object value) {
        return Markdown.code(Markdown.cut(RenderedDiff.value(value), MAX_VALUE));
    }
}
