package dev.plumbline.tests.scenario;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** A {@code plumbline up} in a JVM of its own, that can be killed. */
final class Child implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final Path log;
    private final Path data;

    private Child(Process process, Path log, Path data) {
        this.process = process;
        this.log = log;
        this.data = data;
    }

    /** Starts one on a desk's repository and data folder, with more options. */
    static Child start(Desk desk, String... more) throws IOException {
        Files.createDirectories(desk.data());
        Files.deleteIfExists(desk.data().resolve("up.json"));
        Path log = Files.createTempFile("plumbline-child", ".log");
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.plumbline.controller.cli.Main",
                "up",
                "--repo",
                desk.repository().toString(),
                "--trust-steps",
                "--port",
                "0",
                "--interval",
                "100ms",
                "--data",
                desk.data().toString()));
        line.addAll(List.of(more));
        Process process = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        return new Child(process, log, desk.data());
    }

    /** Waits until its API is announced and nothing is being applied. */
    void awaitReady() {
        await("the API is announced", () -> Files.exists(data.resolve("up.json")) && said().contains("API on"));
    }

    /** Waits until it has said something; the empty text is said at once. */
    void awaitLine(String part) {
        await("it says " + part, () -> said().contains(part));
    }

    long pid() {
        return process.pid();
    }

    void kill() throws InterruptedException {
        process.destroyForcibly();
        assertTrue(process.waitFor(10, TimeUnit.SECONDS));
    }

    /** Ends it as Ctrl-C does. */
    void stop() throws InterruptedException {
        process.destroy();
        assertTrue(process.waitFor(30, TimeUnit.SECONDS), "it ends cleanly: " + said());
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        Files.deleteIfExists(log);
    }

    /** Command lines of processes that know a data folder. */
    static List<String> leftovers(Path data) throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            for (Path each : processes.toList()) {
                if (each.getFileName().toString().matches("\\d+")
                        && !each.endsWith(Long.toString(ProcessHandle.current().pid()))) {
                    String line = command(each);
                    if (line.contains(data.toString())) {
                        found.add(line);
                    }
                }
            }
        }
        return found;
    }

    private static String command(Path process) {
        try {
            return new String(Files.readAllBytes(process.resolve("cmdline")), StandardCharsets.UTF_8)
                    + new String(Files.readAllBytes(process.resolve("environ")), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return ""; // It ended meanwhile.
        }
    }

    private String said() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return fail(e);
        }
    }

    private void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                fail("waited in vain until " + what + ": " + said());
            }
            try {
                TimeUnit.MILLISECONDS.sleep(5);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
