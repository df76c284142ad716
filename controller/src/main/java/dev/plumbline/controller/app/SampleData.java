package dev.plumbline.controller.app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Fills the claim of the shipped local overlay with the seeded sample data, once. */
final class SampleData {

    private static final int SECONDS = 60;

    private SampleData() {}

    /**
     * Makes {@code raw/} and {@code raw-defect/} in a folder unless they are there.
     *
     * @param script the seeded script of the shipped pipelines
     * @throws StartException when there is no Python, or the script fails
     */
    static void ensure(Path script, Path volume) throws StartException {
        if (!Files.isRegularFile(script)) {
            return;
        }
        make(script, volume.resolve("raw"), List.of());
        make(script, volume.resolve("raw-defect"), List.of("--defect"));
    }

    private static void make(Path script, Path folder, List<String> options) throws StartException {
        if (Files.isDirectory(folder)) {
            return;
        }
        Path fresh = folder.resolveSibling(folder.getFileName() + ".new");
        List<String> command = new java.util.ArrayList<>(List.of("python3", script.toString()));
        command.addAll(options);
        command.add(fresh.resolve("customers.csv").toString());
        try {
            Files.createDirectories(fresh);
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new StartException("could not make the sample data with " + script + ": " + said);
            }
            Files.move(fresh, folder);
        } catch (IOException e) {
            throw new StartException("could not make the sample data: " + e.getMessage()
                    + "; install Python 3.11 or newer to run pipelines here, everything else works without it");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
