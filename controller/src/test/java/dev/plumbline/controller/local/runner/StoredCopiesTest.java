package dev.plumbline.controller.local.runner;

import static dev.plumbline.controller.local.runner.RunnerBench.node;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.Tree;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredCopiesTest {

    @TempDir
    private Path data;

    private RunnerBench bench;

    @BeforeEach
    void open() throws Exception {
        bench = RunnerBench.open(data);
        bench.create("WorkflowTemplate", "train", """
                {"spec": {"entrypoint": "main", "podMetadata": {"annotations": {"commit": "c1", "own": "spec"}},
                  "workflowMetadata": {"annotations": {"plumbline.dev/template-commit": "c1"}, "labels": {"team": "ml"}},
                  "arguments": {"parameters": [{"name": "a", "value": "1"}, {"name": "b", "value": "2", "description": "d"}]},
                  "templates": [
                   {"name": "main", "dag": {"tasks": [{"name": "leaf", "template": "leaf"}]}},
                   {"name": "leaf", "metadata": {"annotations": {"own": "template"}},
                    "container": {"image": "i", "command": ["echo", "{{workflow.parameters.a}}{{workflow.parameters.b}}"]}},
                   {"name": "unused", "suspend": {}}]}}
                """);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void aWorkflowTemplateRefStoresTheMergedSpecAndCopiesMetadata() throws Exception {
        Map<String, @Nullable Object> run = bench.run("by-ref", """
                {"workflowTemplateRef": {"name": "train"},
                 "arguments": {"parameters": [{"name": "b", "value": "9"}, {"name": "c", "value": "3"}]}}
                """);
        assertEquals("Succeeded", Tree.text(run, "status", "phase"), () -> Json.pretty(run.get("status")));
        Map<String, @Nullable Object> stored = Tree.map(run, "status", "storedWorkflowTemplateSpec");
        assertEquals(
                "[{\"name\":\"a\",\"value\":\"1\"},{\"name\":\"b\",\"value\":\"9\"},{\"name\":\"c\",\"value\":\"3\"}]",
                Json.write(Tree.at(stored, "arguments", "parameters")));
        assertEquals("train", Tree.text(stored, "workflowTemplateRef", "name"));
        assertEquals(3, Tree.list(stored, "templates").size());
        assertEquals("c1", Tree.text(run, "metadata", "annotations", "plumbline.dev/template-commit"));
        assertEquals("ml", Tree.text(run, "metadata", "labels", "team"));
        assertEquals("train", Tree.text(run, "metadata", "labels", "workflows.argoproj.io/workflow-template"));
        assertEquals("19\n", bench.log(run, ".leaf"));
        assertEquals("local/by-ref", Tree.text(node(run, ".leaf"), "templateScope"));
    }

    @Test
    void aTemplateRefStoresEachTemplateThatItReachesWithPodMetadata() throws Exception {
        Map<String, @Nullable Object> run = bench.run("refs", """
                {"entrypoint": "main", "arguments": {"parameters": [{"name": "a", "value": "x"}, {"name": "b", "value": "y"}]},
                 "templates": [{"name": "main", "dag": {"tasks": [
                  {"name": "t", "templateRef": {"name": "train", "template": "main"}}]}}]}
                """);
        assertEquals("Succeeded", Tree.text(run, "status", "phase"), () -> Json.pretty(run.get("status")));
        Map<String, @Nullable Object> stored = Tree.map(run, "status", "storedTemplates");
        assertEquals(Set.of("namespaced/train/main", "namespaced/train/leaf"), stored.keySet());
        assertEquals(
                "{\"commit\":\"c1\",\"own\":\"template\"}",
                Json.write(Tree.at(stored, "namespaced/train/leaf", "metadata", "annotations")));
        assertEquals("c1", Tree.text(stored, "namespaced/train/main", "metadata", "annotations", "commit"));
        assertNull(Tree.at(run, "status", "storedWorkflowTemplateSpec"));
        assertEquals("train", Tree.text(node(run, ".t"), "templateRef", "name"));
        assertNull(node(run, ".t").get("templateName"));
        assertEquals("local/refs", Tree.text(node(run, ".t"), "templateScope"));
        assertEquals("namespaced/train", Tree.text(node(run, ".t.leaf"), "templateScope"));
        assertEquals("leaf", Tree.text(node(run, ".t.leaf"), "templateName"));
        assertEquals("xy\n", bench.log(run, ".t.leaf"));
        assertNull(Tree.at(run, "metadata", "labels", "team"));
    }

    @Test
    void whatAWorkflowBringsAsItsStatusIsNotExecutedNorKept() throws Exception {
        bench.create("Workflow", "forged", """
                {"spec": {"entrypoint": "main", "templates": [{"name": "main", "dag": {"tasks": [
                    {"name": "t", "templateRef": {"name": "train", "template": "leaf"}}]}}],
                    "arguments": {"parameters": [{"name": "a", "value": "1"}, {"name": "b", "value": "2"}]}},
                 "status": {"storedTemplates": {"namespaced/train/leaf": {"name": "leaf", "container": {"command": ["echo", "forged"]}},
                                                "namespaced/other/x": {"name": "x"}},
                            "nodes": {"forged": {"id": "forged", "phase": "Succeeded"}}, "outputs": {"parameters": [{"name": "o", "value": "1"}]}}}
                """);
        Map<String, @Nullable Object> run = bench.await("forged");
        assertEquals("Succeeded", Tree.text(run, "status", "phase"), () -> Json.pretty(run.get("status")));
        assertEquals("12\n", bench.log(run, ".t"));
        assertEquals(
                Set.of("namespaced/train/leaf"),
                Tree.map(run, "status", "storedTemplates").keySet());
        assertNull(Tree.at(run, "status", "outputs"));
    }

    @Test
    void whatIsMissingIsNamed() throws Exception {
        Map<String, @Nullable Object> run = bench.run("dangling", """
                {"entrypoint": "main", "templates": [{"name": "main", "dag": {"tasks": [
                  {"name": "t", "templateRef": {"name": "train", "template": "nothing"}}]}}]}
                """);
        assertEquals("Error", Tree.text(run, "status", "phase"));
        assertEquals(
                "invalid spec: templates.main.tasks.t: template reference train.nothing not found",
                Tree.text(run, "status", "message"));
        Map<String, @Nullable Object> gone = bench.run("gone", "{\"workflowTemplateRef\": {\"name\": \"gone\"}}");
        assertTrue(Tree.text(gone, "status", "message").contains("WorkflowTemplate/gone not found"));
    }

    @Test
    void elementsOfTheWorkflowReplaceThoseOfTheTemplateByName() throws Exception {
        Map<String, @Nullable Object> low = Json.parseObject(
                "{\"arguments\": {\"parameters\": [{\"name\": \"a\", \"value\": \"1\"}, {\"name\": \"b\"}]}, \"x\": [1], \"y\": {\"k\": 1}}");
        Map<String, @Nullable Object> high = Json.parseObject(
                "{\"arguments\": {\"parameters\": [{\"name\": \"new\"}, {\"name\": \"a\", \"value\": \"2\"}]}, \"x\": [2], \"y\": {\"l\": 2}}");
        Map<String, @Nullable Object> joined = SpecJoin.join(high, low);
        assertEquals(
                List.of("new", "a", "b"),
                Tree.maps(joined, "arguments", "parameters").stream()
                        .map(p -> p.get("name"))
                        .toList());
        assertEquals("{\"k\":1,\"l\":2}", Json.write(joined.get("y")));
        assertEquals("[2]", Json.write(joined.get("x")));
    }
}
