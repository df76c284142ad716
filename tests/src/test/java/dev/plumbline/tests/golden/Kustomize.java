package dev.plumbline.tests.golden;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** The real kustomize, which {@code tests/parts} builds. */
public final class Kustomize {

    private static final int NO_GO = 3;
    private static final long BUILD_MINUTES = 20;

    private final Path program;

    /**
     * What one run printed.
     *
     * @param exit exit code
     * @param output standard output
     * @param error standard error
     */
    public record Result(int exit, String output, String error) {}

    private Kustomize(Path program) {
        this.program = program;
    }

    /** Finds or builds it. Without Go the test that asks is skipped, but never where CI is true. */
    public static Kustomize required() throws IOException, InterruptedException {
        Path script = Path.of("parts/part").toAbsolutePath();
        boolean ci = "true".equals(System.getenv("CI"));
        if (!ci) {
            Assumptions.assumeTrue(Files.exists(script), "skipped: there is no " + script + " to build kustomize with");
        }
        Result result = run(BUILD_MINUTES, script.toString(), "kustomize");
        if (!ci) {
            Assumptions.assumeTrue(result.exit() != NO_GO, "skipped: kustomize is not built, " + result.error());
        }
        Assertions.assertEquals(0, result.exit(), result.error());
        return new Kustomize(Path.of(result.output().strip(), "kustomize"));
    }

    /** Runs {@code kustomize build} on a folder. */
    public Result build(Path folder) throws IOException, InterruptedException {
        return run(1, program.toString(), "build", folder.toString());
    }

    private static Result run(long minutes, String... command) throws IOException, InterruptedException {
        Path error = Files.createTempFile("kustomize", ".err");
        try {
            Process process =
                    new ProcessBuilder(command).redirectError(error.toFile()).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(minutes, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new UncheckedIOException(
                        new IOException(command[0] + " ran longer than " + minutes + " minutes"));
            }
            return new Result(process.exitValue(), output, Files.readString(error));
        } finally {
            Files.delete(error);
        }
    }
}
