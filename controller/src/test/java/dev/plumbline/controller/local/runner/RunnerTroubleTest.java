package dev.plumbline.controller.local.runner;

import static dev.plumbline.controller.local.runner.RunnerBench.node;
import static dev.plumbline.controller.local.runner.RunnerBench.phase;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.Tree;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong around the steps of a run, and what the run says of it. */
class RunnerTroubleTest {

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
    void anErrorInAThreadOfARunEndsTheRunAndSaysWhatItWas() throws Exception {
        Map<String, @Nullable Object> run = bench.run("error", """
                {"entrypoint": "main", "templates": [
                  {"name": "main", "dag": {"tasks": [{"name": "a", "template": "a"}]}},
                  {"name": "a", "container": {"image": "i", "command": ["%s"]}}]}
                """.formatted(RunnerBench.SystemPython.WITH_ERROR));
        assertEquals("Error", Tree.text(run, "status", "phase"));
        String message = Tree.text(run, "status", "message");
        assertTrue(message.startsWith("a bug in the runner ended this run: "), message);
        assertTrue(message.contains("LinkageError: no such program"), message);
    }

    @Test
    void aResourceStepEndsWithItsDeadline() throws Exception {
        String manifest = "{\\\"apiVersion\\\": \\\"v1\\\", \\\"kind\\\": \\\"ConfigMap\\\","
                + " \\\"metadata\\\": {\\\"name\\\": \\\"c\\\"}}";
        String template = "{\"name\": \"r\", %s \"resource\": {\"action\": \"apply\","
                + " \"successCondition\": \"data.state == done\", \"manifest\": \"" + manifest + "\"}}";
        Map<String, @Nullable Object> own = bench.run(
                "own",
                "{\"entrypoint\": \"r\", \"templates\": [" + template.formatted("\"activeDeadlineSeconds\": 1,")
                        + "]}");
        assertEquals("Failed", phase(own, ""), Json.pretty(own.get("status")));
        assertEquals(
                "Pod was active on the node longer than the specified deadline", Tree.text(node(own, ""), "message"));
        Map<String, @Nullable Object> whole = bench.run(
                "whole",
                "{\"entrypoint\": \"r\", \"activeDeadlineSeconds\": 1, \"templates\": [" + template.formatted("")
                        + "]}");
        assertEquals("Failed", phase(whole, ""), Json.pretty(whole.get("status")));
        assertEquals("Step exceeded workflow deadline", Tree.text(node(whole, ""), "message"));
    }

    @Test
    void aRememberedOutputOfNoTimeIsAnErrorThatSaysSo() throws Exception {
        bench.create("ConfigMap", "cache", """
                {"metadata": {"labels": {"workflows.argoproj.io/configmap-type": "Cache"}},
                 "data": {"k": "{\\"nodeID\\": \\"x\\", \\"creationTimestamp\\": \\"soon\\"}"}}
                """);
        Map<String, @Nullable Object> run = bench.run("memo", """
                {"entrypoint": "m", "templates": [{"name": "m",
                  "memoize": {"key": "k", "maxAge": "1h", "cache": {"configMap": {"name": "cache"}}},
                  "container": {"image": "i", "command": ["true"]}}]}
                """);
        assertEquals("Error", phase(run, ""));
        assertEquals(
                "ConfigMap 'cache' says of key 'k' that it was made at 'soon', which is no time; remove the key",
                Tree.text(node(run, ""), "message"));
    }

    @Test
    void noThreadStaysForAProcessThatLeftItsStep() throws Exception {
        Map<String, @Nullable Object> run = bench.run("left", """
                {"entrypoint": "main", "templates": [
                  {"name": "main", "steps": [[{"name": "a", "template": "a"}],
                    [{"name": "b", "template": "a", "when": "{{steps.a.outputs.result}} == no"}]]},
                  {"name": "a", "script": {"image": "i", "command": ["sh"],
                    "source": "echo said; env -i setsid sleep 8 & exit 0"}}]}
                """);
        assertEquals("Succeeded", Tree.text(run, "status", "phase"), Json.pretty(run.get("status")));
        assertEquals("said\n", bench.log(run, "[0].a"));
        List<String> threads = Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("log-"))
                .toList();
        assertEquals(List.of(), threads);
    }
}
