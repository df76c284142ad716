package dev.plumbline.controller.cli;

import dev.plumbline.controller.kube.KubeCalls;
import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.JsonException;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.registry.model.SyncId;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Questions to the controller of a cluster. They show a short-lived token of the service account {@value #ACCOUNT} of the sync's
 * namespace, made for the controller alone: a person's own credentials never reach it, whatever they are.
 */
final class ClusterQuestions {

    private static final String ACCOUNT = "plumbline-cli";
    private static final String AUDIENCE = "plumbline";
    private static final String HEADER = "X-Plumbline-Token";
    private static final String SERVICE = "plumbline-controller";
    private static final Duration LIFETIME = Duration.ofMinutes(10);

    /** Of several controllers any may get the question, and only the leader answers. */
    private static final int TRIES = 10;

    private static final int PAUSE_MILLIS = 250;
    private static final int TIMEOUT_MILLIS = 30_000;
    private static final int UNAVAILABLE = 503;
    private static final int ERRORS_FROM = 400;

    private final ClusterPlace place;
    private final String server;
    private final String system;
    private @Nullable String token;

    /**
     * Questions.
     *
     * @param server the controller's address; empty to go through the API server
     * @param system the controller's namespace
     */
    ClusterQuestions(ClusterPlace place, String server, String system) {
        this.place = place;
        this.server = server.endsWith("/") ? server.substring(0, server.length() - 1) : server;
        this.system = system;
    }

    /** The answer about a sync. */
    Map<String, @Nullable Object> get(SyncId sync, String path) {
        String question = "/api/v1/namespaces/" + ApiClient.part(sync.namespace()) + "/syncs/"
                + ApiClient.part(sync.name()) + path;
        KubeCalls.Reply reply = ask(question);
        for (int tries = 1; reply.code() == UNAVAILABLE && tries < TRIES; tries++) {
            pause();
            reply = ask(question);
        }
        Map<String, @Nullable Object> answer = tree(reply);
        if (reply.code() >= ERRORS_FROM) {
            boolean wrong =
                    reply.code() == HttpURLConnection.HTTP_NOT_FOUND || reply.code() == HttpURLConnection.HTTP_CONFLICT;
            throw place.error(
                    wrong ? CommandException.WRONG : CommandException.ENVIRONMENT,
                    "the controller was asked about the sync " + sync.name() + ": " + Tree.text(answer, "error"));
        }
        return answer;
    }

    private KubeCalls.Reply ask(String path) {
        Map<String, String> headers = Map.of(HEADER, token());
        if (!server.isEmpty()) {
            return direct(path, headers);
        }
        return place.ask(() -> place.calls().ask(new ObjectKey("", "Service", system, SERVICE), "http", path, headers));
    }

    private KubeCalls.Reply direct(String path, Map<String, String> headers) {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create(server + path).toURL().openConnection();
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            connection.setInstanceFollowRedirects(false); // Another place must not get the token.
            headers.forEach(connection::setRequestProperty);
            int code = connection.getResponseCode();
            try (InputStream stream = code >= ERRORS_FROM ? connection.getErrorStream() : connection.getInputStream()) {
                byte[] bytes = stream == null ? new byte[0] : stream.readAllBytes();
                return new KubeCalls.Reply(code, new String(bytes, StandardCharsets.UTF_8));
            }
        } catch (IOException | IllegalArgumentException | ClassCastException e) {
            throw place.error(
                    CommandException.ENVIRONMENT,
                    "the controller at " + server + " does not answer (" + e.getMessage()
                            + "); correct --server, or leave" + " it out to go through the API server");
        }
    }

    private String token() {
        String known = token;
        if (known == null) {
            String given = System.getenv().getOrDefault("PLUMBLINE_TOKEN", "");
            known = given.isEmpty() ? made() : given;
            token = known;
        }
        return known;
    }

    private String made() {
        try {
            return place.calls()
                    .token(new ObjectKey("", "ServiceAccount", place.namespace(), ACCOUNT), AUDIENCE, LIFETIME);
        } catch (ClusterException e) {
            String hint = switch (e.reason()) {
                case NOT_FOUND ->
                    "; `plumbline install --manage " + place.namespace()
                            + "` makes it, which every namespace needs whose syncs people ask about";
                case FORBIDDEN -> "; the ClusterRole plumbline-view holds it";
                default -> "";
            };
            throw place.error(CommandException.ENVIRONMENT, e.getMessage() + hint);
        }
    }

    private static Map<String, @Nullable Object> tree(KubeCalls.Reply reply) {
        try {
            return Json.parseObject(reply.body());
        } catch (JsonException e) {
            return Map.of("error", "HTTP " + reply.code() + ": " + reply.body().strip());
        }
    }

    private void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw place.error(CommandException.ENVIRONMENT, "asking the controller was interrupted");
        }
    }
}
