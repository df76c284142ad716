package dev.plumbline.registry.mlflow;

import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.JsonException;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.models.ModelRegistryException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Requests to MLflow's REST API, bounded in time and size. */
final class MlflowHttp implements AutoCloseable {

    /** Most bytes of one answer: 4 MiB. */
    static final int MAX_ANSWER_BYTES = 4 * 1024 * 1024;

    private static final String API = "/api/2.0/mlflow/";
    private static final int SERVER_ERROR = 500;
    private static final int TOO_MANY = 429;
    private static final int SHOWN = 300;

    private final String base;
    private final Duration timeout;
    private final HttpClient client;

    MlflowHttp(URI base, Duration timeout) {
        String text = base.toString();
        this.base = (text.endsWith("/") ? text.substring(0, text.length() - 1) : text) + API;
        this.timeout = timeout;
        this.client = HttpClient.newBuilder().connectTimeout(timeout).build();
    }

    /** The answer; empty when MLflow says that there is no such thing. */
    Optional<Map<String, @Nullable Object>> get(String path, Map<String, String> query) throws ModelRegistryException {
        String text = query.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        HttpResponse<byte[]> response =
                send("GET " + path, request(path + "?" + text).GET().build());
        Map<String, @Nullable Object> answer = body("GET " + path, response);
        if (response.statusCode() == 404 && Tree.text(answer, "error_code").equals("RESOURCE_DOES_NOT_EXIST")) {
            return Optional.empty();
        }
        check("GET " + path, response, answer);
        return Optional.of(answer);
    }

    void post(String path, Map<String, @Nullable Object> body) throws ModelRegistryException {
        HttpRequest request = request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(Json.bytes(body)))
                .build();
        HttpResponse<byte[]> response = send("POST " + path, request);
        check("POST " + path, response, body("POST " + path, response));
    }

    @Override
    public void close() {
        client.shutdownNow();
        client.close();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path)).timeout(timeout);
    }

    private HttpResponse<byte[]> send(String what, HttpRequest request) throws ModelRegistryException {
        try {
            return client.send(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_ANSWER_BYTES));
        } catch (IOException e) {
            String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            throw new ModelRegistryException(
                    "tried " + what + " on MLflow at " + address() + ", failed because " + why
                            + "; see that it runs and can be reached",
                    true);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ModelRegistryException(
                    "tried " + what + " on MLflow at " + address() + ", stopped while waiting; it is tried again",
                    true);
        }
    }

    private Map<String, @Nullable Object> body(String what, HttpResponse<byte[]> response)
            throws ModelRegistryException {
        try {
            return response.body().length == 0 ? Map.of() : Json.parseObject(response.body());
        } catch (JsonException e) {
            int status = response.statusCode();
            throw new ModelRegistryException(
                    "tried " + what + " on MLflow at " + address() + ", failed because the answer (status " + status
                            + ") is not a JSON object"
                            + (status == 403 ? "; start MLflow with --allowed-hosts for this host" : "; is it MLflow?"),
                    status >= SERVER_ERROR);
        }
    }

    private void check(String what, HttpResponse<byte[]> response, Map<String, @Nullable Object> answer)
            throws ModelRegistryException {
        int status = response.statusCode();
        if (status / 100 != 2) {
            String message = Tree.text(answer, "error_code") + " " + Tree.text(answer, "message");
            throw new ModelRegistryException(
                    "tried " + what + " on MLflow at " + address() + ", failed because it answered " + status + " "
                            + message.substring(0, Math.min(message.length(), SHOWN)),
                    status >= SERVER_ERROR || status == TOO_MANY);
        }
    }

    /** Without what a person may have written before the host. */
    private String address() {
        return base.substring(0, base.length() - API.length()).replaceAll("//[^/@]*@", "//");
    }
}
