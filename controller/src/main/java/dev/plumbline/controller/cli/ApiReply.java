package dev.plumbline.controller.cli;

import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.JsonException;
import dev.plumbline.registry.json.Tree;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A reply of the HTTP API, of this machine's {@code plumbline up} or of a cluster's controller, and what it means for a command.
 *
 * @param code its status
 * @param body its text
 */
record ApiReply(int code, String body) {

    /** Longest wait for a reply: some questions read Git and render first. */
    static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final int ERRORS_FROM = 400;

    /** Most characters that are shown of a reply that is not ours. */
    private static final int SHOWN = 200;

    /** What came over a connection, whose request was written; waits for it. */
    static ApiReply over(HttpURLConnection connection) throws IOException {
        int code = connection.getResponseCode();
        try (InputStream stream = code >= ERRORS_FROM ? connection.getErrorStream() : connection.getInputStream()) {
            byte[] bytes = stream == null ? new byte[0] : stream.readAllBytes();
            return new ApiReply(code, new String(bytes, StandardCharsets.UTF_8));
        }
    }

    /** Whether it could not be answered just now. */
    boolean unavailable() {
        return code == HttpURLConnection.HTTP_UNAVAILABLE;
    }

    boolean failed() {
        return code >= ERRORS_FROM;
    }

    /** The exit code of a command that got an error: a thing that is not there or not so is wrong, all else is the environment. */
    int exitCode() {
        return code == HttpURLConnection.HTTP_NOT_FOUND || code == HttpURLConnection.HTTP_CONFLICT
                ? CommandException.WRONG
                : CommandException.ENVIRONMENT;
    }

    /** What an error says. */
    String error() {
        try {
            String said = Tree.text(Json.parseObject(body), "error");
            return said.isEmpty() ? unknown() : said;
        } catch (JsonException e) {
            return unknown();
        }
    }

    /** The answer. */
    Map<String, @Nullable Object> answer() {
        try {
            return Json.parseObject(body);
        } catch (JsonException e) {
            throw new CommandException(
                    CommandException.ENVIRONMENT, unknown() + "; this is no answer of Plumbline's, check the address");
        }
    }

    private String unknown() {
        String text = body.strip();
        return "HTTP " + code + ": " + (text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text);
    }
}
