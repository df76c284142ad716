package dev.plumbline.controller.cli;

import dev.plumbline.registry.diff.FieldChange;
import dev.plumbline.registry.diff.ObjectChange;
import dev.plumbline.registry.diff.TextDiff;
import dev.plumbline.registry.model.ObjectKey;
import java.util.List;
import java.util.function.Function;

/** A diff for people at a terminal. */
final class DiffText {

    private static final String RED = "\u001b[31m";
    private static final String GREEN = "\u001b[32m";
    private static final String BOLD = "\u001b[1m";
    private static final String RESET = "\u001b[0m";

    private final boolean colours;
    private final StringBuilder out = new StringBuilder();

    private DiffText(boolean colours) {
        this.colours = colours;
    }

    static String of(RenderedDiff diff, boolean colours) {
        DiffText text = new DiffText(colours);
        diff.paths().forEach((path, changes) -> text.path(path, changes, RenderedDiff::name));
        return text.out.toString();
    }

    /**
     * Of one path.
     *
     * @param name how an object is called
     */
    static String of(String path, List<ObjectChange> changes, Function<ObjectKey, String> name, boolean colours) {
        DiffText text = new DiffText(colours);
        text.path(path, changes, name);
        return text.out.toString();
    }

    private void path(String path, List<ObjectChange> changes, Function<ObjectKey, String> called) {
        if (changes.isEmpty()) {
            return;
        }
        line(BOLD, (path.isEmpty() ? "." : path) + ": " + RenderedDiff.count(changes));
        for (ObjectChange change : changes) {
            String name = called.apply(change.key());
            switch (change.kind()) {
                case ADDED -> line(GREEN, "+ " + name);
                case REMOVED -> line(RED, "- " + name);
                case CHANGED -> {
                    line("", "~ " + name);
                    change.fields().forEach(this::field);
                }
            }
        }
    }

    private void field(FieldChange change) {
        String field = "    " + change.field();
        if (change.secret()) {
            line("", field + ": (secret, " + change.kind().name().toLowerCase(java.util.Locale.ROOT) + ")");
        } else if (RenderedDiff.isText(change)) {
            line("", field + ":");
            for (String text : TextDiff.between(String.valueOf(change.before()), String.valueOf(change.after()))) {
                line(text.startsWith("+") ? GREEN : text.startsWith("-") ? RED : "", "      " + text);
            }
        } else {
            line("", field + ":");
            if (change.kind() != FieldChange.Kind.ADDED) {
                line(RED, "      -" + RenderedDiff.value(change.before()));
            }
            if (change.kind() != FieldChange.Kind.REMOVED) {
                line(GREEN, "      +" + RenderedDiff.value(change.after()));
            }
        }
    }

    private void line(String colour, String text) {
        String printable = Table.printable(text);
        out.append(colours && !colour.isEmpty() ? colour + printable + RESET : printable)
                .append('\n');
    }
}
