package dev.plumbline.tests.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.controller.cli.Main;
import dev.plumbline.registry.metrics.Metric;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The README says what the program does. */
class ReadmeTest {

    private static final Path README = Path.of("../README.md");

    @Test
    void listsEveryMetricWithItsHelp() throws Exception {
        List<String> rows = Files.readAllLines(README).stream()
                .filter(line -> line.startsWith("| `plumbline_"))
                .toList();
        assertEquals(
                Arrays.stream(Metric.values())
                        .map(metric -> "| `" + metric.exported() + "` | " + metric.help() + " |")
                        .toList(),
                rows);
    }

    @Test
    void everyCommandThatItShowsExists() throws Exception {
        List<String> commands = Files.readAllLines(README).stream()
                .filter(line -> line.startsWith("./plumbline "))
                .map(line -> line.split(" ", -1)[1])
                .distinct()
                .toList();
        assertTrue(commands.size() >= 5, commands.toString());
        for (String command : commands) {
            StringWriter out = new StringWriter();
            int code = Main.run(new PrintWriter(out), new PrintWriter(out), command, "--help");
            assertEquals(0, code, command + ": " + out);
        }
    }
}
