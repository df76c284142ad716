package dev.plumbline.registry.yaml;

import dev.plumbline.registry.model.Location;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.events.Event;

/**
 * Where the lines of a text stand.
 *
 * @param start the line before its first one, or, where nothing is known of its lines, the place of all of it
 * @param kind what is known
 */
record TextPlace(Location start, Kind kind) {

    enum Kind {
        /** It is a file of its own. */
        FILE,
        /** It is a block in a file: its lines are known, its columns are not, because it has lost its indentation. */
        BLOCK,
        /** It is a quoted text in a file, whose line breaks may be escapes. */
        QUOTED
    }

    Location of(Event event) {
        return of(event.getStartMark());
    }

    /** The place of a mark of the parser's; of the whole file where there is none. */
    Location of(@Nullable Mark mark) {
        return mark == null ? Location.of(start.file()) : of(mark.getLine() + 1, mark.getColumn() + 1);
    }

    /** The place of a line and a column of the text, counted from 1. */
    Location of(int line, int column) {
        return switch (kind) {
            case FILE -> new Location(start.file(), line, column);
            case BLOCK -> new Location(start.file(), start.line() + line, 0);
            case QUOTED -> start;
        };
    }
}
