package dev.plumbline.controller.cli;

import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.JsonException;
import dev.plumbline.registry.json.Tree;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Talks to the {@code plumbline up} that runs on a data folder. */
final class ApiClient {

    private static final int CONNECT_MILLIS = 2000;
    private static final int READ_MILLIS = 120_000;
    private static final int MAX_PORT = 65_535;
    private static final int ERRORS_FROM = 400;

    private final Path data;
    private final URI base;

    private ApiClient(Path data, URI base) {
        this.data = data;
        this.base = base;
    }

    /** The client for a data folder, whose running server has left its address there. */
    static ApiClient of(Path data) {
        Path file = data.resolve("up.json");
        try {
            Map<String, @Nullable Object> up = Json.parseObject(Files.readAllBytes(file));
            if (up.get("port") instanceof Long port && port > 0 && port <= MAX_PORT) {
                return new ApiClient(data, URI.create("http://127.0.0.1:" + port));
            }
            throw new CommandException(
                    CommandException.ENVIRONMENT,
                    file + " names no port; start `plumbline up` again, it writes that file anew");
        } catch (IOException | JsonException e) {
            throw new CommandException(
                    CommandException.ENVIRONMENT,
                    "no plumbline runs on the data folder " + data
                            + "; start it with `plumbline up`, or name another folder with --data");
        }
    }

    /** One part of a path, encoded. */
    static String part(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    Map<String, @Nullable Object> get(String path) {
        return call("GET", path, null);
    }

    Map<String, @Nullable Object> post(String path, Map<String, ?> body) {
        return call("POST", path, body);
    }

    private Map<String, @Nullable Object> call(String method, String path, @Nullable Map<String, ?> body) {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) base.resolve("/api/v1" + path).toURL().openConnection();
            connection.setConnectTimeout(CONNECT_MILLIS);
            connection.setReadTimeout(READ_MILLIS);
            connection.setRequestMethod(method);
            if (body != null) {
                connection.setDoOutput(true);
                connection.setRequestProperty("Content-Type", "application/json");
                connection.setRequestProperty("Authorization", "Bearer " + token());
                connection.getOutputStream().write(Json.bytes(body));
            }
            int status = connection.getResponseCode();
            Map<String, @Nullable Object> answer = read(connection, status);
            if (status >= ERRORS_FROM) {
                throw new CommandException(
                        status == HttpURLConnection.HTTP_NOT_FOUND || status == HttpURLConnection.HTTP_CONFLICT
                                ? CommandException.WRONG
                                : CommandException.ENVIRONMENT,
                        Tree.text(answer, "error"));
            }
            return answer;
        } catch (IOException e) {
            throw new CommandException(
                    CommandException.ENVIRONMENT,
                    "plumbline on the data folder " + data + " does not answer (" + e.getMessage()
                            + "); start it with `plumbline up`");
        }
    }

    private static Map<String, @Nullable Object> read(HttpURLConnection connection, int status) throws IOException {
        try (InputStream stream = status >= ERRORS_FROM ? connection.getErrorStream() : connection.getInputStream()) {
            byte[] bytes = stream == null ? new byte[0] : stream.readAllBytes();
            try {
                return Json.parseObject(bytes);
            } catch (JsonException e) {
                return Map.of("error", "HTTP " + status + ": " + new String(bytes, StandardCharsets.UTF_8).strip());
            }
        }
    }

    private String token() {
        try {
            return Files.readString(data.resolve("token")).strip();
        } catch (IOException e) {
            throw new CommandException(
                    CommandException.ENVIRONMENT,
                    "cannot read the token in " + data.resolve("token")
                            + "; only the owner of the data folder may change things");
        }
    }
}
