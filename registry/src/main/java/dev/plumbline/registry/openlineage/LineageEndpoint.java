package dev.plumbline.registry.openlineage;

import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.lineage.LineageException;
import dev.plumbline.registry.lineage.LineageSink;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Posts events to an HTTP endpoint, one each. Neither the key nor an answer's text is in any message. */
final class LineageEndpoint implements LineageSink {

    /** Where OpenLineage's own clients post to when only a host is given. */
    private static final String PATH = "/api/v1/lineage";

    private static final int OK = 200;
    private static final int REDIRECT = 300;

    /** Answers that find fault with the event itself, so that it is not posted again. */
    private static final Set<Integer> REFUSED = Set.of(400, 413, 422);

    private final URI address;
    private final String key;
    private final Duration timeout;
    private final HttpClient client;

    LineageEndpoint(URI address, String key, Duration timeout) {
        String path = address.getRawPath();
        this.address = path.isEmpty() || path.equals("/") ? address.resolve(PATH) : address;
        this.key = key;
        this.timeout = timeout;
        this.client = HttpClient.newBuilder().connectTimeout(timeout).build();
    }

    @Override
    public void send(List<Map<String, @Nullable Object>> events) throws LineageException {
        for (Map<String, @Nullable Object> event : events) {
            HttpRequest.Builder request = HttpRequest.newBuilder(address)
                    .timeout(timeout)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(Json.bytes(event)));
            if (!key.isEmpty()) {
                request.header("Authorization", "Bearer " + key);
            }
            int status = post(request.build());
            if (status < OK || status >= REDIRECT) {
                throw failed(
                        "its answer was " + status,
                        REFUSED.contains(status) ? "see in its log why" : "see that it is the right address and key",
                        !REFUSED.contains(status));
            }
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
        client.close();
    }

    private int post(HttpRequest request) throws LineageException {
        try {
            return client.send(request, BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            throw failed(why, "see that it runs and can be reached", true);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed("it was stopped while waiting", "it is tried again", true);
        }
    }

    private LineageException failed(String why, String act, boolean retryable) {
        return new LineageException(
                "tried to post an OpenLineage event to " + address + ", failed because " + why + "; " + act, retryable);
    }
}
