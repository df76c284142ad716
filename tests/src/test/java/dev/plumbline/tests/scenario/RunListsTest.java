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
class RunListsTest extends Scenario {

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

    private static final String ASKS = """
            apiVersion: argoproj.io/v1alpha1
            kind: Workflow
            metadata:
              generateName: asks-
            spec:
              entrypoint: main
              templates:
              - name: main
                steps:
                - - {name: ask, template: ask}
                - - name: said
                    template: say
                    arguments:
                      parameters: [{name: what, value: "{{steps.ask.outputs.parameters.decision}}"}]
              - name: ask
                suspend: {}
                outputs:
                  parameters: [{name: decision, valueFrom: {supplied: {}}}]
              - name: say
                inputs:
                  parameters: [{name: what}]
                container:
                  image: example/steps:1
                  command: [echo, "{{inputs.parameters.what}}"]
            """;

    @Test
    void followedLogsEndWithTheLastLineAlsoWithoutALineBreak(@TempDir Path root) throws Exception {
        try (Desk desk = ready(root)) {
            Path file = Files.writeString(root.resolve("talker.yaml"), TALKER);
            String name = Tree.text(desk.json("run", "-f", file.toString()), "name");
            List<String> lines = List.of("one: begun whole", "one: last of one", "two: begun", "two: last of two");
            Desk.Answer followed = desk.plumbline("logs", name, "-f");
            assertEquals(lines, followed.text().lines().toList(), desk.said());
            assertEquals(lines, desk.plumbline("logs", name).text().lines().toList());
        }
    }

    @Test
    void aFollowedLogThatIsLongerThanWhatIsShownAtOnceGoesOn(@TempDir Path root) throws Exception {
        try (Desk desk = ready(root)) {
            String name = longTalk(desk, root);
            List<String> lines =
                    desk.plumbline("logs", name, "-f").text().lines().toList();
            assertTrue(lines.contains("one: 900000") && lines.contains("one: the end"), lines.getLast());
            assertEquals("two: last of two", lines.getLast());
            assertEquals(1, lines.stream().filter("one: 900000"::equals).count(), "no line is printed twice");
            String all = desk.plumbline("logs", name).text();
            assertTrue(all.matches("(?s)one: \\([0-9]+ earlier lines are left out.*"), all.substring(0, 100));
        }
    }

    static String longTalk(Desk desk, Path root) throws Exception {
        Path file = Files.writeString(
                root.resolve("long.yaml"),
                TALKER.replaceFirst("\"printf.*\"", "\"seq 1 900000; sleep 2; printf 'the end'\""));
        return Tree.text(desk.json("run", "-f", file.toString()), "name");
    }

    @Test
    void listsSayThatThereIsMoreThanTheirLimit(@TempDir Path root) throws Exception {
        try (Desk desk = ready(root)) {
            String first = Tree.text(desk.run("train", "model-name=one"), "name");
            String second = Tree.text(desk.run("train", "model-name=two"), "name");
            for (String command : List.of("runs", "models")) {
                String one = desk.plumbline(command, "--limit", "1").text();
                // Which one is not said: both may have begun in the same second.
                assertTrue(one.contains(second) != one.contains(first), one);
                assertTrue(one.contains("There are more; --limit lists more than 1 of them."), one);
                assertEquals(true, desk.json(command, "--limit", "1").get("more"));
                String both = desk.plumbline(command, "--limit", "500").text();
                assertTrue(both.contains(first) && both.contains(second) && !both.contains("There are more"), both);
                assertEquals(both, desk.plumbline(command).text());
                Desk.Answer none = desk.plumbline(command, "--limit", "0");
                assertEquals(2, none.code(), none.text());
                assertTrue(none.text().contains("--limit 0 is no number from 1 to"), none.text());
            }
            begin(desk);
            String going = desk.plumbline("runs", "--limit", "1").text();
            assertTrue(going.contains("talker-"), "a run that is not recorded yet is the newest: " + going);
        }
    }

    private static void begin(Desk desk) throws Exception {
        Path file = Files.writeString(desk.data().resolveSibling("talker.yaml"), TALKER);
        desk.json("run", "-f", file.toString());
    }

    @Test
    void theIndexIsMadeAnewForPeopleAndForMachines(@TempDir Path root) throws Exception {
        try (Desk desk = ready(root)) {
            String name = Tree.text(desk.run("train"), "name");
            Desk.Answer text = desk.plumbline("index", "rebuild");
            assertEquals(0, text.code(), text.text());
            assertTrue(text.text().contains(": 1 run in ") && text.text().contains(" from 1 sync"), text.text());
            Map<String, @Nullable Object> json = desk.json("index", "rebuild");
            assertEquals(1L, Tree.maps(json, "syncs").getFirst().get("runs"), json.toString());
            assertTrue(desk.plumbline("runs", "--verdict", "MATCH").text().contains(name));
            Desk.Answer key = desk.plumbline("index", "rebuild", "--key", root.toString());
            assertEquals(2, key.code(), "it believes no keys: " + key.text());
        }
    }

    @Test
    void aRunThatWaitsIsResumedWithTheValuesThatItWaitsFor(@TempDir Path root) throws Exception {
        try (Desk desk = ready(root)) {
            Path file = Files.writeString(root.resolve("asks.yaml"), ASKS);
            String name = Tree.text(desk.json("run", "-f", file.toString()), "name");
            desk.await("it waits", () -> !desk.plumbline("resume", name).text().contains("no node of it waits"));
            Desk.Answer missing = desk.plumbline("resume", name);
            assertEquals(1, missing.code(), missing.text());
            assertTrue(missing.text().contains("give -p decision=VALUE"), missing.text());
            Desk.Answer resumed = desk.plumbline("resume", name, "-p", "decision=yes");
            assertEquals(0, resumed.code(), resumed.text());
            desk.await("it ends", () -> desk.plumbline("logs", name).text().contains("said: yes"));
            Desk.Answer again = desk.plumbline("resume", name, "-p", "decision=no");
            assertEquals(1, again.code(), again.text());
            assertTrue(again.text().contains(name), again.text());
        }
    }

    @Test
    void chosenRunsSayWhenTheyStarted(@TempDir Path root) throws Exception {
        try (Desk desk = ready(root)) {
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
        try (Desk desk = ready(root)) {
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
