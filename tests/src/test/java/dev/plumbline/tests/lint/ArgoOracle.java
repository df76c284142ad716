package dev.plumbline.tests.lint;

import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.JsonException;
import dev.plumbline.registry.json.Tree;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** Argo's own validation, which {@code tests/parts} builds. */
final class ArgoOracle {

    private static final int NO_GO = 3;
    private static final long MINUTES = 10;

    private final Path folder;

    /**
     * What Argo says of one object.
     *
     * @param kind its kind
     * @param namespace its namespace; empty when it has none
     * @param name its name, else its generateName
     * @param decode why its decoder refuses it; empty when it does not
     * @param validate why its validation refuses it; empty when it does not, or was not asked
     */
    record Verdict(String kind, String namespace, String name, String decode, String validate) {

        boolean refused() {
            return !decode.isEmpty() || !validate.isEmpty();
        }
    }

    private ArgoOracle(Path folder) {
        this.folder = folder;
    }

    /** Finds or builds it. Without Go the test that asks is skipped, but never where CI is true. */
    static ArgoOracle required() throws IOException, InterruptedException {
        Path script = Path.of("parts/part").toAbsolutePath();
        boolean ci = "true".equals(System.getenv("CI"));
        if (!ci) {
            Assumptions.assumeTrue(Files.exists(script), "skipped: there is no " + script);
        }
        Process process = new ProcessBuilder(script.toString(), "argo-validate")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Assertions.assertTrue(process.waitFor(MINUTES, TimeUnit.MINUTES), "building argo-validate took too long");
        if (!ci) {
            Assumptions.assumeTrue(process.exitValue() != NO_GO, "skipped: Go is not installed");
        }
        Assertions.assertEquals(0, process.exitValue(), "building argo-validate failed");
        return new ArgoOracle(Path.of(output.strip()));
    }

    /** The files that Argo is released with. */
    List<Path> examples() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("examples"))) {
            return files.sorted().toList();
        }
    }

    /** The fields that Argo's decoder takes, as it prints them. */
    String types() throws IOException, InterruptedException {
        Process process = start("types");
        process.getOutputStream().close();
        return finish(process);
    }

    /** The verdicts on the objects of each file. */
    Map<Path, List<Verdict>> check(List<Path> files) throws IOException, InterruptedException, JsonException {
        Process process = start("check");
        Thread.Builder writing = Thread.ofVirtual();
        Thread writer = writing.start(() -> write(process, files));
        String output = finish(process);
        writer.join();
        Map<Path, List<Verdict>> verdicts = new LinkedHashMap<>();
        for (String line : output.lines().toList()) {
            Object answer = Json.parse(line);
            List<Verdict> of = new ArrayList<>();
            for (Map<String, @Nullable Object> object : Tree.maps(answer, "objects")) {
                of.add(new Verdict(
                        Tree.text(object, "kind"),
                        Tree.text(object, "namespace"),
                        Tree.text(object, "name"),
                        Tree.text(object, "decode"),
                        Tree.text(object, "validate")));
            }
            verdicts.put(Path.of(Tree.text(answer, "file")), of);
        }
        Assertions.assertEquals(files.size(), verdicts.size(), "files that Argo's validation answered for");
        return verdicts;
    }

    private Process start(String command) throws IOException {
        return new ProcessBuilder(folder.resolve("argo-validate").toString(), command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static void write(Process process, List<Path> files) {
        try (OutputStream out = process.getOutputStream()) {
            for (Path file : files) {
                out.write((file + "\n").getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            // The program has ended; its exit code says why.
            process.destroy();
        }
    }

    private static String finish(Process process) throws IOException, InterruptedException {
        try (InputStream in = process.getInputStream()) {
            String output = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            Assertions.assertTrue(process.waitFor(MINUTES, TimeUnit.MINUTES), "argo-validate took too long");
            Assertions.assertEquals(0, process.exitValue(), "argo-validate failed");
            return output;
        }
    }
}
