package dev.plumbline.controller.kube;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.live.Patience;
import dev.plumbline.registry.model.ObjectKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the adapter takes the answers of a server that is busy or broken. */
class BusyServerTest {

    private static final ObjectKey KEY = new ObjectKey("", "ConfigMap", "n", "a");
    private static final String KINDS =
            "{\"resources\":[{\"name\":\"configmaps\",\"kind\":\"ConfigMap\",\"namespaced\":true}]}";

    @TempDir
    Path folder;

    private final AtomicInteger asked = new AtomicInteger();
    private final Deque<Answer> answers = new ConcurrentLinkedDeque<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer server;
    private KubeCluster cluster;

    private record Answer(int code, String retryAfter, String body) {}

    @BeforeEach
    void start() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
        Path config = folder.resolve("kubeconfig");
        Files.writeString(config, """
            apiVersion: v1
            kind: Config
            clusters: [{name: c, cluster: {server: "http://127.0.0.1:%d"}}]
            users: [{name: u, user: {}}]
            contexts: [{name: x, context: {cluster: c, user: u}}]
            current-context: x
            """.formatted(server.getAddress().getPort()));
        cluster = KubeCluster.open(config, InstantSource.system());
    }

    @AfterEach
    void stop() {
        cluster.close();
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void aBusyServerIsAskedAgainWhenItSays() throws Exception {
        answers.addAll(List.of(new Answer(429, "1", "{}"), new Answer(200, "", "{\"metadata\":{\"name\":\"a\"}}")));
        long begun = System.nanoTime();
        assertTrue(cluster.get(KEY).isPresent());
        assertEquals(2, asked.get());
        assertTrue(System.nanoTime() - begun >= Duration.ofSeconds(1).toNanos());
    }

    @Test
    void aWaitLongerThanTheBoundIsNotWaited() {
        answers.add(new Answer(429, "3600", "{}"));
        ClusterException e = assertThrows(ClusterException.class, () -> cluster.get(KEY));
        assertEquals(ClusterException.Reason.UNAVAILABLE, e.reason());
        assertEquals(1, asked.get());
    }

    @Test
    void aValueThatCannotBeConvertedIsInvalidAndNotABusyServer() {
        answers.add(new Answer(
                500,
                "",
                "{\"kind\":\"Status\",\"code\":500,\"message\":\"unable to convert unstructured object to /v1,"
                        + " Kind=ConfigMap: bad\"}"));
        ClusterException e = assertThrows(ClusterException.class, () -> cluster.get(KEY));
        assertEquals(ClusterException.Reason.INVALID, e.reason());
    }

    @Test
    void aLeaseIsRenewedWhileAllPlacesOfTheOthersAreTaken() throws Exception {
        CountDownLatch hold = new CountDownLatch(1);
        AtomicInteger held = new AtomicInteger();
        server.createContext("/api/v1/namespaces/slow", exchange -> {
            held.incrementAndGet();
            try {
                hold.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });
        cluster.get(known());
        try (ExecutorService askers = Executors.newVirtualThreadPerTaskExecutor()) {
            ObjectKey slow = new ObjectKey("", "ConfigMap", "slow", "a");
            for (int i = 0; i < KubeHttp.AT_ONCE + 5; i++) {
                var _ = askers.submit(() -> cluster.get(slow));
            }
            Patience.until(() -> held.get() == KubeHttp.AT_ONCE);
            assertTrue(cluster.apart().get(known()).isPresent());
            Future<Boolean> waiting = askers.submit(() -> cluster.get(known()).isPresent());
            assertThrows(TimeoutException.class, () -> waiting.get(300, TimeUnit.MILLISECONDS));
            assertEquals(KubeHttp.AT_ONCE, held.get());
            hold.countDown();
            assertTrue(waiting.get());
        }
    }

    private ObjectKey known() {
        answers.add(new Answer(200, "", "{\"metadata\":{\"name\":\"a\"}}"));
        return KEY;
    }

    private void answer(HttpExchange exchange) throws IOException {
        Answer answer = new Answer(200, "", KINDS);
        if (!exchange.getRequestURI().getPath().equals("/api/v1")) {
            asked.incrementAndGet();
            answer = answers.remove();
        }
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        if (!answer.retryAfter().isEmpty()) {
            exchange.getResponseHeaders().set("Retry-After", answer.retryAfter());
        }
        exchange.sendResponseHeaders(answer.code(), body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
