package dev.plumbline.controller.local.runner;

import static dev.plumbline.controller.local.runner.RunnerBench.node;
import static dev.plumbline.controller.local.runner.RunnerBench.output;
import static dev.plumbline.controller.local.runner.RunnerBench.phase;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.argo.NodeIds;
import dev.plumbline.registry.argo.RunResume;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.ObjectKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Steps, scripts, loops, bounds of parallelism and suspension. */
class StepsRunTest {

    private static final String ECHO = """
            {"name": "echo", "inputs": {"parameters": [{"name": "text"}]},
             "container": {"image": "i", "command": ["sh", "-c"], "args": ["echo {{inputs.parameters.text}} > /tmp/said"]},
             "outputs": {"parameters": [{"name": "said", "valueFrom": {"path": "/tmp/said"}}]}}
            """;

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
    void stepsRunGroupAfterGroupAndPassOutputsOn() throws Exception {
        Map<String, @Nullable Object> run = bench.run("steps", """
                {"entrypoint": "main", "templates": [
                  {"name": "main", "steps": [
                    [{"name": "a", "template": "echo", "arguments": {"parameters": [{"name": "text", "value": "1"}]}},
                     {"name": "b", "template": "echo", "arguments": {"parameters": [{"name": "text", "value": "2"}]}}],
                    [{"name": "no", "template": "echo", "when": "{{steps.a.outputs.parameters.said}} == 2",
                      "arguments": {"parameters": [{"name": "text", "value": "3"}]}},
                     {"name": "c", "template": "echo", "arguments": {"parameters": [{"name": "text",
                        "value": "{{steps.a.outputs.parameters.said}}{{steps.b.outputs.parameters.said}}"}]}}]],
                   "outputs": {"parameters": [{"name": "all", "globalName": "all",
                     "valueFrom": {"parameter": "{{steps.c.outputs.parameters.said}}"}}]}},
                """ + ECHO + "]}");
        assertEquals("Succeeded", Tree.text(run, "status", "phase"), Json.pretty(run.get("status")));
        assertEquals("12", output(run, "all"));
        assertEquals("Steps", Tree.text(node(run, ""), "type"));
        Map<String, @Nullable Object> second = node(run, "[1]");
        assertEquals("StepGroup", Tree.text(second, "type"));
        assertEquals("[1]", Tree.text(second, "displayName"));
        assertEquals("Skipped", phase(run, "[1].no"));
        // A group hangs below every end of the group before it.
        assertEquals(List.of(Tree.text(second, "id")), Tree.list(node(run, "[0].a"), "children"));
        assertEquals(List.of(Tree.text(second, "id")), Tree.list(node(run, "[0].b"), "children"));
        assertEquals(2, Tree.list(node(run, ""), "outboundNodes").size());
    }

    @Test
    void aFailedStepEndsTheStepsAfterItsGroupUnlessItMayFail() throws Exception {
        String templates = """
                "templates": [
                  {"name": "main", "steps": [
                    [{"name": "bad", "template": "bad"%s}, {"name": "good", "template": "good"}],
                    [{"name": "next", "template": "good"}]]},
                  {"name": "bad", "container": {"image": "i", "command": ["false"]}},
                  {"name": "good", "container": {"image": "i", "command": ["true"]}}]}
                """;
        Map<String, @Nullable Object> run =
                bench.run("failed", "{\"entrypoint\": \"main\", " + templates.formatted(""));
        assertEquals("Failed", Tree.text(run, "status", "phase"));
        assertEquals("Succeeded", phase(run, "[0].good"));
        assertEquals("", phase(run, "[1]"));
        String message = "child '" + NodeIds.of("failed", "failed[0].bad") + "' failed";
        assertEquals(message, Tree.text(node(run, ""), "message"));
        assertEquals(message, Tree.text(node(run, "[0]"), "message"));
        Map<String, @Nullable Object> goesOn = bench.run(
                "goes-on", "{\"entrypoint\": \"main\", " + templates.formatted(", \"continueOn\": {\"failed\": true}"));
        assertEquals("Succeeded", Tree.text(goesOn, "status", "phase"));
        assertEquals("Succeeded", phase(goesOn, "[1].next"));
    }

