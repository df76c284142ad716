package dev.plumbline.controller.app.log;

import java.io.PrintStream;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.helpers.NOPMDCAdapter;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/** The loggers of SLF4J that write JSON. Made by SLF4J, by its name in a system property. */
public final class JsonLogs implements SLF4JServiceProvider {

    private static volatile PrintStream target = System.err;

    private final IMarkerFactory markers = new BasicMarkerFactory();
    private final MDCAdapter contexts = new NOPMDCAdapter();

    /** Where new loggers write. */
    static void to(PrintStream out) {
        target = out;
    }

    @Override
    public ILoggerFactory getLoggerFactory() {
        return name -> new JsonLogger(name, target);
    }

    @Override
    public IMarkerFactory getMarkerFactory() {
        return markers;
    }

    @Override
    public MDCAdapter getMDCAdapter() {
        return contexts;
    }

    @Override
    public String getRequestedApiVersion() {
        return "2.0.99";
    }

    @Override
    public void initialize() {
        // Nothing is read from files.
    }
}
