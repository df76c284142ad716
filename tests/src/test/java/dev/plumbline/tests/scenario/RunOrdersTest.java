package dev.plumbline.tests.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.json.Tree;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people order of runs and schedules of the program on this machine. */
class RunOrdersTest extends Scenario {

    /** Its second step needs a file that is not there at first. */
    private static final String NEEDY = """
            apiVersion: argoproj.io/v1alpha1
            kind: Workflow
            metadata:
              generateName: needy-
            spec:
              entrypoint: main
              templates:
              - name: main
                steps:
                - - {name: once, template: once}
                - - {name: needs, template: needs}
              - name: once
                container:
                  image: example/steps:1
                  command: [sh, -c, "echo x >> ROOT/once"]
              - name: needs
                container:
                  image: example/steps:1
                  command: [cat, ROOT/there]
            """;

    private static final String CRON = """
            apiVersion: argoproj.io/v1alpha1
            kind: CronWorkflow
            metadata:
              name: nightly
            spec:
              schedules: ['0 3 * * *']
              timezone: Europe/Berlin
              workflowSpec:
                workflowTemplateRef:
                  name: train
            """;

    @Test
    void aRunThatFailedGoesOnWhereItFailedAndOneIsStartedAnew(@TempDir Path root) throws Exception {
        try (Desk desk = ready(root)) {
            Path file = Files.writeString(root.resolve("needy.yaml"), NEEDY.replace("ROOT", root.toString()));
            String name = Tree.text(desk.json("run", "-f", file.toString()), "name");
            assertEquals("Failed", Tree.text(desk.recorded(name), "phase"), desk.said());
            Files.writeString(root.resolve("there"), "found");
            Desk.Answer retried = desk.plumbline("retry", name);
            assertEquals(0, retried.code(), retried.text());
            desk.await("it succeeds", () -> phase(desk, name).equals("Succeeded"));
            assertEquals("x\n", Files.readString(root.resolve("once")), "what had succeeded did not run again");
            assertTrue(desk.plumbline("logs", name).text().contains("needs: found"));
            Desk.Answer again = desk.plumbline("retry", name);
            assertEquals(1, again.code(), again.text());
            assertTrue(again.text().contains("only a run that is Failed or Error is retried"), again.text());

            String anew = Tree.text(desk.json("resubmit", name), "name");
            assertNotEquals(name, anew);
            desk.await("it succeeds too", () -> phase(desk, anew).equals("Succeeded"));
            assertEquals("x\nx\n", Files.readString(root.resolve("once")));
            assertEquals(1, desk.plumbline("retry", "nothing-of-that-name").code());
        }
    }

    /** Its step ends only when it is told, and then an exit handler leaves a file. */
    private static final String PATIENT = """
            apiVersion: argoproj.io/v1alpha1
            kind: Workflow
            metadata:
              generateName: patient-
            spec:
              entrypoint: main
              onExit: bye
              templates:
              - name: main
                dag:
                  failFast: false
                  tasks:
                  - {name: long, template: long}
                  - {name: asks, template: asks}
                  - {name: after, template: bye, depends: long.Failed}
              - name: long
                retryStrategy: {limit: 3}
                container:
                  image: example/steps:1
                  command: [sh, -c, "echo begun; sleep 977"]
              - name: asks
                suspend: {}
              - name: bye
                container:
                  image: example/steps:1
                  command: [sh, -c, "echo x >> ROOT/bye"]
            """;

    @Test
    void aRunIsStoppedWithItsExitHandlerAndTerminatedWithoutIt(@TempDir Path root) throws Exception {
        try (Desk desk = ready(root)) {
            Path file = Files.writeString(root.resolve("patient.yaml"), PATIENT.replace("ROOT", root.toString()));
            for (boolean terminate : List.of(true, false)) {
                String name = Tree.text(desk.json("run", "-f", file.toString()), "name");
                desk.await("it runs", () -> desk.plumbline("logs", name).text().contains("begun"));
                Desk.Answer stopped =
                        terminate ? desk.plumbline("stop", name, "--terminate") : desk.plumbline("stop", name);
                assertEquals(0, stopped.code(), stopped.text());
                Map<String, @Nullable Object> run = desk.recorded(name);
                assertEquals("Failed", Tree.text(run, "phase"), desk.said());
                assertEquals(
                        terminate ? "Stopped with strategy 'Terminate'" : "Stopped with strategy 'Stop'",
                        Tree.text(run, "message"));
                assertEquals(!terminate, Files.exists(root.resolve("bye")));
                Desk.Answer again = desk.plumbline("stop", name);
                assertEquals(1, again.code(), again.text());
                assertTrue(again.text().contains("has ended already, Failed"), again.text());
            }
            assertEquals("x\n", Files.readString(root.resolve("bye")), "nothing began after it was stopped");
        }
    }

    private static String phase(Desk desk, String name) {
        return Tree.maps(desk.json("runs"), "runs").stream()
                .filter(run -> Tree.text(run, "name").equals(name))
                .map(run -> Tree.text(run, "phase"))
                .findFirst()
                .orElse("");
    }

    @Test
    void aScheduleThatWasSuspendedStaysSoWhateverIsCommitted(@TempDir Path root) throws Exception {
        try (Desk desk = prepared(root)) {
            desk.write("pipelines/train/cron.yaml", CRON);
            desk.replace("pipelines/train/kustomization.yaml", "- account.yaml\n", "- account.yaml\n- cron.yaml\n");
            desk.commit("Train every night");
            desk.start();
            desk.awaitHistory("APPLIED", 1);
            assertEquals(false, cron(desk).get("suspended"));
            Desk.Answer suspended = desk.plumbline("cron", "suspend", "nightly");
            assertEquals(0, suspended.code(), suspended.text());
            assertTrue(suspended.text().contains("is suspended, whatever Git says"), suspended.text());
            desk.replace("pipelines/train/cron.yaml", "0 3", "0 4");
            desk.awaitHead(desk.commit("An hour later"), "APPLIED");
            Map<String, @Nullable Object> later = cron(desk);
            assertEquals(List.of("0 4 * * *"), later.get("schedules"));
            assertEquals(
                    true, later.get("suspended"), desk.plumbline("cron", "list").text());
            assertEquals(0, desk.plumbline("cron", "resume", "nightly").code());
            assertEquals(false, cron(desk).get("suspended"));
            Desk.Answer unknown = desk.plumbline("cron", "suspend", "hourly");
            assertEquals(1, unknown.code(), unknown.text());
            assertTrue(unknown.text().contains("there is no CronWorkflow hourly"), unknown.text());
            assertFalse(unknown.text().contains("Exception"), unknown.text());
        }
    }

    private static Map<String, @Nullable Object> cron(Desk desk) {
        return Tree.maps(desk.json("cron", "list"), "crons").getFirst();
    }
}
