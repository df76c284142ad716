package dev.plumbline.tests.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.tests.parts.RealCluster;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** With what the real controller stores now: the cases are given to it again. */
@Tag("cluster")
class StoredByArgoAgainTest extends StoredByArgoContract {

    private static final Map<Path, Path> CAPTURED = new HashMap<>();
    private static final int MINUTES = 8;

    @TempDir
    static Path root;

    @Override
    synchronized Path captured(Path folder) throws IOException {
        Path known = CAPTURED.get(folder);
        if (known == null) {
            known = root.resolve(folder.getFileName().toString());
            capture(folder.resolve("given"), known);
            CAPTURED.put(folder, known);
        }
        return known;
    }

    private static void capture(Path given, Path out) throws IOException {
        Process process = new ProcessBuilder(
                        RealCluster.folder().resolve("capture-argo").toString(),
                        given.toAbsolutePath().toString(),
                        out.toString())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            assertTrue(process.waitFor(MINUTES, TimeUnit.MINUTES), said);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        assertEquals(0, process.exitValue(), said);
    }
}
