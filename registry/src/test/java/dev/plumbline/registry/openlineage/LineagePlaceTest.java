package dev.plumbline.registry.openlineage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.lineage.LineageException;
import dev.plumbline.registry.lineage.LineageSink;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LineagePlaceTest {

    private static final List<Map<String, @Nullable Object>> EVENTS =
            List.of(Map.of("eventType", "START"), Map.of("eventType", "COMPLETE"));

    private final List<String> posted = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private volatile int status = 201;

    LineagePlaceTest() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            posted.add(exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Authorization") + " " + body);
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void eventsArePostedInOrderToWhereClientsPostThem() throws Exception {
        try (LineageSink sink = LineagePlace.of(address(""), "")) {
            sink.send(EVENTS);
        }
        try (LineageSink sink = LineagePlace.of(address("/of/mine"), "hunter2")) {
            sink.send(EVENTS.subList(0, 1));
        }
        assertEquals(
                List.of(
                        "/api/v1/lineage null {\"eventType\":\"START\"}",
                        "/api/v1/lineage null {\"eventType\":\"COMPLETE\"}",
                        "/of/mine Bearer hunter2 {\"eventType\":\"START\"}"),
                posted);
    }

    @ParameterizedTest
    @CsvSource({
        "400, false",
        "413, false",
        "422, false",
        "301, true",
        "401, true",
        "404, true",
        "429, true",
        "503, true"
    })
    void anAnswerSaysWhetherItIsWorthTryingAgain(int answer, boolean retryable) {
        status = answer;
        try (LineageSink sink = LineagePlace.of(address(""), "hunter2")) {
            LineageException failed = assertThrows(LineageException.class, () -> sink.send(EVENTS));
            assertEquals(retryable, failed.retryable());
            assertTrue(String.valueOf(failed.getMessage()).contains(String.valueOf(answer)), failed.getMessage());
            assertFalse(String.valueOf(failed.getMessage()).contains("hunter2"), failed.getMessage());
        }
        assertEquals(1, posted.size(), "no event after the one that was not taken");
    }

    @Test
    void anEndpointThatIsAwayIsTriedAgain() {
        server.stop(0);
        try (LineageSink sink = LineagePlace.of(address(""), "")) {
            assertTrue(assertThrows(LineageException.class, () -> sink.send(EVENTS))
                    .retryable());
        }
    }

    @Test
    void aFileHasOneEventALine(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("events.jsonl");
        try (LineageSink sink = LineagePlace.of(file.toString(), "")) {
            sink.send(EVENTS);
            sink.send(EVENTS.subList(0, 1));
        }
        List<String> lines = Files.readAllLines(file);
        assertEquals(3, lines.size());
        assertEquals(EVENTS.getLast(), Json.parse(lines.get(1)));
        try (LineageSink nowhere =
                LineagePlace.of(folder.resolve("none/events.jsonl").toString(), "")) {
            assertTrue(assertThrows(LineageException.class, () -> nowhere.send(EVENTS))
                    .retryable());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://ann:hunter2@example.com", "https://example.com?key=hunter2", "http://", "http://a b"})
    void anAddressHoldsNoSecret(String place) {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> LineagePlace.of(place, ""));
        assertFalse(String.valueOf(refused.getMessage()).contains("hunter2"), refused.getMessage());
    }

    private String address(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }
}
