package dev.plumbline.registry.mlflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.models.ModelRegistryException;
import dev.plumbline.registry.models.ModelVersion;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MlflowRegistryTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final StandInMlflow server = new StandInMlflow();
    private final MlflowRegistry registry = new MlflowRegistry(server.address(), TIMEOUT);

    MlflowRegistryTest() throws IOException {}

    @AfterEach
    void close() {
        registry.close();
        server.close();
    }

    @Test
    void findsAVersionWithItsRun() throws ModelRegistryException {
        server.register("churn & co", "2", "run-1");
        assertEquals(
                Optional.of(new ModelVersion("churn & co", "2", "models:/m-2", "run-1", Map.of())),
                registry.find("churn & co", "2"));
        assertEquals(Optional.empty(), registry.find("churn & co", "3"));
    }

    @Test
    void tagsTheVersionAndItsRunButLeavesGitTagsThatAreThere() throws ModelRegistryException {
        server.register("churn", "2", "run-1");
        server.run("run-1").put("mlflow.source.git.commit", "of the training code");
        ModelVersion version = registry.find("churn", "2").orElseThrow();
        registry.tag(version, Map.of("plumbline.dev/commit", "c0ffee", "mlflow.source.git.commit", "c0ffee"));
        assertEquals("c0ffee", server.version("churn", "2").get("plumbline.dev/commit"));
        assertEquals("c0ffee", server.version("churn", "2").get("mlflow.source.git.commit"));
        assertEquals(
                Map.of("plumbline.dev/commit", "c0ffee", "mlflow.source.git.commit", "of the training code"),
                server.run("run-1"));
        registry.tag(registry.find("churn", "2").orElseThrow(), Map.of("mlflow.source.git.commit", "later"));
        assertEquals("c0ffee", server.version("churn", "2").get("mlflow.source.git.commit"));
    }

    @Test
    void aServerThatIsBusyIsWorthAnotherTry() {
        server.failNext(1);
        ModelRegistryException busy = assertThrows(ModelRegistryException.class, () -> registry.find("churn", "2"));
        assertTrue(busy.retryable());
        assertTrue(String.valueOf(busy.getMessage()).contains("503 TEMPORARILY_UNAVAILABLE busy"), busy.getMessage());
    }

    @Test
    void aServerThatIsAwayIsWorthAnotherTryAndNoSecretIsShown() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        try (MlflowRegistry away = new MlflowRegistry(URI.create("http://127.0.0.1:" + port), TIMEOUT)) {
            ModelRegistryException e = assertThrows(ModelRegistryException.class, () -> away.find("churn", "2"));
            assertTrue(e.retryable());
            assertFalse(String.valueOf(e.getMessage()).contains("@"), e.getMessage());
        }
    }

    @Test
    void aServerThatNeverAnswersIsGivenUpInTime() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                MlflowRegistry waiting = new MlflowRegistry(
                        URI.create("http://127.0.0.1:" + silent.getLocalPort()), Duration.ofMillis(200))) {
            assertTrue(assertThrows(ModelRegistryException.class, () -> waiting.find("churn", "2"))
                    .retryable());
        }
    }

    @Test
    void tagsOfAVersionThatIsGoneAreRefusedForGood() {
        ModelVersion gone = new ModelVersion("churn", "9", "", "", Map.of());
        assertFalse(assertThrows(
                        ModelRegistryException.class,
                        () -> registry.tag(gone, Map.of("plumbline.dev/commit", "c0ffee")))
                .retryable());
    }
}