    @Test
    void loopsOfEveryKindMakeTheirNodesAndLists() throws Exception {
        Map<String, @Nullable Object> run = bench.run("loops", """
                {"entrypoint": "main", "templates": [
                  {"name": "main", "dag": {"tasks": [
                    {"name": "items", "template": "echo", "withItems": ["x", 2, {"k": "v", "j": 1}],
                     "arguments": {"parameters": [{"name": "text", "value": "'{{item}}'"}]}},
                    {"name": "param", "template": "echo", "depends": "items", "when": "{{item.n}} > 1",
                     "withParam": "[{\\"n\\": 1}, {\\"n\\": 2}]",
                     "arguments": {"parameters": [{"name": "text", "value": "{{item.n}}"}]}},
                    {"name": "sequence", "template": "echo", "depends": "items",
                     "withSequence": {"start": "3", "end": "1", "format": "n%02d"},
                     "arguments": {"parameters": [{"name": "text", "value": "{{item}}"}]}},
                    {"name": "none", "template": "echo", "withParam": "[]",
                     "arguments": {"parameters": [{"name": "text", "value": "{{item}}"}]}},
                    {"name": "wrong", "template": "echo", "withParam": "no list", "continueOn": {"error": true},
                     "arguments": {"parameters": [{"name": "text", "value": "{{item}}"}]}}]},
                   "outputs": {"parameters": [
                     {"name": "items", "globalName": "items", "valueFrom": {"parameter": "{{tasks.items.outputs.parameters.said}}"}},
                     {"name": "sequence", "globalName": "sequence",
                      "valueFrom": {"parameter": "{{tasks.sequence.outputs.parameters}}"}}]}},
                """ + ECHO + "]}");
        assertEquals("Succeeded", Tree.text(run, "status", "phase"), Json.pretty(run.get("status")));
        assertEquals("[\"x\",2,{\"k\":\"v\",\"j\":1}]", output(run, "items"));
        assertEquals("[{\"said\":\"n03\"},{\"said\":\"n02\"},{\"said\":\"n01\"}]", output(run, "sequence"));
        assertEquals("TaskGroup", Tree.text(node(run, ".items"), "type"));
        assertEquals("Succeeded", phase(run, ".items(0:x)"));
        assertEquals("Succeeded", phase(run, ".items(2:j:1,k:v)"));
        assertEquals("Skipped", phase(run, ".param(0:n:1)"));
        assertEquals("Succeeded", phase(run, ".param(1:n:2)"));
        assertEquals("Skipped, empty params", Tree.text(node(run, ".none"), "message"));
        assertEquals("Error", phase(run, ".wrong"));
        assertEquals(3, Tree.list(node(run, ".items"), "children").size());
    }

    @Test
    void aScriptRunsAndItsOutputIsAResultWhereItIsNamed() throws Exception {
        Map<String, @Nullable Object> run = bench.run("script", """
                {"entrypoint": "main", "templates": [
                  {"name": "main", "steps": [
                    [{"name": "flip", "template": "flip"}, {"name": "silent", "template": "flip"}],
                    [{"name": "heads", "template": "say", "when": "{{steps.flip.outputs.result}} == heads",
                      "arguments": {"parameters": [{"name": "w", "value": "{{steps.flip.outputs.result}}"}]}}]]},
                  {"name": "flip", "script": {"image": "i", "command": ["python3"],
                    "source": "import sys\\nprint('heads')\\nprint('aside', file=sys.stderr)\\n"}},
                  {"name": "say", "inputs": {"parameters": [{"name": "w"}]},
                   "script": {"image": "i", "command": ["sh"], "source": "echo said {{inputs.parameters.w}}"}}]}
                """);
        assertEquals("Succeeded", Tree.text(run, "status", "phase"), Json.pretty(run.get("status")));
        assertEquals("heads", Tree.text(node(run, "[0].flip"), "outputs", "result"));
        assertNull(Tree.at(node(run, "[0].silent"), "outputs", "result"));
        assertTrue(bench.log(run, "[0].flip").contains("aside"));
        assertEquals("said heads\n", bench.log(run, "[1].heads"));
    }

