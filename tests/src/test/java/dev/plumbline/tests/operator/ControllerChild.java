package dev.plumbline.tests.operator;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.controller.cli.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A {@code plumbline controller} in a JVM of its own, that can be killed. */
final class ControllerChild implements AutoCloseable {

    private final Process process;
    private final Path log;

    private ControllerChild(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Starts one that serves a desk's namespace, beside others of the same desk, on one Lease and one store. */
    static ControllerChild start(OperatorDesk desk, String... more) throws IOException {
        return start(desk, desk.store().toString(), Map.of(), more);
    }

    /** The same with another store, and with variables in its environment, which has none of AWS's else. */
    static ControllerChild start(OperatorDesk desk, String store, Map<String, String> environment, String... more)
            throws IOException {
        Path log = Files.createTempFile("plumbline-controller", ".log");
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "controller",
                "--kubeconfig",
                String.valueOf(desk.options("child").kubeconfig()),
                "-n",
                desk.namespace(),
                "--watch-namespaces",
                desk.namespace(),
                "--leader-elect-lease-duration",
                "1s",
                "--store",
                store,
                "--mirrors",
                Files.createTempDirectory(desk.store().getParent(), "mirrors").toString(),
                "--port",
                "0",
                "--allow-own-rights",
                "--allow-local-repositories"));
        line.addAll(List.of(more));
        ProcessBuilder builder =
                new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
        builder.environment().putAll(environment);
        return new ControllerChild(builder.start(), log);
    }

    boolean leads() throws IOException {
        return said().contains("this program leads (term");
    }

    /** Waits until it leads. */
    void awaitLead(OperatorDesk desk) throws Exception {
        desk.await("a controller leads", () -> {
            assertTrue(process.isAlive(), this::words);
            return leads();
        });
    }

    String said() throws IOException {
        return Files.readString(log);
    }

    private String words() {
        try {
            return said();
        } catch (IOException e) {
            return e.toString();
        }
    }

    void kill() throws InterruptedException {
        process.destroyForcibly();
        assertTrue(process.waitFor(10, TimeUnit.SECONDS));
    }

    /** Ends it as Kubernetes does. */
    void stop() throws InterruptedException {
        process.destroy();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), () -> "it ends cleanly: " + words());
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        Files.deleteIfExists(log);
    }
}
