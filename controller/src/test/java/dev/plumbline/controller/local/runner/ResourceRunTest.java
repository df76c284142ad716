package dev.plumbline.controller.local.runner;

import static dev.plumbline.controller.local.runner.RunnerBench.node;
import static dev.plumbline.controller.local.runner.RunnerBench.output;
import static dev.plumbline.controller.local.runner.RunnerBench.phase;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.ObjectKey;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Resource templates against the embedded cluster. */
class ResourceRunTest {

    private static final String OBJECT = "{\\\"apiVersion\\\": \\\"v1\\\", \\\"kind\\\": \\\"ConfigMap\\\","
            + " \\\"metadata\\\": {\\\"name\\\": \\\"{{workflow.parameters.n}}\\\"},"
            + " \\\"data\\\": {\\\"k\\\": \\\"%s\\\"}}";
    private static final String OUTPUTS = "\"outputs\": {\"parameters\": [{\"name\": \"k\", \"globalName\": \"k\","
            + " \"valueFrom\": {\"jsonPath\": \"<{.data.k}>{.data.none}\"}}]},";

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

    private static String resource(String name, String resource, String more) {
        return """
                {"name": "%s", %s "resource": %s}
                """.formatted(name, more, resource);
    }

    private Map<String, @Nullable Object> one(String name, String resource, String more) throws Exception {
        return bench.run(
                name,
                "{\"entrypoint\": \"r\", \"arguments\": {\"parameters\": [{\"name\": \"n\", \"value\": \"made\"}]},"
                        + " \"templates\": [" + resource("r", resource, more) + "]}");
    }

    private Map<String, @Nullable Object> configMap(String name) throws Exception {
        return bench.cluster
                .get(new ObjectKey("", "ConfigMap", "default", name))
                .orElse(Map.of());
    }

    @Test
    void everyActionDoesWhatKubectlDoesAndOutputsAreRead() throws Exception {
        Map<String, @Nullable Object> created =
                one("create", "{\"action\": \"create\", \"manifest\": \"" + OBJECT.formatted("1") + "\"}", OUTPUTS);
        assertEquals("Succeeded", Tree.text(created, "status", "phase"), Json.pretty(created.get("status")));
        assertEquals("<1>", output(created, "k"));
        assertEquals("Pod", Tree.text(node(created, ""), "type"));
        assertEquals("create ConfigMap/made", bench.log(created, "").strip());

        Map<String, @Nullable Object> twice =
                one("twice", "{\"action\": \"create\", \"manifest\": \"" + OBJECT.formatted("1") + "\"}", "");
        assertEquals("Failed", phase(twice, ""));
        assertTrue(Tree.text(node(twice, ""), "message").contains("it exists"), Tree.text(node(twice, ""), "message"));

        Map<String, @Nullable Object> applied = one(
                "apply",
                "{\"action\": \"apply\", \"flags\": [\"--server-side\", \"--field-manager=me\", \"--force-conflicts\"],"
                        + " \"manifest\": \"" + OBJECT.formatted("2") + "\"}",
                OUTPUTS);
        assertEquals("<2>", output(applied, "k"));
        assertEquals(
                "me",
                Tree.text(
                        Tree.maps(configMap("made"), "metadata", "managedFields")
                                .getFirst(),
                        "manager"));

        Map<String, @Nullable Object> patched = one(
                "patch",
                "{\"action\": \"patch\", \"mergeStrategy\": \"merge\", \"manifest\": \"" + OBJECT.formatted("3")
                        + "\"}",
                OUTPUTS);
        assertEquals("<3>", output(patched, "k"));
        assertEquals(
                "<3>",
                output(
                        one("get", "{\"action\": \"get\", \"manifest\": \"" + OBJECT.formatted("") + "\"}", OUTPUTS),
                        "k"));

        String delete = "{\"action\": \"delete\", \"manifest\": \"" + OBJECT.formatted("") + "\"}";
        assertEquals("Succeeded", phase(one("delete", delete, ""), ""));
        assertEquals(Map.of(), configMap("made"));
        assertEquals("Succeeded", phase(one("delete-again", delete, ""), ""));
        assertEquals("Failed", phase(one("get-gone", delete.replace("delete", "get"), ""), ""));
    }

