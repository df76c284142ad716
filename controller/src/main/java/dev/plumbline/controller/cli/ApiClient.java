package dev.plumbline.controller.cli;

import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.JsonException;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Talks to the {@code plumbline up} that runs on a data folder. */
final class ApiClient implements Api {

    private static final int CONNECT_MILLIS = 2000;
    private static final int MAX_PORT = 65_535;

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
                            + "; start it with `plumbline up`, name another folder with --data, or a cluster with --context or"
                            + " -n");
        }
    }

    /** One part of a path, encoded. */
    static String part(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private Map<String, @Nullable Object> get(String path) {
        return call("GET", path, null);
    }

    private Map<String, @Nullable Object> post(String path, Map<String, ?> body) {
        return call("POST", path, body);
    }

    @Override
    public Map<String, @Nullable Object> status() {
        return get("/sync");
    }

    @Override
    public Map<String, @Nullable Object> syncs() {
        return Map.of("syncs", List.of(status()));
    }

    @Override
    public Map<String, @Nullable Object> history(int limit) {
        return get("/history?limit=" + limit);
    }

    @Override
    public Map<String, @Nullable Object> plan() {
        return get("/plan");
    }

    @Override
    public Map<String, @Nullable Object> blame(String object) {
        return get("/blame?object=" + part(object));
    }

    @Override
    public Map<String, @Nullable Object> templates() {
        return get("/templates");
    }

    @Override
    public Map<String, @Nullable Object> models(String choice) {
        return get("/models" + choice);
    }

    @Override
    public Map<String, @Nullable Object> recorded(String choice) {
        return get("/recorded" + choice);
    }

    @Override
    public Map<String, @Nullable Object> impact(String range) {
        return get("/impact/" + part(range));
    }

    @Override
    public Map<String, @Nullable Object> compare(String one, String other) {
        return get("/compare/" + part(one) + "/" + part(other));
    }

    @Override
    public Map<String, @Nullable Object> provenance(String subject) {
        return get("/provenance/" + part(subject));
    }

    @Override
    public Map<String, @Nullable Object> rerun(String subject, Map<String, String> parameters) {
        return post("/rerun/" + part(subject), Map.of("parameters", parameters));
    }

    @Override
    public Map<String, @Nullable Object> suspend(boolean suspend) {
        return post(suspend ? "/sync/suspend" : "/sync/resume", Map.of("actor", Actor.name()));
    }

    @Override
    public Map<String, @Nullable Object> reconcile(String confirm) {
        return post("/sync/reconcile", Map.of("confirm", confirm));
    }

    @Override
    public Map<String, @Nullable Object> rollback(long to, String reason, boolean removed) {
        if (removed) {
            throw new CommandException(
                    CommandException.ENVIRONMENT,
                    "--until Removed needs a PipelineRollback, which only a cluster has; name one with --context or -n");
        }
        return post("/rollback", Map.of("to", to, "reason", reason, "actor", Actor.name()));
    }

    @Override
    public Map<String, @Nullable Object> revert(String commit) {
        return post("/revert", Map.of("commit", commit, "actor", Actor.name()));
    }

    @Override
    public Map<String, @Nullable Object> runs(int limit) {
        return get("/runs?limit=" + limit);
    }

    @Override
    public Map<String, @Nullable Object> run(String name) {
        return get("/runs/" + part(name));
    }

    @Override
    public Map<String, @Nullable Object> logs(String name) {
        return get("/runs/" + part(name) + "/logs");
    }

    @Override
    public Map<String, @Nullable Object> start(String template, Map<String, String> parameters) {
        return post("/runs", Map.of("template", template, "parameters", parameters));
    }

    @Override
    public Map<String, @Nullable Object> submit(
            Map<String, @Nullable Object> workflow, Map<String, String> parameters) {
        return post("/runs", Map.of("workflow", workflow, "parameters", parameters));
    }

    @Override
    public Map<String, @Nullable Object> stop(String name, boolean terminate) {
        return post("/runs/" + part(name) + "/stop", Map.of("terminate", terminate));
    }

    @Override
    public Map<String, @Nullable Object> retry(String name, Map<String, String> parameters) {
        return post("/runs/" + part(name) + "/retry", Map.of("parameters", parameters));
    }

    @Override
    public Map<String, @Nullable Object> resume(String name, Map<String, String> parameters, String node) {
        return post("/runs/" + part(name) + "/resume", Map.of("parameters", parameters, "node", node));
    }

    @Override
    public Map<String, @Nullable Object> resubmit(String name, Map<String, String> parameters) {
        return post("/runs/" + part(name) + "/resubmit", Map.of("parameters", parameters));
    }

    @Override
    public Map<String, @Nullable Object> crons() {
        return get("/crons");
    }

    @Override
    public Map<String, @Nullable Object> suspendCron(String name, boolean suspend) {
        return post("/crons/" + part(name) + (suspend ? "/suspend" : "/resume"), Map.of());
    }

    @Override
    public void close() {
        // A request leaves nothing open.
    }

    private Map<String, @Nullable Object> call(String method, String path, @Nullable Map<String, ?> body) {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) base.resolve("/api/v1" + path).toURL().openConnection();
            connection.setConnectTimeout(CONNECT_MILLIS);
            connection.setReadTimeout((int) ApiReply.PATIENCE.toMillis());
            connection.setRequestMethod(method);
            if (body != null) {
                connection.setDoOutput(true);
                connection.setRequestProperty("Content-Type", "application/json");
                connection.setRequestProperty("Authorization", "Bearer " + token());
                connection.getOutputStream().write(Json.bytes(body));
            }
            ApiReply reply = ApiReply.over(connection);
            if (reply.failed()) {
                throw new CommandException(reply.exitCode(), reply.error());
            }
            return reply.answer();
        } catch (IOException e) {
            throw new CommandException(
                    CommandException.ENVIRONMENT,
                    "plumbline on the data folder " + data + " does not answer (" + e.getMessage()
                            + "); start it with `plumbline up`");
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
