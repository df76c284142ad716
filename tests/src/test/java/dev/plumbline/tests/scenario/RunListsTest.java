package dev.plumbline.tests.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.json.Tree;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people see of runs: their logs while they go on, when they began, and lists of some of them. */
class RunListsTest {

    /** Its last line has no line break, and it goes on after a line that is not yet whole. */
    private static final String TALKER = """
            apiVersion: argoproj.io/v1alpha1
            kind: Workflow
            metadata:
              generateName: talker-
            spec:
              entrypoint: main
              templates:
              - name: main
                steps:
                - - {name: one, template: one}
                - - {name: two, template: two}
              - name: one
                container:
                  image: example/steps:1
                  command: [sh, -c, "printf 'begun'; sleep 1; printf ' whole\\\\nlast of one'"]
              - name: two
                container:
                  image: example/steps:1
                  command: [sh, -c, "echo begun; printf 'last of two'"]
            """;

    @Test
    void followedLogsEndWithTheLastLineAlsoWithoutALineBreak(@TempDir Path root) throws Exception {
        try (Desk desk = Desk.ready(root)) {
            Path file = Files.writeString(root.resolve("talker.yaml"), TALKER);
            String name = Tree.text(desk.json("run", "-f", file.toString()), "name");
            List<String> lines = List.of("one: begun whole", "one: last of one", "two: begun", "two: last of two");
            Desk.Answer followed = desk.plumbline("logs", name, "-f");
            assertEquals(lines, followed.text().lines().toList(), desk.said());
            assertEquals(lines, desk.plumbline("logs", name).text().lines().toList());
        }
    }

    @Test
    void chosenRunsSayWhenTheyStarted(@TempDir Path root) throws Exception {
        try (Desk desk = Desk.ready(root)) {
            Map<String, @Nullable Object> run = desk.run("train");
            String name = Tree.text(run, "name");
            Instant created = Instant.parse(Tree.text(desk.json("provenance", name), "run", "createdAt"));
            String line = desk.plumbline("runs", "--verdict", "match").text();
            assertTrue(line.contains(Tree.text(run, "startedAt").replaceFirst("\\.\\d+Z$", "Z")), line);
            assertEquals(
                    name,
                    desk.plumbline("runs", "--since", offset(created, 5), "-o", "name")
                            .text()
                            .strip());
            assertEquals(
                    "",
                    desk.plumbline("runs", "--since", offset(created.plusSeconds(1), -11), "-o", "name")
                            .text());
        }
    }

    @Test
    void whatIsNoVerdictAndNoTimeIsRefused(@TempDir Path root) throws Exception {
        try (Desk desk = Desk.ready(root)) {
            for (String command : List.of("runs", "models")) {
                Desk.Answer verdict = desk.plumbline(command, "--verdict", "FINE");
                assertEquals(2, verdict.code(), verdict.text());
                assertTrue(verdict.text().contains("no verdict FINE; there are DRIFT, OVERRIDDEN"), verdict.text());
                Desk.Answer time = desk.plumbline(command, "--since", "lately", "--verdict", "MATCH");
                assertEquals(2, time.code(), time.text());
                assertTrue(time.text().contains("not a time: lately"), time.text());
            }
        }
    }

    private static String offset(Instant instant, int hours) {
        return instant.atOffset(ZoneOffset.ofHours(hours)).toString();
    }
}
