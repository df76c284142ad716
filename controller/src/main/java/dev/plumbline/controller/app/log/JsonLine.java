package dev.plumbline.controller.app.log;

import dev.plumbline.registry.json.Json;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One line of a JSON log. */
final class JsonLine {

    /** Our own messages hold no secrets; those of libraries may repeat an address or a header that they were given. */
    private static final Pattern USER_INFO = Pattern.compile("(?<=://)[^/\\s@\"']+@");

    private static final Pattern BEARER = Pattern.compile("(?i)(?<=\\b(?:bearer|basic) )[A-Za-z0-9+/=._~-]{8,}");
    private static final String HIDDEN = "…";

    private JsonLine() {}

    static void write(
            PrintStream out,
            String level,
            String logger,
            String message,
            Map<String, String> about,
            @Nullable Throwable thrown) {
        byte[] line =
                (text(Instant.now(), level, logger, message, about, thrown) + "\n").getBytes(StandardCharsets.UTF_8);
        out.write(line, 0, line.length); // At once, so that lines of two threads do not mix.
        out.flush();
    }

    /** The object, in one line. */
    static String text(
            Instant time,
            String level,
            String logger,
            String message,
            Map<String, String> about,
            @Nullable Throwable thrown) {
        Map<String, @Nullable Object> line = new LinkedHashMap<>();
        line.put("time", time.truncatedTo(ChronoUnit.MILLIS).toString());
        line.put("level", level);
        line.put("logger", logger);
        line.put("message", hidden(message));
        about.forEach(line::putIfAbsent);
        if (thrown != null) {
            StringWriter trace = new StringWriter();
            thrown.printStackTrace(new PrintWriter(trace));
            line.put("thrown", hidden(trace.toString().stripTrailing()));
        }
        return Json.write(line);
    }

    private static String hidden(String text) {
        return BEARER.matcher(USER_INFO.matcher(text).replaceAll(HIDDEN + "@")).replaceAll(HIDDEN);
    }
}