    @Test
    void parallelismBoundsARunAndATemplate() throws Exception {
        Path marks = Files.createDirectories(data.resolve("marks"));
        for (String where : new String[] {"spec", "template"}) {
            Map<String, @Nullable Object> run = bench.run(where, """
                    {"entrypoint": "main", %s "templates": [
                      {"name": "main", %s "steps": [[{"name": "s", "template": "one", "withSequence": {"count": "6"}}]]},
                      {"name": "one", "container": {"image": "i", "command": ["sh", "-c"],
                        "args": ["f=`mktemp %s/XXXXXX`; ls %s | wc -l; sleep 0.1; rm $f"]}}]}
                    """.formatted(
                            where.equals("spec") ? "\"parallelism\": 2," : "",
                            where.equals("spec") ? "" : "\"parallelism\": 2,",
                            marks,
                            marks));
            assertEquals("Succeeded", Tree.text(run, "status", "phase"));
            for (int i = 0; i < 6; i++) {
                int beside = Integer.parseInt(
                        bench.log(run, "[0].s(" + i + ":" + i + ")").strip());
                assertTrue(beside <= 2, where + " let " + beside + " run at once");
            }
        }
    }

    @Test
    void suspensionEndsWithItsDurationOrWhenSomebodyResumesItWithValues() throws Exception {
        Map<String, @Nullable Object> timed = bench.run("timed", """
                {"entrypoint": "wait", "templates": [{"name": "wait", "suspend": {"duration": "1"}}]}
                """);
        assertEquals("Suspend", Tree.text(node(timed, ""), "type"));
        assertTrue(!Instant.parse(Tree.text(node(timed, ""), "finishedAt"))
                .isBefore(Instant.parse(Tree.text(node(timed, ""), "startedAt")).plusSeconds(1)));

        bench.create("Workflow", "asked", """
                {"spec": {"entrypoint": "main", "templates": [
                  {"name": "main", "steps": [[{"name": "ask", "template": "ask"}],
                    [{"name": "use", "template": "echo", "arguments": {"parameters": [
                      {"name": "text", "value": "{{steps.ask.outputs.parameters.answer}}"}]}}]]},
                  {"name": "ask", "suspend": {}, "outputs": {"parameters": [
                    {"name": "answer", "valueFrom": {"supplied": {}}},
                    {"name": "other", "valueFrom": {"supplied": {}, "default": "d"}}]}},
                """ + ECHO + "]}}");
        bench.awaitNode("ask", "Running");
        bench.cluster.mergePatch(
                new ObjectKey("argoproj.io", "Workflow", "default", "asked"),
                Json.parseObject("""
                        {"status": {"nodes": {"%s": {"phase": "Succeeded", "message": "by ann",
                          "outputs": {"parameters": [{"name": "answer", "value": "yes"}]}}}}}
                        """.formatted(NodeIds.of("asked", "asked[0].ask"))),
                "test");
        Map<String, @Nullable Object> asked = bench.await("asked");
        assertEquals("Succeeded", Tree.text(asked, "status", "phase"), Json.pretty(asked.get("status")));
        assertEquals("by ann", Tree.text(node(asked, "[0].ask"), "message"));
        assertEquals("d", Tree.text(Tree.named("other", node(asked, "[0].ask"), "outputs", "parameters"), "value"));
        assertEquals("yes", Tree.text(Tree.named("said", node(asked, "[1].use"), "outputs", "parameters"), "value"));

        bench.create("Workflow", "resumed", Json.write(Map.of("spec", Tree.copy(Tree.map(asked, "spec")))));
        bench.awaitNode("ask", "Running");
        RunResume resume =
                RunResume.of(bench.workflow("resumed"), Map.of("answer", "no", "other", "o"), "ask", Instant.now());
        bench.cluster.mergePatch(
                new ObjectKey("argoproj.io", "Workflow", "default", "resumed"), resume.patch(), "test");
        Map<String, @Nullable Object> resumed = bench.await("resumed");
        assertEquals("o", Tree.text(Tree.named("other", node(resumed, "[0].ask"), "outputs", "parameters"), "value"));
        assertEquals("no", Tree.text(Tree.named("said", node(resumed, "[1].use"), "outputs", "parameters"), "value"));
    }