    @Test
    void conditionsAreAwaitedAndTheOwnerTakesItAlong() throws Exception {
        String manifest = "{\\\"apiVersion\\\": \\\"v1\\\", \\\"kind\\\": \\\"ConfigMap\\\","
                + " \\\"metadata\\\": {\\\"name\\\": \\\"%s\\\"}, \\\"data\\\": {\\\"state\\\": \\\"new\\\"}}";
        String conditions =
                "\"successCondition\": \"data.state == done\", \"failureCondition\": \"data.state in (bad)\"";
        for (String end : new String[] {"done", "bad"}) {
            String spec = "{\"entrypoint\": \"r\", \"templates\": ["
                    + resource(
                            "r",
                            "{\"action\": \"apply\", \"setOwnerReference\": true, " + conditions + ", \"manifest\": \""
                                    + manifest.formatted("state-" + end) + "\"}",
                            "")
                    + "]}";
            bench.create("Workflow", "wait-" + end, "{\"spec\": " + spec + "}");
            bench.awaitNode("wait-" + end, "Running");
            while (configMap("state-" + end).isEmpty()) {
                Thread.sleep(10);
            }
            assertEquals("Running", phase(bench.workflow("wait-" + end), ""));
            bench.cluster.mergePatch(
                    new ObjectKey("", "ConfigMap", "default", "state-" + end),
                    Map.of("data", Map.of("state", end)),
                    "test");
            Map<String, @Nullable Object> run = bench.await("wait-" + end);
            assertEquals(end.equals("done") ? "Succeeded" : "Failed", phase(run, ""));
            assertEquals(
                    Tree.text(run, "metadata", "uid"),
                    Tree.text(
                            Tree.maps(configMap("state-" + end), "metadata", "ownerReferences")
                                    .getFirst(),
                            "uid"));
            if (end.equals("bad")) {
                assertEquals(
                        "main: Error (exit code 1): failure condition 'data.state in (bad)' evaluated true",
                        Tree.text(node(run, ""), "message"));
            }
        }
    }

    @Test
    void aConditionThatNeverHoldsEndsWithTheDeadline() throws Exception {
        Map<String, @Nullable Object> run = one(
                "never",
                "{\"action\": \"apply\", \"successCondition\": \"data.k == other\", \"manifest\":"
                        + " \"{apiVersion: v1, kind: ConfigMap, metadata: {name: never}, data: {k: mine}}\"}",
                "\"activeDeadlineSeconds\": 1,");
        assertEquals("Failed", phase(run, ""));
        assertTrue(Tree.text(node(run, ""), "message").contains("longer than the specified deadline"));
    }

    @Test
    void whatIsNotExecutedIsRefusedByName() throws Exception {
        Map<String, @Nullable Object> run = one(
                "refused",
                "{\"action\": \"replace\", \"flags\": [\"--validate=false\"], \"manifestFrom\": {}, \"manifest\": \"x\"}",
                "\"outputs\": {\"parameters\": [{\"name\": \"k\", \"valueFrom\": {\"jsonPath\": \"{.items[*].x}\"}}]},");
        String message = Tree.text(run, "status", "message");
        assertTrue(message.contains("does not execute 'manifestFrom'"), message);
        assertTrue(message.contains("does not execute the action 'replace'"), message);
        assertTrue(message.contains("does not execute the flag '--validate=false'"), message);
        assertTrue(message.contains("does not execute the jsonPath '{.items[*].x}'"), message);

        Map<String, @Nullable Object> unknown = one(
                "unknown",
                "{\"action\": \"get\", \"manifest\": \"{apiVersion: x.io/v1, kind: Thing, metadata: {name: a}}\"}",
                "");
        assertTrue(
                Tree.text(node(unknown, ""), "message").contains("does not know the kind Thing of x.io"),
                Tree.text(node(unknown, ""), "message"));
    }
}
