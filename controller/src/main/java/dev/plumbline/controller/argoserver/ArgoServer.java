package dev.plumbline.controller.argoserver;

import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.live.ClusterException.Reason;
import dev.plumbline.controller.live.RunArchive;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.JsonException;
import dev.plumbline.registry.json.Tree;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The archive behind an Argo Server. It is asked with a bearer token that is read anew for each question, since projected tokens
 * change; neither the token nor the text of an answer is in any message.
 */
public final class ArgoServer implements RunArchive, AutoCloseable {

    /** Most bytes of one answer: 64 MiB. */
    static final int MOST_BYTES = 64 << 20;

    private static final int PAGE = 200;
    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int TOO_MANY = 429;
    private static final int SERVER_ERROR = 500;
    private static final String PATH = "/api/v1/archived-workflows";

    private final URI address;
    private final @Nullable Path token;
    private final Duration timeout;
    private final HttpClient client;

    /**
     * Asks nothing yet.
     *
     * @param address {@code http(s)://host:port}, with the path below which it serves, if any
     * @param token a file that holds the bearer token; null to send none
     * @param timeout how long a question may take
     * @throws IllegalArgumentException when the address is none, with a message for whoever gave it
     */
    public ArgoServer(URI address, @Nullable Path token, Duration timeout) {
        boolean http = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
        if (!http || address.getHost() == null || address.getRawUserInfo() != null || address.getRawQuery() != null) {
            throw new IllegalArgumentException(
                    "'" + (address.getRawUserInfo() == null ? address : address.getHost())
                            + "' is no address of an Argo Server; write https://HOST:PORT, such as https://argo-server.argo:2746");
        }
        this.address = address;
        this.token = token;
        this.timeout = timeout;
        this.client = HttpClient.newBuilder().connectTimeout(timeout).build();
    }

    @Override
    public List<String> began(String namespace, Instant from) throws ClusterException {
        List<String> uids = new ArrayList<>();
        String next = "";
        do {
            // The archive compares with ">" and knows whole seconds.
            Instant before = from.truncatedTo(ChronoUnit.SECONDS).minusSeconds(1);
            Map<String, @Nullable Object> page = ask(PATH + "?namespace=" + encoded(namespace)
                            + "&listOptions.fieldSelector=" + encoded("spec.startedAt>" + before)
                            + "&listOptions.limit=" + PAGE
                            + (next.isEmpty() ? "" : "&listOptions.continue=" + encoded(next)))
                    .orElseThrow(() -> failed(
                            Reason.UNSUPPORTED,
                            "it has no archive",
                            "see that the address is Argo Server's and that Argo's persistence has archive: true"));
            for (Map<String, @Nullable Object> run : Tree.maps(page, "items")) {
                uids.add(Tree.text(run, "metadata", "uid"));
            }
            next = Tree.text(page, "metadata", "continue");
        } while (!next.isEmpty() && uids.size() < MAX_RUNS);
        return List.copyOf(uids.subList(0, Math.min(uids.size(), MAX_RUNS)));
    }

    @Override
    public Optional<Map<String, @Nullable Object>> run(String namespace, String uid) throws ClusterException {
        return ask(PATH + "/" + encoded(uid) + "?namespace=" + encoded(namespace))
                .filter(run -> Tree.text(run, "metadata", "uid").equals(uid)
                        && Tree.text(run, "metadata", "namespace").equals(namespace));
    }

    @Override
    public Optional<Map<String, @Nullable Object>> whole(String namespace, String name, String uid)
            throws ClusterException {
        return ask("/api/v1/workflows/" + encoded(namespace) + "/" + encoded(name) + "?uid=" + encoded(uid))
                .filter(run -> Tree.text(run, "metadata", "uid").equals(uid));
    }

    @Override
    public String name() {
        return "Argo Server at " + address;
    }

    @Override
    public void close() {
        client.shutdownNow();
        client.close();
    }

    private Optional<Map<String, @Nullable Object>> ask(String question) throws ClusterException {
        String base = address.toString();
        URI uri = URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + question);
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri).timeout(timeout).header("Accept", "application/json");
        String secret = secret();
        if (!secret.isEmpty()) {
            request.header("Authorization", "Bearer " + secret);
        }
        try {
            HttpResponse<InputStream> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                if (answer.statusCode() == NOT_FOUND) {
                    return Optional.empty();
                }
                if (answer.statusCode() != OK) {
                    throw refused(answer.statusCode());
                }
                byte[] bytes = body.readNBytes(MOST_BYTES + 1);
                if (bytes.length > MOST_BYTES) {
                    throw failed(Reason.INVALID, "its answer has more than " + MOST_BYTES + " bytes", "it is left out");
                }
                return Optional.of(Json.parseObject(bytes));
            }
        } catch (JsonException e) {
            throw failed(Reason.INVALID, "its answer is no JSON", "see that the address is Argo Server's");
        } catch (IOException e) {
            String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            throw failed(Reason.UNAVAILABLE, why, "see that it runs and can be reached");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(Reason.UNAVAILABLE, "it was stopped while waiting", "it is tried again");
        }
    }

    private String secret() throws ClusterException {
        if (token == null) {
            return "";
        }
        try {
            return Files.readString(token).strip();
        } catch (IOException e) {
            throw failed(
                    Reason.UNAVAILABLE,
                    "the token cannot be read: " + e.getClass().getSimpleName() + ": " + e.getMessage(),
                    "see that the file is there");
        }
    }

    private ClusterException refused(int status) {
        String why = "its answer was " + status;
        return switch (status) {
            case UNAUTHORIZED, FORBIDDEN ->
                failed(Reason.FORBIDDEN, why, "give --argo-server-token a token that may get and list workflows there");
            default ->
                status == TOO_MANY || status >= SERVER_ERROR
                        ? failed(Reason.UNAVAILABLE, why, "see its log")
                        : failed(Reason.INVALID, why, "see that the address is Argo Server's");
        };
    }

    private ClusterException failed(Reason reason, String why, String act) {
        return new ClusterException(
                reason, null, "tried to ask " + name() + " for runs, failed because " + why + "; " + act);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
