package dev.plumbline.controller.local.runner;

import static dev.plumbline.controller.local.runner.RunnerBench.node;
import static dev.plumbline.controller.local.runner.RunnerBench.phase;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.Tree;
import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** kill -9 of a JVM in the middle of runs, and what the next one makes of it. */
class RunnerKillTest {

    @TempDir
    private Path data;

    @Test
    void aRunningStepIsEndedAndRepeatedWhereARetryStrategyAllowsIt() throws Exception {
        create("retried", """
                {"spec": {"entrypoint": "main", "onExit": "bye", "templates": [
                  {"name": "main", "dag": {"tasks": [{"name": "first", "template": "count"},
                    {"name": "long", "template": "long", "depends": "first"}]}},
                  {"name": "count", "container": {"image": "i", "command": ["sh", "-c", "echo x >> /c/first"],
                     "volumeMounts": [{"name": "c", "mountPath": "/c"}]}},
                  {"name": "long", "retryStrategy": {"limit": "2", "retryPolicy": "OnError"},
                   "container": {"image": "i", "command": ["sh", "-c"],
                     "args": ["echo x >> /c/long; test -e /c/quick || sleep 984; echo ok"],
                     "volumeMounts": [{"name": "c", "mountPath": "/c"}]}},
                  {"name": "bye", "container": {"image": "i", "command": ["true"]}}],
                  "volumes": [{"name": "c", "persistentVolumeClaim": {"claimName": "counts"}}]}}
                """);
        killAfter("long(0) Running");
        // The step itself outlives the JVM; only the next start ends it.
        assertFalse(RunnerStepTest.sleepers().isEmpty());
        Files.writeString(data.resolve("volumes/counts/quick"), "");
        try (RunnerBench bench = RunnerBench.open(data)) {
            Map<String, @Nullable Object> run = bench.await("retried");
            assertEquals("Succeeded", Tree.text(run, "status", "phase"), () -> Json.pretty(run.get("status")));
            assertEquals("Error", phase(run, ".long(0)"));
            assertEquals("Succeeded", phase(run, ".long(1)"));
            assertTrue(Tree.text(node(run, ".long(0)"), "message").startsWith("the runner was stopped"));
            assertEquals("Succeeded", phase(run, ".onExit"));
        }
        assertEquals(List.of(), RunnerStepTest.sleepers());
        assertEquals("x\n", Files.readString(data.resolve("volumes/counts/first")));
        assertEquals("x\nx\n", Files.readString(data.resolve("volumes/counts/long")));
    }

    @Test
    void withoutARetryStrategyTheRunEndsInError() throws Exception {
        create("ended", """
                {"spec": {"entrypoint": "main", "templates": [{"name": "main", "container": {"image": "i",
                  "command": ["sleep", "983"]}}]}}
                """);
        killAfter("ended Running");
        try (RunnerBench bench = RunnerBench.open(data)) {
            Map<String, @Nullable Object> run = bench.await("ended");
            assertEquals("Error", Tree.text(run, "status", "phase"));
            assertEquals(
                    "the runner was stopped while this step ran; its processes were ended",
                    Tree.text(run, "status", "message"));
        }
        assertEquals(List.of(), RunnerStepTest.sleepers());
    }

    @Test
    void anExitHookOfATaskThatHadEndedIsTakenUpToo() throws Exception {
        create("hooked", """
                {"spec": {"entrypoint": "main", "templates": [
                  {"name": "main", "dag": {"tasks": [
                    {"name": "a", "template": "quick", "hooks": {"exit": {"template": "slow"}}}]}},
                  {"name": "quick", "container": {"image": "i", "command": ["true"]}},
                  {"name": "slow", "container": {"image": "i", "command": ["sleep", "978"]}}]}}
                """);
        killAfter("a.onExit Running");
        try (RunnerBench bench = RunnerBench.open(data)) {
            Map<String, @Nullable Object> run = bench.await("hooked");
            assertEquals("Succeeded", Tree.text(run, "status", "phase"), () -> Json.pretty(run.get("status")));
            assertEquals("Succeeded", phase(run, ".a"));
            assertEquals("Error", phase(run, ".a.onExit"));
        }
        assertEquals(List.of(), RunnerStepTest.sleepers());
    }

