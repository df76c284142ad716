package dev.plumbline.controller.local.runner;

import static dev.plumbline.controller.local.runner.RunnerBench.node;
import static dev.plumbline.controller.local.runner.RunnerBench.output;
import static dev.plumbline.controller.local.runner.RunnerBench.phase;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.json.Tree;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunnerTest {

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
    void parametersGoInAndOutAndBecomeGlobal() throws Exception {
        Map<String, @Nullable Object> run = bench.run("params", """
                {"entrypoint": "main", "arguments": {"parameters": [{"name": "x", "value": "3"}]},
                 "templates": [
                  {"name": "main", "inputs": {"parameters": [{"name": "x"}]},
                   "dag": {"tasks": [
                    {"name": "a", "template": "echo", "arguments": {"parameters": [
                      {"name": "text", "value": "{{inputs.parameters.x}} of {{workflow.name}}"}]}},
                    {"name": "b", "template": "echo", "depends": "a", "arguments": {"parameters": [
                      {"name": "text", "value": "<{{tasks.a.outputs.parameters.said}}>"}]}}]},
                   "outputs": {"parameters": [
                     {"name": "all", "globalName": "all", "valueFrom": {"parameter": "{{tasks.b.outputs.parameters.said}}"}}]}},
                  {"name": "echo", "inputs": {"parameters": [{"name": "text"}]},
                   "container": {"image": "i", "command": ["sh", "-c"],
                     "args": ["echo \\"{{inputs.parameters.text}}\\"; echo \\"{{inputs.parameters.text}}\\" > /tmp/said"]},
                   "outputs": {"parameters": [
                     {"name": "said", "valueFrom": {"path": "/tmp/said"}},
                     {"name": "none", "valueFrom": {"path": "/tmp/none", "default": "d"}}]}}]}
                """);
        assertEquals("Succeeded", Tree.text(run, "status", "phase"), () -> String.valueOf(run));
        assertEquals("<3 of params>", output(run, "all"));
        assertEquals("d", Tree.text(Tree.named("none", node(run, ".a"), "outputs", "parameters"), "value"));
        assertEquals("3 of params\n", bench.log(run, ".a"));
        assertFalse(Files.exists(Path.of("/tmp/said")));
        assertEquals("2/2", Tree.text(run, "status", "progress"));
    }

    @Test
    void statusHasArgosShape() throws Exception {
        Map<String, @Nullable Object> run = bench.run("shape", """
                {"entrypoint": "main", "templates": [
                  {"name": "main", "dag": {"tasks": [
                    {"name": "a", "template": "ok"}, {"name": "b", "template": "ok", "dependencies": ["a"]}]}},
                  {"name": "ok", "container": {"image": "i", "command": ["true"]}}]}
                """);
        Map<String, @Nullable Object> root = node(run, "");
        assertEquals("shape", root.get("id"));
        assertEquals("DAG", root.get("type"));
        assertEquals("main", root.get("templateName"));
        assertEquals("local/shape", root.get("templateScope"));
        Map<String, @Nullable Object> a = node(run, ".a");
        assertEquals(List.of(String.valueOf(a.get("id"))), Tree.list(root, "children"));
        assertEquals(List.of(String.valueOf(node(run, ".b").get("id"))), Tree.list(a, "children"));
        assertEquals(Tree.list(a, "children"), Tree.list(root, "outboundNodes"));
        assertEquals("shape", a.get("boundaryID"));
        assertEquals("a", a.get("displayName"));
        assertEquals("Pod", a.get("type"));
        assertEquals("0", Tree.text(a, "outputs", "exitCode"));
        assertEquals("true", Tree.text(run, "metadata", "labels", "workflows.argoproj.io/completed"));
        assertEquals("Succeeded", Tree.text(run, "metadata", "labels", "workflows.argoproj.io/phase"));
        assertEquals("True", Tree.text(Tree.maps(run, "status", "conditions").getLast(), "status"));
        assertFalse(Tree.text(run, "status", "finishedAt").isEmpty());
    }

    @Test
    void artifactsTravelAsFilesFoldersAndArchives() throws Exception {
        Map<String, @Nullable Object> run = bench.run("artifacts", """
                {"entrypoint": "main", "templates": [
                  {"name": "main", "dag": {"tasks": [
                    {"name": "make", "template": "make"},
                    {"name": "use", "template": "use", "depends": "make", "arguments": {"artifacts": [
                      {"name": "folder", "from": "{{tasks.make.outputs.artifacts.folder}}"},
                      {"name": "file", "from": "{{tasks.make.outputs.artifacts.file}}"},
                      {"name": "plain", "from": "{{tasks.make.outputs.artifacts.plain}}"},
                      {"name": "raw", "raw": {"data": "literal"}}]}}]}},
                  {"name": "make", "container": {"image": "i", "command": ["sh", "-c"],
                     "args": ["mkdir -p /out/folder/deep; echo 1 > /out/folder/deep/one; echo 2 > /out/file;"
                              ]},
                   "outputs": {"artifacts": [
                     {"name": "folder", "path": "/out/folder"},
                     {"name": "file", "path": "/out/file", "globalName": "model"},
                     {"name": "plain", "path": "/out/folder/deep", "archive": {"none": {}}},
                     {"name": "maybe", "path": "/out/maybe", "optional": true}]}},
                  {"name": "use",
                   "inputs": {"artifacts": [{"name": "folder", "path": "/in/a"}, {"name": "file", "path": "/in/b"},
                     {"name": "plain", "path": "/in/c"}, {"name": "raw", "path": "/in/d"},
                     {"name": "absent", "path": "/in/e", "optional": true}]},
                   "container": {"image": "i", "command": ["cat"],
                     "args": ["/in/a/deep/one", "{{inputs.artifacts.file.path}}", "/in/c/one", "/in/d"]}}]}
                """);
        assertEquals("Succeeded", Tree.text(run, "status", "phase"), () -> String.valueOf(run.get("status")));
        assertEquals("1\n2\n1\nliteral", bench.log(run, ".use"));
        String uid = Tree.text(run, "metadata", "uid");
        String key = Tree.text(Tree.named("model", run, "status", "outputs", "artifacts"), "s3", "key");
        assertTrue(key.startsWith(uid + "/artifacts-make-") && key.endsWith("/file.tgz"), key);
        assertTrue(Files.isRegularFile(data.resolve("artifacts").resolve(key)));
        List<Map<String, @Nullable Object>> records =
                new ArtifactRecords(data.resolve("runs").resolve(uid).resolve("artifacts.json")).read();
        assertEquals(3, records.size());
        assertEquals(
                List.of("tar", "tar", "none"),
                records.stream().map(r -> r.get("archive")).toList());
    }

    @Test
    void whenAndDependsSkipAndOmit() throws Exception {
        Map<String, @Nullable Object> run = bench.run("branches", """
                {"entrypoint": "main", "templates": [
                  {"name": "main", "dag": {"tasks": [
                    {"name": "a", "template": "say"},
                    {"name": "no", "template": "say", "depends": "a",
                     "when": "{{tasks.a.outputs.parameters.n}} > 5"},
                    {"name": "yes", "template": "say", "depends": "a",
                     "when": "{{tasks.a.outputs.parameters.n}} <= 5"},
                    {"name": "after-no", "template": "take", "depends": "no",
                     "arguments": {"parameters": [{"name": "n", "value": "{{tasks.no.outputs.parameters.n}}"}]}},
                    {"name": "only-failed", "template": "say", "depends": "a.Failed"},
                    {"name": "after-omitted", "template": "say", "depends": "only-failed"},
                    {"name": "wrong-use", "template": "take", "depends": "no",
                     "arguments": {"parameters": [{"name": "n", "value": "x{{tasks.no.outputs.parameters.n}}"}]}}]}},
                  {"name": "say", "container": {"image": "i", "command": ["sh", "-c", "echo 5 > /o/n"]},
                   "outputs": {"parameters": [{"name": "n", "valueFrom": {"path": "/o/n"}}]}},
                  {"name": "take", "inputs": {"parameters": [{"name": "n", "default": "its-own"}]},
                   "container": {"image": "i", "command": ["echo", "{{inputs.parameters.n}}"]}}]}
                """);
        assertEquals("Skipped", phase(run, ".no"));
        assertEquals("when '5 > 5' evaluated false", Tree.text(node(run, ".no"), "message"));
        assertEquals("Succeeded", phase(run, ".yes"));
        assertEquals("Succeeded", phase(run, ".after-no"));
        assertEquals("its-own\n", bench.log(run, ".after-no"));
        assertEquals("Omitted", phase(run, ".only-failed"));
        assertEquals("Skipped", Tree.text(node(run, ".only-failed"), "type"));
        assertEquals("Omitted", phase(run, ".after-omitted"));
        assertEquals("Error", phase(run, ".wrong-use"));
        assertEquals("Error", Tree.text(run, "status", "phase"));
    }

    @Test
    void aFailedTaskMayBeHandledAndFailFastStopsTheRest() throws Exception {
        String templates = """
                  {"name": "ok", "container": {"image": "i", "command": ["true"]}},
                  {"name": "slow", "container": {"image": "i", "command": ["sleep", "0.5"]}},
                  {"name": "bad", "container": {"image": "i", "command": ["sh", "-c", "exit 7"]}}]}
                """;
        Map<String, @Nullable Object> handled = bench.run("handled", """
                {"entrypoint": "main", "templates": [
                  {"name": "main", "dag": {"tasks": [
                    {"name": "bad", "template": "bad"},
                    {"name": "handler", "template": "ok", "depends": "bad.Failed"}]}},
                """ + templates);
        assertEquals("Succeeded", Tree.text(handled, "status", "phase"));
        assertEquals("main: Error (exit code 7)", Tree.text(node(handled, ".bad"), "message"));
        Map<String, @Nullable Object> fast = bench.run("fast", """
                {"entrypoint": "main", "templates": [
                  {"name": "main", "dag": {"tasks": [
                    {"name": "bad", "template": "bad"}, {"name": "slow", "template": "slow"},
                    {"name": "later", "template": "ok", "depends": "slow"}]}},
                """ + templates);
        assertEquals("Failed", Tree.text(fast, "status", "phase"));
        assertEquals("Succeeded", phase(fast, ".slow"));
        assertEquals("", phase(fast, ".later"));
        Map<String, @Nullable Object> whole = bench.run("whole", """
                {"entrypoint": "main", "templates": [
                  {"name": "main", "dag": {"failFast": false, "tasks": [
                    {"name": "bad", "template": "bad"}, {"name": "slow", "template": "slow"},
                    {"name": "later", "template": "ok", "depends": "slow"}]}},
                """ + templates);
        assertEquals("Failed", Tree.text(whole, "status", "phase"));
        assertEquals("Succeeded", phase(whole, ".later"));
    }

    @Test
    void whatIsNotExecutedIsRefusedByNameBeforeAnythingRuns() throws Exception {
        Map<String, @Nullable Object> run = bench.run("refused", """
                {"entrypoint": "main", "templates": [
                  {"name": "main", "dag": {"tasks": [{"name": "a", "template": "touch"}, {"name": "b", "template": "s"}]}},
                  {"name": "touch", "container": {"image": "i", "command": ["sh", "-c", "exit 3"]}},
                  {"name": "s", "http": {"url": "http://x"}},
                  {"name": "unused", "suspend": {}}]}
                """);
        assertEquals("Error", Tree.text(run, "status", "phase"));
        assertEquals(
                "invalid spec: templates.s.http: the embedded runner does not execute 'http'",
                Tree.text(run, "status", "message"));
        assertNull(Tree.at(run, "status", "nodes"));
        assertEquals("true", Tree.text(run, "metadata", "labels", "workflows.argoproj.io/completed"));
    }
}
