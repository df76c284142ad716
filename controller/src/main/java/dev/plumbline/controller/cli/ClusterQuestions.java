package dev.plumbline.controller.cli;

import dev.plumbline.controller.kube.KubeCalls;
import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.registry.model.SyncId;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
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
    private static final int CONNECT_MILLIS = 30_000;

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
        long end = System.nanoTime() + ApiReply.PATIENCE.toNanos();
        ApiReply reply = ask(question);
        // Nothing else is asked again: what failed for good fails again.
        for (int tries = 1; reply.unavailable() && tries < TRIES && System.nanoTime() < end; tries++) {
            pause();
            reply = ask(question);
        }
        if (reply.failed()) {
            throw place.error(
                    reply.exitCode(), "the controller was asked about the sync " + sync.name() + ": " + reply.error());
        }
        return reply.answer();
    }

    private ApiReply ask(String path) {
        Map<String, String> headers = Map.of(HEADER, token());
        if (!server.isEmpty()) {
            return direct(path, headers);
        }
        KubeCalls.Reply reply = place.ask(() -> place.calls()
                .ask(new ObjectKey("", "Service", system, SERVICE), "http", path, headers, ApiReply.PATIENCE));
        return new ApiReply(reply.code(), reply.body());
    }

    private ApiReply direct(String path, Map<String, String> headers) {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create(server + path).toURL().openConnection();
            connection.setConnectTimeout(CONNECT_MILLIS);
            connection.setReadTimeout((int) ApiReply.PATIENCE.toMillis());
            connection.setInstanceFollowRedirects(false); // Another place must not get the token.
            headers.forEach(connection::setRequestProperty);
            return ApiReply.over(connection);
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

    private void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw place.error(CommandException.ENVIRONMENT, "asking the controller was interrupted");
        }
    }
}
