package dev.plumbline.controller.app;

import dev.plumbline.controller.status.Notice;
import java.io.PrintWriter;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Prints each line of a notice: local time, sort, text; coloured on a terminal only. */
final class Console {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneId.systemDefault());
    private static final String RESET = "\u001b[0m";

    private final PrintWriter out;
    private final boolean colours;

    Console(PrintWriter out, boolean colours) {
        this.out = out;
        this.colours = colours;
    }

    synchronized void print(Notice notice) {
        String sort = String.format("%-9s", notice.kind().name().toLowerCase(Locale.ROOT));
        String head = TIME.format(notice.at()) + " " + (colours ? colour(notice.kind()) + sort + RESET : sort) + " ";
        notice.text().lines().forEach(line -> out.println(head + line));
        out.flush();
    }

    synchronized void print(String line) {
        out.println(line);
        out.flush();
    }

    private static String colour(Notice.Kind kind) {
        return switch (kind) {
            case APPLIED, MODEL, RETURNED -> "\u001b[32m";
            case BROKEN, FAILED -> "\u001b[31m";
            case HELD, SOURCE, FORCED -> "\u001b[33m";
            case COMMIT, PLAN, RUN -> "\u001b[36m";
            case UNCHANGED, INFO -> "\u001b[2m";
        };
    }
}
