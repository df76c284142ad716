package dev.plumbline.controller.local.serving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.json.Tree;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong around a model that is served. */
class ServingTroubleTest {

    @TempDir
    private Path data;

    @Test
    void aSpecThatChangesWhileItsModelIsLoadedIsTakenUpAtOnce() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch asked = new CountDownLatch(1);
        try (ServingBench bench = new ServingBench(data)) {
            bench.models.createContext("/held", exchange -> {
                asked.countDown();
                try {
                    release.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                exchange.close();
            });
            bench.apply(bench.uri("held"), "sklearn");
            asked.await();
            bench.apply(bench.uri("5"), "sklearn");
            Map<String, @Nullable Object> object = bench.await(ServingBench.is("UpToDate"));
            assertTrue(bench.predict(Tree.text(object, "status", "url")).contains("[5]"));
        } finally {
            release.countDown();
        }
    }

    @Test
    void aServerThatEndsIsStartedAnewAfterAPause() throws Exception {
        try (ServingBench bench = new ServingBench(data)) {
            bench.apply(bench.uri("4"), "sklearn");
            bench.await(ServingBench.is("UpToDate"));
            ProcessHandle first = bench.process("4");
            long killed = System.nanoTime();
            first.destroyForcibly();
            Map<String, @Nullable Object> object = bench.await(ServingBench.is("BlockedByFailedLoad"));
            String why = Tree.text(object, "status", "modelStatus", "lastFailureInfo", "message");
            assertTrue(why.startsWith("the model server ended; its log is "), why);
            assertEquals("False", ServingBench.condition(object, "Ready"));
            bench.await(ServingBench.is("UpToDate"));
            assertTrue(System.nanoTime() - killed >= 1_000_000_000L, "started without a pause");
        }
    }

    @Test
    void aModelGetsNothingOfTheEnvironmentOfThisProgram() throws Exception {
        try (ServingBench bench = new ServingBench(data)) {
            bench.apply(bench.uri("6"), "sklearn");
            bench.await(ServingBench.is("UpToDate"));
            Path environ = Path.of("/proc", Long.toString(bench.process("6").pid()), "environ");
            Set<String> names = new TreeSet<>();
            for (String variable :
                    Files.readString(environ, StandardCharsets.ISO_8859_1).split("\0", -1)) {
                if (!variable.isEmpty()) {
                    names.add(variable.substring(0, variable.indexOf('=')));
                }
            }
            names.remove("LC_CTYPE"); // Python's own.
            assertEquals(Set.of("HOME", "LANG", "PATH", "PYTHONPATH"), names);
        }
    }

    @Test
    void anAddressThatDoesNotOpenIsTriedAgain() throws Exception {
        Path blocked = Files.writeString(data.resolve("serving"), "in the way");
        try (ServingBench bench = new ServingBench(data)) {
            bench.apply(bench.uri("8"), "sklearn");
            Map<String, @Nullable Object> object = bench.await(ServingBench.is("BlockedByFailedLoad"));
            assertEquals("", Tree.text(object, "status", "url"));
            Files.delete(blocked);
            bench.await(ServingBench.is("UpToDate"));
        }
    }

    @Test
    void anAddressWithoutAModelKeepsNoSocket() throws Exception {
        try (Gateway gateway = Gateway.open(0)) {
            gateway.to(closedPort());
            for (int i = 0; i < 20; i++) {
                try (Socket caller = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
                    assertEquals(-1, caller.getInputStream().read());
                } catch (IOException e) {
                    assertTrue(String.valueOf(e.getMessage()).contains("reset"), e.toString());
                }
            }
            long end = System.nanoTime() + ServingBench.PATIENCE.toNanos();
            while (gateway.sockets() > 0 && System.nanoTime() < end) {
                Thread.sleep(10);
            }
            assertEquals(0, gateway.sockets());
        }
    }

    private static int closedPort() throws IOException {
        try (Gateway other = Gateway.open(0)) {
            return other.port();
        }
    }
}
