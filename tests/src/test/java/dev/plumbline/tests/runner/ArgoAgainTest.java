package dev.plumbline.tests.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.json.Json;
import dev.plumbline.tests.parts.RealCluster;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The real controller executes the cases again, and does what it did when {@code runner/expected} was written.
 *
 * <p>{@code -Dplumbline.golden.write=true} writes it anew, to be read before it is committed; {@code -Dplumbline.captured=FOLDER}
 * reads what {@code capture-argo} wrote before.
 */
@Tag("cluster")
class ArgoAgainTest {

    private static final int MINUTES = 10;
    private static final boolean WRITE = Boolean.getBoolean("plumbline.golden.write");

    @TempDir
    static Path root;

    private static Path captured;

    static Iterable<String> cases() throws Exception {
        return RunCases.names();
    }

    @BeforeAll
    static void capture() throws Exception {
        String before = System.getProperty("plumbline.captured", "");
        if (!before.isEmpty()) {
            captured = Path.of(before);
            return;
        }
        captured = root.resolve("captured");
        Process process = new ProcessBuilder(
                        RealCluster.folder().resolve("capture-argo").toString(),
                        RunCases.GIVEN.toAbsolutePath().toString(),
                        captured.toString(),
                        "--timeout",
                        MINUTES + "m")
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(MINUTES, TimeUnit.MINUTES), said);
        assertEquals(0, process.exitValue(), said);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void doesWhatItDid(String name) throws Exception {
        String now = RunLines.of(
                Json.parseObject(Files.readAllBytes(captured.resolve("argo").resolve("workflow-" + name + ".json"))));
        if (WRITE) {
            Files.createDirectories(RunCases.EXPECTED);
            Files.writeString(RunCases.EXPECTED.resolve(name + ".txt"), now);
        }
        assertEquals(RunCases.expected(name), now);
    }
}
