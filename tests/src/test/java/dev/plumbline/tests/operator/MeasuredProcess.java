package dev.plumbline.tests.operator;

import dev.plumbline.controller.cli.Main;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program that a benchmark measures. */
record MeasuredProcess(Process process) implements AutoCloseable {

    /** Those of the image in its limit of 512 MiB, of which the heap may take 60 %. */
    private static final List<String> FLAGS = List.of(
            "-XX:+UseG1GC",
            "-XX:GCTimeRatio=4",
            "-XX:-G1UseAdaptiveIHOP",
            "-XX:InitiatingHeapOccupancyPercent=70",
            "-XX:G1PeriodicGCInterval=30000",
            "-XX:TieredStopAtLevel=1",
            "-Xms64m",
            "-XX:+UseCompactObjectHeaders",
            "-Xmx307m",
            "-XX:MinHeapFreeRatio=10",
            "-XX:MaxHeapFreeRatio=30",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");

    /** Starts {@code plumbline controller} for the syncs of a namespace, and waits until it leads. */
    static MeasuredProcess controller(Path kubeconfig, String namespace, Path root, String... more) throws Exception {
        List<String> command =
                new ArrayList<>(List.of(ProcessHandle.current().info().command().orElse("java")));
        command.addAll(FLAGS);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName(), "controller"));
        command.addAll(
                List.of("--kubeconfig", kubeconfig.toString(), "-n", namespace, "--watch-namespaces", namespace));
        if (!List.of(more).contains("--store")) {
            command.addAll(List.of("--store", root.resolve("store").toString()));
        }
        command.addAll(List.of("--mirrors", root.resolve("mirrors").toString()));
        command.addAll(List.of("--port", "0", "--allow-own-rights", "--allow-local-repositories"));
        command.addAll(List.of(more));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(root.resolve("controller.log").toFile());
        builder.environment().put("MALLOC_ARENA_MAX", "2");
        Process process = builder.start();
        while (!Files.readString(root.resolve("controller.log")).contains("leads (term")) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        return new MeasuredProcess(process);
    }

    /** What it used of the processors since its start, in seconds. */
    double cpuSeconds() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO).toMillis() / 1e3;
    }

    /** Its memory now, in MiB. */
    long rss() throws Exception {
        return memory("VmRSS:");
    }

    /** The most memory that it ever had, in MiB. */
    long highest() throws Exception {
        return memory("VmHWM:");
    }

    private long memory(String field) throws Exception {
        return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                .filter(line -> line.startsWith(field))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .sum();
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        process.waitFor(30, TimeUnit.SECONDS);
    }
}
