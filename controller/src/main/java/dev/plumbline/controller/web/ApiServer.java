package dev.plumbline.controller.web;

import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.JsonException;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.net.BindException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An HTTP server on loopback. It answers only requests whose Host header is local (a page of another site cannot reach it by
 * a name of its own), and asks for the token on everything but GET.
 */
public final class ApiServer implements AutoCloseable {

    /** Most bytes of a request's body. */
    public static final long MAX_BODY_BYTES = 1024 * 1024;

    /** The header that carries a caller's token where {@code Authorization} does not arrive. */
    public static final String TOKEN_HEADER = "X-Plumbline-Token";

    private static final HeaderName TOKEN = HeaderNames.create(TOKEN_HEADER);
    private static final String BEARER = "Bearer ";
    private static final Logger LOG = LoggerFactory.getLogger(ApiServer.class);
    private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1", "[::1]");

    private final WebServer server;

    private ApiServer(WebServer server) {
        this.server = server;
    }

    /**
     * Starts a server.
     *
     * @param port loopback port; 0 for any free one
     * @param token what callers that change something must send as a bearer token
     * @param routes what it answers
     * @throws BindException when another program listens on the port
     */
    public static ApiServer start(int port, String token, List<Route> routes) throws BindException {
        HttpRouting.Builder routing = HttpRouting.builder();
        routing.addFilter((chain, request, response) -> admit(chain, request, response, token));
        return start("127.0.0.1", port, routing, routes);
    }

    /**
     * Starts a server that answers everybody who reaches it, and nothing that could change anything.
     *
     * @param host address to listen on
     * @param port its port; 0 for any free one
     * @param routes what it answers: questions only
     * @throws BindException when another program listens on the port
     */
    public static ApiServer startReadOnly(String host, int port, List<Route> routes) throws BindException {
        if (routes.stream().anyMatch(route -> route.method() != Route.Method.GET)) {
            throw new IllegalArgumentException("a read-only server answers questions only");
        }
        return start(host, port, HttpRouting.builder(), routes);
    }

    private static ApiServer start(String host, int port, HttpRouting.Builder routing, List<Route> routes)
            throws BindException {
        for (Route route : routes) {
            switch (route.method()) {
                case GET -> routing.get(route.path(), (request, response) -> answer(route, request, response));
                case POST -> routing.post(route.path(), (request, response) -> answer(route, request, response));
            }
        }
        WebServer server = WebServer.builder()
                .host(host)
                .port(port)
                .maxPayloadSize(MAX_BODY_BYTES)
                .shutdownHook(false)
                .addRouting(routing)
                .build()
                .start();
        // The server only logs that it could not listen, and answers a start all the same.
        if (!server.isRunning()) {
            throw new BindException("nobody can listen on port " + port + " now");
        }
        return new ApiServer(server);
    }

    /** The port that it listens on. */
    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.stop();
    }

    private static void admit(FilterChain chain, RoutingRequest request, RoutingResponse response, String token) {
        String host = request.headers().first(HeaderNames.HOST).orElse("");
        if (!LOCAL.contains(host.replaceAll(":\\d+$", ""))) {
            send(response, 403, error("this server answers local callers only; the Host header names another host"));
            return;
        }
        boolean reads = request.prologue().method().text().equals("GET");
        if (!reads
                && !tokenMatches(
                        request.headers().first(HeaderNames.AUTHORIZATION).orElse(""), token)) {
            send(response, 401, error("send the token of the data folder's file `token` as a bearer token"));
            return;
        }
        chain.proceed();
    }

    private static boolean tokenMatches(String header, String token) {
        return MessageDigest.isEqual(
                header.getBytes(StandardCharsets.UTF_8), ("Bearer " + token).getBytes(StandardCharsets.UTF_8));
    }

    @SuppressWarnings("IllegalCatch") // One of the three places that catch everything: a bug ends one request.
    private static void answer(Route route, ServerRequest request, ServerResponse response) {
        try {
            Object answer = route.handler().answer(read(request));
            if (answer instanceof Route.Text text) {
                response.header(HeaderNames.CONTENT_TYPE, text.type());
                response.send(text.text());
            } else {
                send(response, 200, answer);
            }
        } catch (ApiException e) {
            send(response, e.status(), error(e.getMessage()));
        } catch (RuntimeException e) {
            LOG.error("answering {} {} ended by a bug", route.method(), route.path(), e);
            send(response, 500, error("internal error; the log of this program has the details"));
        }
    }

    private static ApiRequest read(ServerRequest request) throws ApiException {
        Map<String, String> path = new HashMap<>();
        request.path()
                .pathParameters()
                .names()
                .forEach(name -> path.put(name, request.path().pathParameters().get(name)));
        Map<String, String> query = new HashMap<>();
        request.query()
                .names()
                .forEach(name -> query.put(name, request.query().first(name).orElse("")));
        Map<String, @Nullable Object> body = Map.of();
        if (request.content().hasEntity()) {
            String text = request.content().as(String.class);
            if (!text.isBlank()) {
                try {
                    body = Json.parseObject(text);
                } catch (JsonException e) {
                    throw ApiException.badRequest("the body is not a JSON object: " + e.getMessage());
                }
            }
        }
        return new ApiRequest(path, query, body, token(request));
    }

    /** An API server's proxy keeps {@code Authorization} for itself, so that callers through it use a header of ours. */
    private static ApiRequest.Token token(ServerRequest request) {
        String ours = request.headers().first(TOKEN).orElse("");
        String bearer = request.headers().first(HeaderNames.AUTHORIZATION).orElse("");
        boolean isBearer = bearer.regionMatches(true, 0, BEARER, 0, BEARER.length());
        return new ApiRequest.Token(
                ours.isEmpty() && isBearer ? bearer.substring(BEARER.length()).strip() : ours);
    }

    private static void send(ServerResponse response, int status, @Nullable Object tree) {
        response.status(Status.create(status));
        response.header(HeaderNames.CONTENT_TYPE, "application/json");
        response.send(Json.bytes(tree));
    }

    private static Map<String, @Nullable Object> error(@Nullable String message) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("error", message);
        return map;
    }
}
