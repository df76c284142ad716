package dev.plumbline.controller.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReasonTest {

    @Test
    void theDocumentationHoldsEveryReason() throws IOException {
        List<String> written = Files.readAllLines(Path.of("../controller/docs/custom-resources.md")).stream()
                .filter(line -> line.startsWith("| `") && !line.contains("plumbline.dev/"))
                .toList();
        assertEquals(Arrays.stream(Reason.values()).map(ReasonTest::row).toList(), written);
    }

    private static String row(Reason reason) {
        String condition = switch (reason.form()) {
            case READY -> "Ready";
            case RECONCILING -> "Reconciling";
            case WAITING -> "waiting";
            case STALLED -> "Stalled";
        };
        return "| `" + reason + "` | " + condition + " | " + reason.description() + " |";
    }
}
