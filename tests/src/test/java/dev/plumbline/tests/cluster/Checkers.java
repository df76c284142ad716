package dev.plumbline.tests.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import dev.plumbline.controller.local.python.PythonEnvironment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Programs of others that check evidence, from the folder {@code checkers} or built by {@code parts}. */
final class Checkers {

    /** Where they are described. */
    static final Path FOLDER = Path.of("checkers").toAbsolutePath();

    private static final long BUILD_MINUTES = 20;

    private Checkers() {}

    /** The interpreter that has those in Python. */
    static Path python() throws Exception {
        PythonEnvironment environment = PythonEnvironment.of(
                Path.of(System.getProperty("user.home"), ".cache", "plumbline"),
                Files.readString(FOLDER.resolve("requirements.lock")));
        environment.prepare(line -> {});
        return environment.interpreter();
    }

    /** A program that is built from its sources where it is not in the cache. */
    static Path part(String name) throws IOException, InterruptedException {
        Path errors = Files.createTempFile(name, ".err");
        Process process = new ProcessBuilder(
                        Path.of("parts/part").toAbsolutePath().toString(), name)
                .redirectError(errors.toFile())
                .start();
        String folder = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertEquals(0, process.waitFor(), Files.readString(errors));
        return Path.of(folder, name);
    }

    /**
     * How a program ended.
     *
     * @param code its exit code
     * @param text what it printed
     */
    record Ended(int code, String text) {}

    static Ended run(Path in, String... line) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(line)
                .directory(in.toFile())
                .redirectErrorStream(true)
                .start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(BUILD_MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            return fail(String.join(" ", line) + " does not end: " + text);
        }
        return new Ended(process.exitValue(), text);
    }
}
