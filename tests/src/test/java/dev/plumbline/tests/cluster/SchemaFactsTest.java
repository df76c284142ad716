package dev.plumbline.tests.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.plumbline.tests.parts.RealCluster;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The compact schemas are what the released CRDs and a real API server say. */
@Tag("cluster")
class SchemaFactsTest {

    @Test
    void theShippedFilesAreWhatThePartsSay() throws Exception {
        Path make = RealCluster.folder().resolve("../golden/facts/schemas").normalize();
        Process process = new ProcessBuilder(make.toString(), "check")
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
    }
}