    @Test
    void aMutexLetsOneRunInAndASemaphoreAsManyAsItsConfigMapSays() throws Exception {
        Path marks = Files.createDirectories(data.resolve("locks"));
        bench.create("ConfigMap", "sizes", "{\"data\": {\"two\": \"2\"}}");
        Map<String, Integer> bounds = Map.of(
                "{\"mutexes\": [{\"name\": \"m-{{workflow.parameters.p}}\"}]}",
                1,
                "{\"semaphores\": [{\"configMapKeyRef\": {\"name\": \"sizes\", \"key\": \"two\"}}]}",
                2);
        int number = 0;
        for (Map.Entry<String, Integer> bound : bounds.entrySet()) {
            for (String where : new String[] {"spec", "template"}) {
                int first = number;
                for (int i = 0; i < 3; i++) {
                    bench.create("Workflow", "lock-" + number++, """
                            {"spec": {"entrypoint": "one", "arguments": {"parameters": [{"name": "p", "value": "x"}]}, %s
                             "templates": [{"name": "one", %s "container": {"image": "i", "command": ["sh", "-c"],
                               "args": ["f=`mktemp %s/XXXXXX`; ls %s | wc -l; sleep 0.2; rm $f"]}}]}}
                            """.formatted(
                                    where.equals("spec")
                                            ? "\"synchronization\": "
                                                    + bound.getKey().replace("-{{workflow.parameters.p}}", "") + ","
                                            : "",
                                    where.equals("spec") ? "" : "\"synchronization\": " + bound.getKey() + ",",
                                    marks,
                                    marks));
                }
                for (int i = first; i < number; i++) {
                    Map<String, @Nullable Object> run = bench.await("lock-" + i);
                    assertEquals("Succeeded", Tree.text(run, "status", "phase"), Json.pretty(run.get("status")));
                    int beside = Integer.parseInt(bench.log(run, "").strip());
                    assertTrue(beside <= bound.getValue(), bound.getKey() + " of the " + where + " let in " + beside);
                }
            }
        }
    }

    @Test
    void outputsAreRememberedByKeyUntilTheyAreTooOld() throws Exception {
        Path marks = Files.createDirectories(data.resolve("memory"));
        String spec = """
                {"entrypoint": "m", "arguments": {"parameters": [{"name": "k", "value": "%s"}]},
                 "templates": [{"name": "m", "memoize": {"key": "{{workflow.parameters.k}}", "maxAge": "%s",
                     "cache": {"configMap": {"name": "memory"}}},
                   "container": {"image": "i", "command": ["sh", "-c"],
                     "args": ["mktemp %s/XXXXXX; echo {{workflow.name}} > /tmp/who"]},
                   "outputs": {"parameters": [{"name": "who", "globalName": "who", "valueFrom": {"path": "/tmp/who"}}]}}]}
                """;
        Map<String, @Nullable Object> first = bench.run("first", spec.formatted("a", "1h", marks));
        assertEquals("Succeeded", Tree.text(first, "status", "phase"), Json.pretty(first.get("status")));
        assertEquals(false, Tree.at(node(first, ""), "memoizationStatus", "hit"));
        Map<String, @Nullable Object> second = bench.run("second", spec.formatted("a", "1h", marks));
        assertEquals("first", output(second, "who"));
        assertEquals(true, Tree.at(node(second, ""), "memoizationStatus", "hit"));
        assertEquals("third", output(bench.run("third", spec.formatted("b", "1h", marks)), "who"));
        Thread.sleep(1100);
        assertEquals("fourth", output(bench.run("fourth", spec.formatted("a", "1ms", marks)), "who"));
        assertEquals(3, marks.toFile().listFiles().length);
        bench.create("ConfigMap", "other", "{\"data\": {}}");
        Map<String, @Nullable Object> wrong =
                bench.run("wrong", spec.formatted("a", "1h", marks).replace("memory", "other"));
        assertTrue(
                Tree.text(node(wrong, ""), "message").contains("is no cache"), Tree.text(node(wrong, ""), "message"));
    }
}
