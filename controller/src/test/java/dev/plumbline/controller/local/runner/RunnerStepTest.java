package dev.plumbline.controller.local.runner;

import static dev.plumbline.controller.local.runner.RunnerBench.node;
import static dev.plumbline.controller.local.runner.RunnerBench.phase;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.controller.apply.DeleteOptions;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.ObjectKey;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunnerStepTest {

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
    void stepCodeIsMountedFromAConfigMapAndPathsArePrivate() throws Exception {
        bench.create("ConfigMap", "steps", """
                {"data": {"show.py": "import sys, os\\nprint(sys.argv[1:], os.environ['OUT'], os.getcwd().endswith('/opt/app'))\\nopen(sys.argv[1], 'w').write('made')\\n",
                          "other": "x"}}
                """);
        Map<String, @Nullable Object> run = bench.run("mounted", """
                {"entrypoint": "main",
                 "volumes": [{"name": "steps", "configMap": {"name": "steps", "items": [{"key": "show.py", "path": "lib/show.py"}]}},
                             {"name": "work", "emptyDir": {}},
                             {"name": "claim", "persistentVolumeClaim": {"claimName": "shared"}}],
                 "templates": [{"name": "main", "container": {"image": "i", "command": ["python3"], "workingDir": "/opt/app",
                   "args": ["/steps/lib/show.py", "/work/out", "--in=/work", "/workshop", "s3://x/work", "/claim/f"],
                   "env": [{"name": "OUT", "value": "a:/work/out"}],
                   "volumeMounts": [{"name": "steps", "mountPath": "/steps"}, {"name": "work", "mountPath": "/work"},
                                    {"name": "claim", "mountPath": "/claim"}]},
                   "outputs": {"parameters": [{"name": "made", "valueFrom": {"path": "/work/out"}}]}}]}
                """);
        assertEquals("Succeeded", Tree.text(run, "status", "phase"), () -> String.valueOf(run.get("status")));
        assertEquals("made", Tree.text(Tree.named("made", node(run, ""), "outputs", "parameters"), "value"));
        String folder =
                data.resolve("runs").resolve(Tree.text(run, "metadata", "uid")).resolve("mounted") + "/volumes/work";
        assertEquals(
                "['" + folder + "/out', '--in=" + folder + "', '/workshop', 's3://x/work', '"
                        + data.resolve("volumes/shared/f") + "'] a:" + folder + "/out True\n",
                bench.log(run, ""));
    }

    @Test
    void environmentHasPodFieldsConfigMapsAndExpansion() throws Exception {
        bench.create("ConfigMap", "settings", "{\"data\": {\"REGION\": \"eu\", \"k\": \"v\"}}");
        Map<String, @Nullable Object> run = bench.run("env", """
                {"entrypoint": "main", "podMetadata": {"annotations": {"plumbline.dev/a": "spec", "b": "spec"}},
                 "templates": [{"name": "main", "metadata": {"annotations": {"b": "own"}, "labels": {"l": "{{workflow.name}}"}},
                   "container": {"image": "i", "command": ["sh", "-c"],
                   "args": ["echo $(BOTH) $A $B $L $NS $X_REGION $K $FROM_ENVIRONMENT; echo $$HOME_IS_NOT $(UNKNOWN) | cut -c1-1; env | grep -c JAVA_HOME"],
                   "envFrom": [{"prefix": "X_", "configMapRef": {"name": "settings"}}],
                   "env": [{"name": "A", "valueFrom": {"fieldRef": {"fieldPath": "metadata.annotations['plumbline.dev/a']"}}},
                           {"name": "B", "valueFrom": {"fieldRef": {"fieldPath": "metadata.annotations['b']"}}},
                           {"name": "L", "valueFrom": {"fieldRef": {"fieldPath": "metadata.labels['l']"}}},
                           {"name": "NS", "valueFrom": {"fieldRef": {"fieldPath": "metadata.namespace"}}},
                           {"name": "K", "valueFrom": {"configMapKeyRef": {"name": "settings", "key": "k"}}},
                           {"name": "BOTH", "value": "$(K)-$(X_REGION)"}]}}]}
                """);
        // grep -c finds nothing and fails: the environment of the JVM does not reach steps.
        assertEquals("Failed", Tree.text(run, "status", "phase"));
        assertTrue(bench.log(run, "").startsWith("v-eu spec own env default eu v yes\n"), bench.log(run, ""));
        assertTrue(bench.log(run, "").endsWith("\n0\n"), bench.log(run, ""));
    }

    @Test
    void retriesUntilItSucceedsOrTheLimitIsReached() throws Exception {
        Map<String, @Nullable Object> run = bench.run("retry", """
                {"entrypoint": "main", "templates": [
                  {"name": "main", "dag": {"failFast": false, "tasks": [
                    {"name": "third", "template": "third"}, {"name": "never", "template": "never"},
                    {"name": "wrong-kind", "template": "on-error"}]}},
                  {"name": "third", "retryStrategy": {"limit": 5, "backoff": {"duration": "10ms", "factor": "2"}},
                   "container": {"image": "i", "command": ["sh", "-c", "echo {{retries}} {{lastRetry.exitCode}}; test {{retries}} -eq 2 && echo done > /o/x"]},
                   "outputs": {"parameters": [{"name": "x", "valueFrom": {"path": "/o/x"}}]}},
                  {"name": "never", "retryStrategy": {"limit": "1", "retryPolicy": "Always"},
                   "container": {"image": "i", "command": ["false"]}},
                  {"name": "on-error", "retryStrategy": {"limit": "3", "retryPolicy": "OnError"},
                   "container": {"image": "i", "command": ["false"]}}]}
                """);
        assertEquals("Failed", Tree.text(run, "status", "phase"));
        Map<String, @Nullable Object> third = node(run, ".third");
        assertEquals("Retry", third.get("type"));
        assertEquals("Succeeded", third.get("phase"));
        assertEquals(3, Tree.list(third, "children").size());
        assertEquals("done", Tree.text(Tree.named("x", third, "outputs", "parameters"), "value"));
        assertEquals("1 1\n", bench.log(run, ".third(1)"));
        assertEquals("third(1)", Tree.text(node(run, ".third(1)"), "displayName"));
        assertEquals(true, Tree.at(node(run, ".third(1)"), "nodeFlag", "retried"));
        assertEquals("No more retries left", Tree.text(node(run, ".never"), "message"));
        assertEquals(2, Tree.list(node(run, ".never"), "children").size());
        assertEquals(1, Tree.list(node(run, ".wrong-kind"), "children").size());
    }

    @Test
    void theExitHandlerKnowsWhatFailed() throws Exception {
        Map<String, @Nullable Object> run = bench.run("exits", """
                {"entrypoint": "main", "onExit": "bye", "templates": [
                  {"name": "main", "dag": {"tasks": [{"name": "bad", "template": "bad"}]}},
                  {"name": "bad", "container": {"image": "i", "command": ["false"]}},
                  {"name": "bye", "container": {"image": "i", "command": ["python3", "-c"],
                    "args": ["import sys, json; print(sys.argv[1]); print([f['displayName'] for f in json.loads(json.loads(sys.argv[2]))])",
                             "{{workflow.status}}", "{{workflow.failures}}"]}}]}
                """);
        assertEquals("Failed", Tree.text(run, "status", "phase"));
        assertEquals("Succeeded", phase(run, ".onExit"));
        assertTrue(
                bench.log(run, ".onExit").startsWith("Failed\n['exits', 'bad']")
                        || bench.log(run, ".onExit").startsWith("Failed\n['bad', 'exits']"),
                bench.log(run, ".onExit"));
    }

    @Test
    void aDeadlineEndsTheWholeProcessGroup() throws Exception {
        Map<String, @Nullable Object> run = bench.run("deadline", """
                {"entrypoint": "main", "templates": [
                  {"name": "main", "activeDeadlineSeconds": 1, "container": {"image": "i", "command": ["sh", "-c"],
                    "args": ["sleep 987 & setsid sleep 986 & echo started; trap '' TERM; wait; sleep 985"]}}]}
                """);
        assertEquals("Failed", Tree.text(run, "status", "phase"));
        assertEquals(
                "Pod was active on the node longer than the specified deadline", Tree.text(node(run, ""), "message"));
        assertEquals(List.of(), sleepers());
        Map<String, @Nullable Object> whole = bench.run("whole-deadline", """
                {"entrypoint": "main", "activeDeadlineSeconds": 1, "onExit": "bye", "templates": [
                  {"name": "main", "container": {"image": "i", "command": ["sleep", "987"]}},
                  {"name": "bye", "container": {"image": "i", "command": ["true"]}}]}
                """);
        assertEquals("Step exceeded workflow deadline", Tree.text(node(whole, ""), "message"));
        assertEquals("Succeeded", phase(whole, ".onExit"));
    }

    @Test
    void whatAStepLeavesRunningEndsWithIt() throws Exception {
        Map<String, @Nullable Object> run = bench.run("leaves", """
                {"entrypoint": "main", "templates": [{"name": "main", "container": {"image": "i",
                  "command": ["sh", "-c", "sleep 987 & setsid sleep 986 & echo ok"]}}]}
                """);
        assertEquals("Succeeded", Tree.text(run, "status", "phase"));
        assertEquals(List.of(), sleepers());
        assertEquals(
                0,
                Objects.requireNonNull(data.resolve("runner/children").toFile().list()).length);
    }

    @Test
    void deletingAWorkflowEndsItsSteps() throws Exception {
        bench.create("Workflow", "deleted", """
                {"spec": {"entrypoint": "main", "templates": [{"name": "main", "container": {"image": "i",
                  "command": ["sleep", "987"]}}]}}
                """);
        bench.awaitNode("deleted", "Running");
        bench.cluster.delete(
                new ObjectKey("argoproj.io", "Workflow", "default", "deleted"),
                DeleteOptions.exactly(Tree.text(bench.workflow("deleted"), "metadata", "uid")));
        RunEvent event = bench.awaitNode("", "");
        assertEquals("the Workflow was deleted", event.message());
        assertEquals(List.of(), sleepers());
    }

    @Test
    void missingOutputsAndProgramsAreErrorsThatSayWhat() throws Exception {
        Map<String, @Nullable Object> run = bench.run("missing", """
                {"entrypoint": "main", "templates": [
                  {"name": "main", "dag": {"failFast": false, "tasks": [
                    {"name": "no-file", "template": "no-file"}, {"name": "no-program", "template": "no-program"},
                    {"name": "no-map", "template": "no-map"}]}},
                  {"name": "no-file", "container": {"image": "i", "command": ["true"]},
                   "outputs": {"parameters": [{"name": "p", "valueFrom": {"path": "/o/p"}}]}},
                  {"name": "no-program", "container": {"image": "i", "command": ["no-such-program"]}},
                  {"name": "no-map", "volumes": [{"name": "v", "configMap": {"name": "nowhere"}}],
                   "container": {"image": "i", "command": ["true"], "volumeMounts": [{"name": "v", "mountPath": "/v"}]}}]}
                """);
        assertEquals("output parameter 'p': no file /o/p", Tree.text(node(run, ".no-file"), "message"));
        assertEquals("main: Error (exit code 127)", Tree.text(node(run, ".no-program"), "message"));
        assertEquals("cannot start no-such-program: No such file or directory\n", bench.log(run, ".no-program"));
        assertEquals(
                "ConfigMap 'nowhere' not found in namespace 'default'", Tree.text(node(run, ".no-map"), "message"));
        assertEquals("Error", Tree.text(run, "status", "phase"), () -> Json.pretty(run.get("status")));
    }

    /** Processes that only these tests start. */
    static List<String> sleepers() {
        return ProcessHandle.allProcesses()
                .map(process -> process.info().commandLine().orElse(""))
                .filter(line -> line.matches(".*sleep 98[0-9].*"))
                .toList();
    }
}
