package dev.plumbline.controller.app.log;

import java.io.PrintStream;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import org.slf4j.LoggerFactory;

/** How a program writes its log to standard error. */
public enum LogFormat {
    /** Lines for people. */
    TEXT,
    /** One JSON object per line: {@code time}, {@code level}, {@code logger}, {@code message} and, where there is one, {@code thrown}. */
    JSON;

    /** Writes this way from now on. To be called before anything of the program asks for a logger. */
    public void begin() {
        if (this == JSON) {
            System.setProperty("slf4j.provider", JsonLogs.class.getName());
            // It says otherwise, not as JSON, that it found what it was told to look for.
            System.setProperty("slf4j.internal.verbosity", "WARN");
            PrintStream out = System.err;
            JsonLogs.to(out);
            Logger root = LogManager.getLogManager().getLogger("");
            for (Handler handler : root.getHandlers()) {
                root.removeHandler(handler);
            }
            root.addHandler(new JsonHandler(out));
            Thread.setDefaultUncaughtExceptionHandler((thread, bug) -> LoggerFactory.getLogger(LogFormat.class)
                    .error("the thread {} ended by a bug", thread.getName(), bug));
        }
    }
}
