package dev.plumbline.controller.kube;

import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.JsonException;
import dev.plumbline.registry.model.ObjectKey;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.InputStream;
import java.net.URLEncoder;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Requests to one API server, each bounded in time. A request that the server turned away because it is busy (429) was not looked at:
 * it is sent again when the server says, within a bound. Nothing else is tried twice: the caller knows what may be repeated.
 */
final class KubeHttp {

    /** Longest wait for an answer. */
    static final Duration TIMEOUT = Duration.ofSeconds(30);

    /** Longest time in which one request is sent again while the server is busy. */
    static final Duration BUSY = Duration.ofSeconds(30);

    /**
     * Most requests at once, those of all users together: more of them make an API server slower, and over HTTP/1.1 each would open a
     * connection of its own, whose handshake costs both sides more than the request.
     */
    static final int AT_ONCE = 64;

    private static final int TOO_MANY_REQUESTS = 429;
    private static final Duration UNSAID = Duration.ofSeconds(1);

    private final HttpClient http;
    private final String base;
    private final String user;
    private final Semaphore room;
    private final Duration longest;

    KubeHttp(KubernetesClient client) {
        this(client.getHttpClient(), base(client.getMasterUrl().toString()), "", new Semaphore(AT_ONCE, true), TIMEOUT);
    }

    private KubeHttp(HttpClient http, String base, String user, Semaphore room, Duration longest) {
        this.http = http;
        this.base = base;
        this.user = user;
        this.room = room;
        this.longest = longest;
    }

    private static String base(String url) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    /** The same in the name of a user (Kubernetes "User impersonation"). */
    KubeHttp as(String other) {
        return new KubeHttp(http, base, other, room, longest);
    }

    /** The same with places of its own: its requests wait for nobody else's. */
    KubeHttp apart() {
        return new KubeHttp(http, base, user, new Semaphore(AT_ONCE, true), longest);
    }

    /** The same for what is of no use later: an answer, and a server that is busy, are waited for this long at most. */
    KubeHttp within(Duration patience) {
        return new KubeHttp(http, base, user, room, patience);
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                http.newHttpRequestBuilder().uri(base + path).setHeader("Accept", "application/json");
        return user.isEmpty() ? request : request.setHeader("Impersonate-User", user);
    }

    /** An answer. */
    record Answer(int code, String body) {
        boolean good() {
            return code >= 200 && code < 300;
        }

        Map<String, @Nullable Object> object(String doing) throws ClusterException {
            try {
                return Json.parseObject(body);
            } catch (JsonException e) {
                throw unavailable(doing, null, "the answer is not JSON: " + e.getMessage());
            }
        }
    }

    Answer get(String doing, @Nullable ObjectKey key, String path) throws ClusterException {
        return send(doing, key, request(path));
    }

    /** The same with further headers, of what may take another time to answer than the API server itself. */
    Answer get(String doing, @Nullable ObjectKey key, String path, Map<String, String> headers, Duration patience)
            throws ClusterException {
        HttpRequest.Builder request = request(path);
        headers.forEach(request::setHeader);
        return send(doing, key, request, patience);
    }

    /** Sends a body. */
    Answer send(String doing, @Nullable ObjectKey key, String method, String path, String contentType, String body)
            throws ClusterException {
        return send(doing, key, request(path).method(method, contentType, body));
    }

    private Answer send(String doing, @Nullable ObjectKey key, HttpRequest.Builder request) throws ClusterException {
        return send(doing, key, request, longest);
    }

    private Answer send(String doing, @Nullable ObjectKey key, HttpRequest.Builder request, Duration patience)
            throws ClusterException {
        HttpRequest built =
                request.timeout(patience.toMillis(), TimeUnit.MILLISECONDS).build();
        Duration busy = longest.compareTo(BUSY) < 0 ? longest : BUSY;
        Duration waited = Duration.ZERO;
        while (true) {
            HttpResponse<String> response = inTurn(doing, key, built, patience);
            Duration wait = response.code() == TOO_MANY_REQUESTS ? retryAfter(response) : Duration.ZERO;
            waited = waited.plus(wait);
            if (response.code() != TOO_MANY_REQUESTS || waited.compareTo(busy) > 0) {
                return new Answer(response.code(), response.body() == null ? "" : response.body());
            }
            pause(doing, key, wait);
        }
    }

    private HttpResponse<String> inTurn(String doing, @Nullable ObjectKey key, HttpRequest request, Duration patience)
            throws ClusterException {
        try {
            if (!room.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw unavailable(
                        doing, key, AT_ONCE + " other requests had no answer within " + patience.toSeconds() + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable(doing, key, "the wait for other requests was interrupted");
        }
        try {
            return await(doing, key, http.sendAsync(request, String.class), patience);
        } finally {
            room.release();
        }
    }

    /** When the server wants to be asked again, spread a little so that those who wait do not come back together. */
    private static Duration retryAfter(HttpResponse<?> response) {
        String said = response.header("Retry-After");
        Duration wait =
                said != null && said.matches("[1-9][0-9]{0,5}") ? Duration.ofSeconds(Long.parseLong(said)) : UNSAID;
        return wait.plusMillis(ThreadLocalRandom.current().nextLong(UNSAID.toMillis() / 2));
    }

    private static void pause(String doing, @Nullable ObjectKey key, Duration wait) throws ClusterException {
        try {
            Thread.sleep(wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable(doing, key, "the API server is busy and the wait was interrupted");
        }
    }

    /** Opens a stream of lines. */
    HttpResponse<InputStream> stream(String doing, String path) throws ClusterException {
        HttpRequest streaming = request(path).forStreaming().build();
        return await(doing, null, http.sendAsync(streaming, InputStream.class), longest);
    }

    private static <T> T await(String doing, @Nullable ObjectKey key, CompletableFuture<T> answer, Duration patience)
            throws ClusterException {
        try {
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw unavailable(doing, key, "the wait for the answer was interrupted");
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw late(doing, key, patience);
        } catch (ExecutionException e) {
            // The client may notice first that the time is over.
            boolean late = e.getCause() instanceof HttpTimeoutException
                    && !(e.getCause() instanceof HttpConnectTimeoutException);
            throw late
                    ? late(doing, key, patience)
                    : unavailable(doing, key, "the API server could not be reached: " + e.getCause());
        }
    }

    private static ClusterException late(String doing, @Nullable ObjectKey key, Duration patience) {
        return unavailable(doing, key, "the API server did not answer within " + patience.toSeconds() + " s");
    }

    static ClusterException unavailable(String doing, @Nullable ObjectKey key, String why) {
        return new ClusterException(
                ClusterException.Reason.UNAVAILABLE,
                key,
                doing + " " + (key == null ? "the cluster" : key.toString()) + " failed, because " + why
                        + "; try again later");
    }

    /** A text as part of a URL. */
    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
