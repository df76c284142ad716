package dev.plumbline.tests.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A program that was started and ended.
 *
 * @param millis milliseconds from start to end
 * @param megabytes largest resident set in MiB, as the kernel counted it shortly before the end
 */
record Started(double millis, double megabytes) {

    private static final long POLL_MILLIS = 5;

    /**
     * Runs a program and throws its output away.
     *
     * @param input file for its standard input; null for none
     */
    static Started run(List<String> command, @Nullable Path input) throws IOException, InterruptedException {
        Path output = Files.createTempFile("plumbline-benchmark", ".out");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        if (input != null) {
            builder.redirectInput(input.toFile());
        }
        long begun = System.nanoTime();
        Process process = builder.start();
        double megabytes = 0;
        while (!process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
            megabytes = Math.max(megabytes, megabytes(process.pid()));
        }
        double millis = (System.nanoTime() - begun) / 1e6;
        if (process.exitValue() != 0) {
            throw new IOException(String.join(" ", command) + ": " + Files.readString(output));
        }
        return new Started(millis, megabytes);
    }

    private static double megabytes(long pid) {
        try {
            return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            // It ended meanwhile.
            return 0;
        }
    }
}
