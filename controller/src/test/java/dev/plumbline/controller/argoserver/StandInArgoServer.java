package dev.plumbline.controller.argoserver;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.Tree;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * Answers as Argo Server 4.1.4 does where its archive is asked ({@code server/workflowarchive}): lists newest first, without nodes, by
 * namespace and start, page by page; and one by uid. It holds what a test puts into it.
 */
public final class StandInArgoServer implements AutoCloseable {

    /** The token that it wants. */
    public static final String TOKEN = "canary-token";

    private final List<Map<String, @Nullable Object>> runs = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private volatile int status = 200;

    /** Starts one that holds nothing. */
    public StandInArgoServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/api/v1/archived-workflows", this::answer);
        server.createContext("/api/v1/workflows", this::workflow);
        server.start();
    }

    /** Where it is. */
    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Archives a Workflow object. */
    public void archive(Map<String, @Nullable Object> workflow) {
        runs.add(workflow);
    }

    /** From now on it answers with this status; 200 for what was asked. */
    public void says(int code) {
        status = code;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        boolean known = ("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"));
        if (status != 200 || !known) {
            send(exchange, status == 200 ? 401 : status, Map.of("message", "canary-answer"));
            return;
        }
        Map<String, String> query = query(exchange);
        List<Map<String, @Nullable Object>> all = runs.stream()
                .filter(run -> Tree.text(run, "metadata", "namespace").equals(query.get("namespace")))
                .sorted(Comparator.comparing(
                                (Map<String, @Nullable Object> run) -> Tree.text(run, "status", "startedAt"))
                        .reversed())
                .toList();
        String path = exchange.getRequestURI().getPath();
        String uid = path.substring(path.lastIndexOf('/') + 1);
        if (!uid.equals("archived-workflows")) {
            var found = all.stream()
                    .filter(run -> Tree.text(run, "metadata", "uid").equals(uid))
                    .findFirst();
            send(exchange, found.isEmpty() ? 404 : 200, found.orElse(Map.of("code", 5L)));
            return;
        }
        send(exchange, 200, page(all, query));
    }

    /** A Workflow that is in the cluster, with its nodes. */
    private void workflow(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        var found = runs.stream()
                .filter(run -> path.endsWith(
                        "/" + Tree.text(run, "metadata", "namespace") + "/" + Tree.text(run, "metadata", "name")))
                .findFirst();
        boolean answers = status == 200;
        send(exchange, answers ? found.isEmpty() ? 404 : 200 : status, found.orElse(Map.of("code", 5L)));
    }

    private static Map<String, @Nullable Object> page(
            List<Map<String, @Nullable Object>> all, Map<String, String> query) {
        Instant after = Instant.parse(
                query.getOrDefault("listOptions.fieldSelector", "").replace("spec.startedAt>", ""));
        int limit = Integer.parseInt(query.getOrDefault("listOptions.limit", "0"));
        int offset = Integer.parseInt(query.getOrDefault("listOptions.continue", "0"));
        List<Map<String, @Nullable Object>> begun = all.stream()
                .filter(run ->
                        Instant.parse(Tree.text(run, "status", "startedAt")).isAfter(after))
                .toList();
        List<@Nullable Object> items = new ArrayList<>();
        for (Map<String, @Nullable Object> run :
                begun.subList(Math.min(offset, begun.size()), Math.min(offset + limit, begun.size()))) {
            Map<String, @Nullable Object> item = Tree.copy(run);
            Tree.map(item, "status").remove("nodes");
            items.add(item);
        }
        Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
        if (offset + limit < begun.size()) {
            metadata.put("continue", String.valueOf(offset + limit));
        }
        Map<String, @Nullable Object> page = new LinkedHashMap<>();
        page.put("metadata", metadata);
        page.put("items", items.isEmpty() ? null : items);
        return page;
    }

    private static Map<String, String> query(HttpExchange exchange) {
        Map<String, String> query = new HashMap<>();
        for (String pair :
                String.valueOf(exchange.getRequestURI().getRawQuery()).split("&", -1)) {
            String[] words = pair.split("=", 2);
            query.put(words[0], words.length < 2 ? "" : URLDecoder.decode(words[1], StandardCharsets.UTF_8));
        }
        return query;
    }

    private static void send(HttpExchange exchange, int code, Map<String, ?> body) throws IOException {
        byte[] bytes = Json.bytes(body);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(code, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
