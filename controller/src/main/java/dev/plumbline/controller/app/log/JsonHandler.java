package dev.plumbline.controller.app.log;

import java.io.PrintStream;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;

/** Writes what the logging of the platform is told, Helidon's among it, with the levels' names of SLF4J. */
final class JsonHandler extends Handler {

    private final PrintStream out;

    JsonHandler(PrintStream out) {
        this.out = out;
        setLevel(Level.INFO);
        setFormatter(new SimpleFormatter());
    }

    @Override
    public void publish(LogRecord told) {
        if (isLoggable(told)) {
            String logger = told.getLoggerName() == null ? "" : told.getLoggerName();
            String message = told.getMessage() == null ? "" : getFormatter().formatMessage(told);
            JsonLine.write(out, level(told.getLevel()), logger, message, Map.of(), told.getThrown());
        }
    }

    private static String level(Level level) {
        return level.intValue() >= Level.SEVERE.intValue()
                ? "ERROR"
                : level.intValue() >= Level.WARNING.intValue() ? "WARN" : "INFO";
    }

    @Override
    public void flush() {
        out.flush();
    }

    @Override
    public void close() {
        flush();
    }
}