    @Test
    void killedAtRandomMomentsEveryStepThatSucceededRanOnceAndNothingIsLeft() throws Exception {
        createChain(8);
        assertTrue(killAtRandom() >= 2);
        try (RunnerBench bench = RunnerBench.open(data)) {
            Map<String, @Nullable Object> run = bench.await("random");
            assertEquals("Succeeded", Tree.text(run, "status", "phase"), () -> Json.pretty(run.get("status")));
            for (int i = 0; i < 8; i++) {
                Map<String, @Nullable Object> retry = node(run, ".t" + i);
                long succeeded = Tree.list(retry, "children").stream()
                        .filter(child -> Tree.text(run, "status", "nodes", String.valueOf(child), "phase")
                                .equals("Succeeded"))
                        .count();
                assertEquals(1, succeeded);
            }
        }
        try (var records = Files.list(data.resolve("runner/children"))) {
            assertEquals(List.of(), records.toList());
        }
    }

    /** A Workflow of steps, one after another. */
    private void createChain(int length) throws Exception {
        StringBuilder tasks = new StringBuilder();
        for (int i = 0; i < length; i++) {
            tasks.append(i == 0 ? "" : ",")
                    .append("{\"name\": \"t" + i + "\", \"template\": \"step\""
                            + (i == 0 ? "" : ", \"depends\": \"t" + (i - 1) + "\"")
                            + ", \"arguments\": {\"parameters\": [{\"name\": \"i\", \"value\": \"" + i + "\"}]}}");
        }
        create(
                "random",
                "{\"spec\": {\"entrypoint\": \"main\", \"templates\": [{\"name\": \"main\", \"dag\": {\"tasks\": ["
                        + tasks
                        + "]}}, {\"name\": \"step\", \"inputs\": {\"parameters\": [{\"name\": \"i\"}]},"
                        + "\"retryStrategy\": {\"limit\": \"50\", \"retryPolicy\": \"OnError\"},"
                        + "\"container\": {\"image\": \"i\", \"command\": [\"sh\", \"-c\","
                        + "\"sleep 0.2; echo {{pod.name}} >> /c/{{inputs.parameters.i}}\"],"
                        + "\"volumeMounts\": [{\"name\": \"c\", \"mountPath\": \"/c\"}]}}],"
                        + "\"volumes\": [{\"name\": \"c\", \"persistentVolumeClaim\": {\"claimName\": \"counts\"}}]}}");
    }

    /** Kills a JVM after a few of its events, four times; returns how often the run was not over yet. */
    private int killAtRandom() throws Exception {
        Random random = new Random(7);
        int kills = 0;
        for (int attempt = 0; attempt < 4; attempt++) {
            Process jvm = jvm();
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(jvm.getInputStream(), StandardCharsets.UTF_8))) {
                String line = "";
                for (int seen = 2 + random.nextInt(5); seen > 0 && line != null && !line.equals(" Succeeded"); seen--) {
                    line = lines.readLine();
                }
                Thread.sleep(random.nextInt(250));
                kills += " Succeeded".equals(line) ? 0 : 1;
            } finally {
                jvm.destroyForcibly().waitFor();
            }
        }
        return kills;
    }

    private void create(String name, String rest) throws Exception {
        try (RunnerBench bench = RunnerBench.idle(data)) {
            bench.create("Workflow", name, rest);
        }
    }

    private void killAfter(String event) throws Exception {
        Process jvm = jvm();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(jvm.getInputStream(), StandardCharsets.UTF_8))) {
            String line = lines.readLine();
            while (line != null && !line.equals(event)) {
                line = lines.readLine();
            }
            assertEquals(event, line);
            // The event comes just before the process; a step that has begun is the case of interest.
            Thread.sleep(500);
        } finally {
            jvm.destroyForcibly().waitFor();
        }
    }

    private Process jvm() throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        KilledRunner.class.getName(),
                        data.toString())
                .redirectError(new File(data.toFile(), "killed.err"))
                .start();
    }
}
