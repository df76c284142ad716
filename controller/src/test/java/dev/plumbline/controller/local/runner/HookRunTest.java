package dev.plumbline.controller.local.runner;

import static dev.plumbline.controller.local.runner.RunnerBench.node;
import static dev.plumbline.controller.local.runner.RunnerBench.phase;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.Tree;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lifecycle hooks of a Workflow and of its tasks. */
class HookRunTest {

    @TempDir
    private Path data;

    private RunnerBench bench;

    @BeforeEach
    void open() throws Exception {
        bench = RunnerBench.open(data);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void aHookOfTheWorkflowRunsWhileTheWorkflowRuns() throws Exception {
        Map<String, @Nullable Object> run = bench.run("running", """
                {"entrypoint": "main", "hooks": {"begun": {"template": "told", "expression": "workflow.status == 'Running'"}},
                 "templates": [
                  {"name": "main", "steps": [[{"name": "a", "template": "a"}]]},
                  {"name": "a", "container": {"image": "i", "command": ["sh", "-c", "sleep 0.3"]}},
                  {"name": "told", "container": {"image": "i", "command": ["true"]}}]}
                """);
        assertEquals("Succeeded", Tree.text(run, "status", "phase"), Json.pretty(run.get("status")));
        assertEquals("Succeeded", phase(run, ".hooks.begun"), Json.pretty(run.get("status")));
    }

    @Test
    void aTaskWaitsForTheExitHookOfTheTaskBeforeIt() throws Exception {
        Map<String, @Nullable Object> run = bench.run("exit", """
                {"entrypoint": "main", "templates": [
                  {"name": "main", "dag": {"tasks": [
                    {"name": "a", "template": "quick", "hooks": {"exit": {"template": "slow"}}},
                    {"name": "b", "template": "quick", "depends": "a"}]}},
                  {"name": "quick", "container": {"image": "i", "command": ["true"]}},
                  {"name": "slow", "container": {"image": "i", "command": ["sh", "-c", "sleep 1.2"]}}]}
                """);
        assertEquals("Succeeded", phase(run, ".a.onExit"), Json.pretty(run.get("status")));
        String hookEnded = Tree.text(node(run, ".a.onExit"), "finishedAt");
        String nextBegan = Tree.text(node(run, ".b"), "startedAt");
        assertTrue(nextBegan.compareTo(hookEnded) >= 0, nextBegan + " is before " + hookEnded);
    }

    @Test
    void anExpressionThatHasNoValueFailsTheTaskWhenItHasEnded() throws Exception {
        Map<String, @Nullable Object> run = bench.run("unreadable", """
                {"entrypoint": "main", "templates": [
                  {"name": "main", "dag": {"tasks": [{"name": "a", "template": "a",
                    "hooks": {"wrong": {"template": "told", "expression": "1 + 'a' > 2"}}}]}},
                  {"name": "a", "container": {"image": "i", "command": ["sh", "-c", "sleep 0.3; echo done"]}},
                  {"name": "told", "container": {"image": "i", "command": ["true"]}}]}
                """);
        assertEquals("Error", phase(run, ".a"), Json.pretty(run.get("status")));
        assertTrue(
                Tree.text(node(run, ".a"), "message").contains("unable to evaluate expression"),
                Json.pretty(node(run, ".a")));
        assertEquals("done\n", bench.log(run, ".a"), "its work went on to its end");
    }

    @Test
    void hooksOfATaskThatHadEndedWhenTheRunnerStoppedAreTakenUp() throws Exception {
        bench.create("Workflow", "stopped", """
                {"spec": {"entrypoint": "main", "templates": [
                  {"name": "main", "dag": {"tasks": [
                    {"name": "a", "template": "count", "hooks": {"exit": {"template": "slow"}}},
                    {"name": "b", "template": "count", "depends": "a"}]}},
                  {"name": "count", "container": {"image": "i", "command": ["sh", "-c", "echo x >> /c/{{node.name}}"],
                     "volumeMounts": [{"name": "c", "mountPath": "/c"}]}},
                  {"name": "slow", "retryStrategy": {"limit": "1", "retryPolicy": "OnError"},
                   "container": {"image": "i", "command": ["sh", "-c", "test -e /c/quick || sleep 979"],
                     "volumeMounts": [{"name": "c", "mountPath": "/c"}]}}],
                  "volumes": [{"name": "c", "persistentVolumeClaim": {"claimName": "counts"}}]}}
                """);
        bench.awaitNode("a.onExit(0)", "Running");
        bench.close();
        Files.writeString(data.resolve("volumes/counts/quick"), "");
        bench = RunnerBench.open(data);
        Map<String, @Nullable Object> run = bench.await("stopped");
        assertEquals("Succeeded", Tree.text(run, "status", "phase"), Json.pretty(run.get("status")));
        assertEquals("Error", phase(run, ".a.onExit(0)"), Json.pretty(run.get("status")));
        assertEquals("Succeeded", phase(run, ".a.onExit"), Json.pretty(run.get("status")));
        assertEquals("x\n", Files.readString(data.resolve("volumes/counts/stopped.a")), "nothing else of it ran again");
        String hookEnded = Tree.text(node(run, ".a.onExit"), "finishedAt");
        assertTrue(Tree.text(node(run, ".b"), "startedAt").compareTo(hookEnded) >= 0, Json.pretty(run.get("status")));
    }
}
