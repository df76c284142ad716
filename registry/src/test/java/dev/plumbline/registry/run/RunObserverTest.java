package dev.plumbline.registry.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.JsonException;
import dev.plumbline.registry.json.Tree;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RunObserverTest {

    private static final String NODES = """
            {"w": {"name": "w", "type": "DAG", "phase": "Succeeded", "templateName": "all", "templateScope": "local/"},
             "w-1": {"name": "w.train", "type": "DAG", "phase": "Succeeded", "templateScope": "local/", "boundaryID": "w",
               "templateRef": {"name": "training", "template": "main"}},
             "w-2": {"name": "w.train.fit", "type": "Retry", "phase": "Succeeded", "boundaryID": "w-1",
               "templateName": "fit", "templateScope": "namespaced/training"},
             "w-3": {"name": "w.train.fit(0)", "type": "Pod", "phase": "Succeeded", "boundaryID": "w-1",
               "templateName": "fit", "templateScope": "namespaced/training",
               "inputs": {"parameters": [{"name": "rounds", "value": "3"}]},
               "outputs": {"exitCode": "0", "parameters": [{"name": "accuracy", "value": "0.9"}],
                 "artifacts": [{"name": "model", "s3": {"key": "w/model.tgz"}}, {"name": "none"}]}},
             "w-4": {"name": "w.shared", "displayName": "shared", "type": "Pod", "phase": "Succeeded", "boundaryID": "w",
               "templateRef": {"name": "shared", "template": "leaf", "clusterScope": true}},
             "w-5": {"name": "w.train.inline", "displayName": "inline(0:a)", "type": "Pod", "phase": "Succeeded",
               "boundaryID": "w-1", "templateScope": "namespaced/training"},
             "w-6": {"name": "w.skipped", "type": "Skipped", "phase": "Skipped", "boundaryID": "w",
               "templateRef": {"name": "deploy", "template": "main"}}}""";

    @Test
    void findsTheDefinitionThatEachNodeExecuted() throws JsonException {
        Observation run = RunObserver.observe(workflow(NODES));
        assertEquals(List.of(), run.obscurities());
        assertEquals(
                List.of(
                        "spec",
                        "cluster/shared/leaf",
                        "namespaced/training/fit",
                        "namespaced/training/inline/inline",
                        "namespaced/training/main"),
                run.executed().stream().map(ExecutedDefinition::reference).toList());
        assertEquals(List.of("all"), run.executed().getFirst().templates());
        assertEquals(
                ExecutedDefinition.Kind.STORED_SPEC, run.executed().getFirst().kind());
    }

    @Test
    void readsParametersOutputsAndArtifactsWithAKey() throws JsonException {
        Observation run = RunObserver.observe(workflow(NODES));
        assertEquals(Map.of("data-path", "s3://curated/"), run.parameters());
        assertEquals(Map.of("model-name", "churn"), run.outputs());
        assertEquals(List.of(new ArtifactRecord("w.train.fit(0)", "model", "w/model.tgz")), run.artifacts());
        assertEquals(
                List.of(new ArtifactPlace("w.train.fit(0)", "model", "", "", "w/model.tgz")),
                run.places(),
                "no repository is said");
        NodeOutcome fit = run.nodes().stream()
                .filter(node -> node.id().equals("w-3"))
                .findFirst()
                .orElseThrow();
        assertEquals(Map.of("rounds", "3"), fit.inputs());
        assertEquals("0", fit.exitCode());
        assertTrue(run.ended());
    }

    @Test
    void isOnlyOverWhenPhaseAndLabelAgree() throws JsonException {
        Map<String, @Nullable Object> workflow = workflow(NODES);
        Tree.set(workflow, "false", "metadata", "labels", "workflows.argoproj.io/completed");
        assertFalse(RunObserver.observe(workflow).ended());
    }

    @Test
    void unpacksCompressedNodes() throws JsonException, IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(NODES.getBytes(StandardCharsets.UTF_8));
        }
        Map<String, @Nullable Object> workflow = workflow("{}");
        Tree.set(workflow, Base64.getEncoder().encodeToString(packed.toByteArray()), "status", "compressedNodes");
        assertEquals(7, RunObserver.observe(workflow).nodes().size());

        Tree.set(workflow, "KLUv/QRYAQAA", "status", "compressedNodes");
        assertEquals(
                List.of("the compressed nodes cannot be read: they are not packed with gzip"),
                RunObserver.observe(workflow).obscurities());
    }

    @Test
    void saysWhatIsMissing() throws JsonException {
        Map<String, @Nullable Object> workflow = workflow(NODES);
        Tree.map(workflow, "status", "storedTemplates").remove("namespaced/training/fit");
        Tree.remove(workflow, "status", "storedWorkflowTemplateSpec");
        assertEquals(
                List.of(
                        "the run refers to a template, but the spec that it executed was not stored",
                        "template namespaced/training/fit was executed but not stored"),
                RunObserver.observe(workflow).obscurities());
    }

    @Test
    void readsTheTriggerFromLabels() {
        assertEquals(new Trigger(Trigger.Kind.PERSON, ""), Trigger.of(Map.of()));
        assertEquals(
                new Trigger(Trigger.Kind.CRON, "daily"),
                Trigger.of(Map.of("workflows.argoproj.io/cron-workflow", "daily")));
        assertEquals(
                new Trigger(Trigger.Kind.RESUBMIT, "w-0"),
                Trigger.of(Map.of(
                        "workflows.argoproj.io/cron-workflow", "daily",
                        "workflows.argoproj.io/resubmitted-from-workflow", "w-0")));
    }

    private static Map<String, @Nullable Object> workflow(String nodes) throws JsonException {
        return Json.parseObject("""
                {"metadata": {"name": "w", "namespace": "ml", "uid": "u", "creationTimestamp": "2026-11-25T10:00:00Z",
                   "labels": {"workflows.argoproj.io/completed": "true"}},
                 "spec": {"workflowTemplateRef": {"name": "pipeline"}},
                 "status": {"phase": "Succeeded", "startedAt": "2026-11-25T10:00:01Z", "nodes": %s,
                   "outputs": {"parameters": [{"name": "model-name", "value": "churn"}]},
                   "storedWorkflowTemplateSpec": {
                     "arguments": {"parameters": [{"name": "data-path", "value": "s3://curated/"}]},
                     "templates": [{"name": "all"}]},
                   "storedTemplates": {
                     "namespaced/training/main": {"name": "main"}, "namespaced/training/fit": {"name": "fit"},
                     "namespaced/training/inline/inline": {"container": {}}, "cluster/shared/leaf": {"name": "leaf"}}}}""".formatted(nodes));
    }
}
