package dev.plumbline.registry.mlflow;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.JsonException;
import dev.plumbline.registry.json.Tree;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * Stands in for an MLflow server where none is installed: it answers the requests that the wall makes as MLflow 3.17 answers
 * them, over real HTTP. It is no MLflow; the tests against the real one carry the tag {@code cluster}.
 */
public final class StandInMlflow implements AutoCloseable {

    private final HttpServer server;
    private final Map<String, Map<String, String>> versions = new TreeMap<>();
    private final Map<String, Map<String, String>> runs = new TreeMap<>();
    private int failures;
    private volatile boolean away;
    private volatile Duration delay = Duration.ZERO;

    /** Starts on a free port of the loopback. */
    public StandInMlflow() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/api/2.0/mlflow/", this::handle);
        server.start();
    }

    /** Its address. */
    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Registers a version that a run made. */
    public synchronized void register(String name, String version, String runId) {
        versions.put(name + "/" + version, new TreeMap<>(Map.of("run", runId)));
        runs.computeIfAbsent(runId, _ -> new TreeMap<>());
    }

    /** Answers the next requests with 503. */
    public synchronized void failNext(int requests) {
        failures = requests;
    }

    /** Answers everything with 503, or no longer. */
    public void away(boolean is) {
        away = is;
    }

    /** Answers each request only after a time. */
    public void answerAfter(Duration time) {
        delay = time;
    }

    /** Tags of a version, and {@code run}: the run that made it. */
    public synchronized Map<String, String> version(String name, String version) {
        return new TreeMap<>(versions.getOrDefault(name + "/" + version, Map.of()));
    }

    /** Tags of a run. */
    public synchronized Map<String, String> run(String runId) {
        return runs.computeIfAbsent(runId, _ -> new TreeMap<>());
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try {
            Thread.sleep(delay);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        handleNow(exchange);
    }

    private synchronized void handleNow(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath().substring("/api/2.0/mlflow/".length());
        if (failures > 0 || away) {
            failures--;
            answer(exchange, 503, error("TEMPORARILY_UNAVAILABLE", "busy"));
            return;
        }
        try {
            switch (exchange.getRequestMethod() + " " + path) {
                case "GET model-versions/get" -> version(exchange, query(exchange));
                case "GET runs/get" -> run(exchange, query(exchange).getOrDefault("run_id", ""));
                case "POST model-versions/set-tag" -> {
                    Map<String, @Nullable Object> body = body(exchange);
                    set(exchange, versions.get(body.get("name") + "/" + body.get("version")), body);
                }
                case "POST runs/set-tag" -> {
                    Map<String, @Nullable Object> body = body(exchange);
                    set(exchange, runs.get(Tree.text(body, "run_id")), body);
                }
                default -> answer(exchange, 404, error("ENDPOINT_NOT_FOUND", "Path not found"));
            }
        } catch (JsonException e) {
            answer(exchange, 400, error("BAD_REQUEST", e.getMessage()));
        }
    }

    private void version(HttpExchange exchange, Map<String, String> query) throws IOException {
        Map<String, String> version = versions.get(query.get("name") + "/" + query.get("version"));
        if (version == null) {
            answer(exchange, 404, error("RESOURCE_DOES_NOT_EXIST", "Model Version not found"));
            return;
        }
        Map<String, @Nullable Object> found = new LinkedHashMap<>();
        found.put("name", query.get("name"));
        found.put("version", query.get("version"));
        found.put("source", "models:/m-" + query.get("version"));
        found.put("run_id", version.get("run"));
        found.put("status", "READY");
        Map<String, String> tags = new TreeMap<>(version);
        tags.remove("run");
        if (!tags.isEmpty()) {
            found.put("tags", list(tags));
        }
        answer(exchange, 200, Map.of("model_version", found));
    }

    private void run(HttpExchange exchange, String id) throws IOException {
        Map<String, String> tags = runs.get(id);
        answer(
                exchange,
                tags == null ? 404 : 200,
                tags == null
                        ? error("RESOURCE_DOES_NOT_EXIST", "Run with id=" + id + " not found")
                        : Map.of("run", Map.of("info", Map.of("run_id", id), "data", Map.of("tags", list(tags)))));
    }

    private static void set(
            HttpExchange exchange, @Nullable Map<String, String> tags, Map<String, @Nullable Object> body)
            throws IOException {
        if (tags == null) {
            answer(exchange, 404, error("RESOURCE_DOES_NOT_EXIST", "not found"));
        } else {
            tags.put(Tree.text(body, "key"), Tree.text(body, "value"));
            answer(exchange, 200, Map.of());
        }
    }

    private static List<@Nullable Object> list(Map<String, String> tags) {
        List<@Nullable Object> list = new ArrayList<>();
        tags.forEach((key, value) -> list.add(Map.of("key", key, "value", value)));
        return list;
    }

    private static Map<String, @Nullable Object> error(String code, @Nullable String message) {
        return new LinkedHashMap<>(Map.of("error_code", code, "message", String.valueOf(message)));
    }

    private static Map<String, @Nullable Object> body(HttpExchange exchange) throws IOException, JsonException {
        return Json.parseObject(exchange.getRequestBody().readAllBytes());
    }

    private static Map<String, String> query(HttpExchange exchange) {
        Map<String, String> query = new TreeMap<>();
        for (String pair : exchange.getRequestURI().getRawQuery().split("&", -1)) {
            int equals = pair.indexOf('=');
            query.put(pair.substring(0, equals), URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
        }
        return query;
    }

    private static void answer(HttpExchange exchange, int status, Map<String, ?> body) throws IOException {
        byte[] bytes = Json.bytes(body);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
