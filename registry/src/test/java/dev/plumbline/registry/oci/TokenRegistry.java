package dev.plumbline.registry.oci;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * Speaks the token flow of registries over real HTTP, as Docker Hub and ghcr.io do, and what lies between a client and a registry.
 * The registry itself is tested with a real one.
 */
public final class TokenRegistry implements AutoCloseable {

    private final HttpServer server;
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private volatile String there = "";
    private volatile String password = "";
    private volatile @Nullable String redirect;

    /** Starts on a free port of the loopback. */
    public TokenRegistry() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/v2/", this::registry);
        server.createContext("/token", this::token);
        server.start();
    }

    /** Host and port. */
    public String authority() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** Holds this digest. */
    public void holds(String digest) {
        there = digest;
    }

    /** Gives tokens only for this, as basic authentication has it. */
    void only(String basic) {
        password = basic;
    }

    /** Sends who asks for a manifest elsewhere. */
    void redirect(String address) {
        redirect = address;
    }

    /** The requests, with what they were authorized by. */
    List<String> asked() {
        return List.copyOf(asked);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void registry(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String authorization = authorization(exchange);
        String to = redirect;
        if (to != null && path.contains("/manifests/")) {
            exchange.getResponseHeaders().add("Location", to + path);
            answer(exchange, 307, "");
        } else if (!authorization.equals("Bearer given")) {
            exchange.getResponseHeaders()
                    .add(
                            "WWW-Authenticate",
                            "Bearer realm=\"http://" + authority()
                                    + "/token\",service=\"a registry\",scope=\"repository:team/steps:pull\"");
            answer(exchange, 401, "");
        } else {
            answer(exchange, path.equals("/v2/") || path.endsWith("/manifests/" + there) ? 200 : 404, "");
        }
    }

    private void token(HttpExchange exchange) throws IOException {
        String authorization = authorization(exchange);
        boolean may = password.isEmpty() || password.equals(authorization);
        answer(exchange, may ? 200 : 401, may ? "{\"access_token\": \"given\"}" : "{}");
    }

    private String authorization(HttpExchange exchange) {
        String authorization =
                Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst("Authorization"), "");
        asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + authorization);
        return authorization;
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, head || bytes.length == 0 ? -1 : bytes.length);
        if (!head && bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }
}
