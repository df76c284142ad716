package dev.plumbline.registry.argo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.plumbline.registry.argo.FieldSupport.Part;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.JsonException;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunnerSupportTest {

    @Test
    void everyFieldOfAPlainTrainingTemplateIsKnown() throws JsonException {
        assertEquals(List.of(), places("""
                        {"entrypoint": "main", "serviceAccountName": "runner", "podGC": {"strategy": "OnPodCompletion"},
                         "ttlStrategy": {"secondsAfterCompletion": 86400}, "activeDeadlineSeconds": 600,
                         "arguments": {"parameters": [{"name": "x", "value": "1", "description": "d"}]},
                         "volumes": [{"name": "code", "configMap": {"name": "steps", "items": [{"key": "a", "path": "b"}]}}],
                         "templates": [
                          {"name": "main", "dag": {"failFast": false, "tasks": [
                            {"name": "a", "template": "leaf", "when": "'{{workflow.parameters.x}}' == '1'"},
                            {"name": "b", "template": "leaf", "depends": "a.Succeeded || a.Skipped"}]}},
                          {"name": "leaf", "retryStrategy": {"limit": "2", "backoff": {"duration": "1s", "factor": "2"}},
                           "container": {"image": "i", "command": ["python"], "args": ["/steps/a.py"],
                            "env": [{"name": "N", "valueFrom": {"fieldRef": {"fieldPath": "metadata.annotations['a/b']"}}}],
                            "resources": {"limits": {"cpu": "1"}},
                            "volumeMounts": [{"name": "code", "mountPath": "/steps", "readOnly": true}]},
                           "outputs": {"parameters": [{"name": "p", "valueFrom": {"path": "/tmp/p"}, "globalName": "p"}],
                            "artifacts": [{"name": "m", "path": "/tmp/m", "archive": {"none": {}},
                                           "artifactGC": {"strategy": "Never"}}]}}]}
                        """));
    }

    @Test
    void refusesByNameAndPlace() throws JsonException {
        assertEquals(
                List.of(
                        "spec.hooks.done: a hook that is not 'exit' needs an expression, which says when it runs",
                        "spec.priorty: Argo knows no field 'priorty' here",
                        "spec.templates[0].container.env[0].valueFrom.secretKeyRef:"
                                + " the embedded runner does not execute 'secretKeyRef'",
                        "spec.templates[0].sidecars: the embedded runner does not execute 'sidecars'",
                        "spec.templates[0].container.args[0]: the embedded runner does not evaluate the function"
                                + " sprig.genCA in '{{=sprig.genCA('x', 1)}}'; let a step compute it, or run it on a cluster",
                        "spec.templates[0].container.args[1]: the expression '{{=1+}}' cannot be read:"
                                + " the expression ends too early",
                        "spec.templates[0].container: 'command' is missing:"
                                + " a local process has no image that could supply it",
                        "spec.templates[1].script: 'command' is missing: a local process has no image that could supply it",
                        "spec.templates[2]: a template has exactly one type, this one has none"),
                places("""
                        {"hooks": {"exit": {"template": "x"}, "done": {"template": "x"}}, "priorty": 1,
                         "templates": [
                          {"name": "a", "container": {"image": "i", "args": ["{{=sprig.genCA('x', 1)}}", "{{=1+}}", "{{=1+1}}"],
                             "env": [{"name": "S", "valueFrom": {"secretKeyRef": {"name": "s", "key": "k"}}}]},
                           "sidecars": [{"name": "s"}]},
                          {"name": "b", "script": {"source": "x"}},
                          {"name": "c"}]}
                        """));
    }

    @Test
    void refusesDagsThatCannotRun() throws JsonException {
        assertEquals(
                List.of(
                        "spec.templates[0].dag.tasks[0].when: when 'a b': unexpected 'b';"
                                + " put words with other signs in quotes",
                        "spec.templates[0].dag.tasks[2].depends: depends 'x': no task 'x' in this dag",
                        "spec.templates[0].dag.tasks[3].templateRef:"
                                + " the embedded runner does not execute a templateRef with tags",
                        "spec.templates[0].dag.tasks[0].name: task 'a' depends on itself",
                        "spec.templates[0].dag.tasks[1].name: task 'b' depends on itself"),
                places("""
                        {"templates": [{"name": "m", "dag": {"tasks": [
                          {"name": "a", "template": "t", "depends": "b", "when": "a b"},
                          {"name": "b", "template": "t", "dependencies": ["a"]},
                          {"name": "c", "template": "t", "depends": "x"},
                          {"name": "d", "templateRef": {"name": "{{workflow.name}}", "template": "t"}}]}}]}
                        """));
    }

    @Test
    void anExpressionIsReadWhereAFieldIsOneAndNotInTheDataOfALoop() throws JsonException {
        assertEquals(
                List.of("spec.templates[1].retryStrategy.expression: the expression '1 +' cannot be read:"
                        + " the expression ends too early"),
                places("""
                        {"templates": [
                          {"name": "m", "steps": [[{"name": "a", "template": "t", "withItems": [{"expression": "not code"}],
                             "hooks": {"done": {"expression": "true", "template": "t"}}}]]},
                          {"name": "t", "retryStrategy": {"expression": "1 +"},
                           "script": {"image": "i", "command": ["sh"], "source": "true"}}]}
                        """));
    }

    @Test
    void refusesHalfAPlaceAnUnknownCompressionAndWhatAnS3CannotDo() throws JsonException {
        assertEquals(
                List.of(
                        "spec.templates[0].outputs.artifacts[0].s3: a place of its own has endpoint, bucket and key; Argo passes"
                                + " over one that lacks any of them, and uses the repository: give all, or nothing but the key",
                        "spec.templates[0].outputs.artifacts[1].s3.roleARN: the embedded runner does not execute 'roleARN'",
                        "spec.templates[0].outputs.artifacts[2].archive.tar: compressionLevel is a number from -2 to 9, not"
                                + " '10'"),
                places("""
                        {"templates": [{"name": "m", "container": {"image": "i", "command": ["c"]}, "outputs": {"artifacts": [
                          {"name": "a", "path": "/a", "s3": {"bucket": "b", "key": "k"}},
                          {"name": "b", "path": "/b", "s3": {"endpoint": "e", "bucket": "b", "key": "k", "roleARN": "r"}},
                          {"name": "c", "path": "/c", "archive": {"tar": {"compressionLevel": 10}}},
                          {"name": "d", "path": "/d", "s3": {"key": "k"}, "archive": {"tar": {"compressionLevel": -2}}}]}}]}
                        """));
    }

    @Test
    void anInlineTemplateMayHoldStepsButNoTagsOfMembers() throws JsonException {
        assertEquals(
                List.of(
                        "spec.templates[0].dag.tasks[0].inline.steps[0][1].arguments.parameters[0].value: Argo does not resolve"
                                + " {{steps.c.outputs.result}} within an inline dag or steps; write it out as a template"),
                places("""
                        {"templates": [{"name": "m", "dag": {"tasks": [
                          {"name": "a", "inline": {"steps": [[
                            {"name": "c", "inline": {"container": {"image": "i", "command": ["c"]}}},
                            {"name": "d", "template": "t", "arguments": {"parameters": [
                              {"name": "x", "value": "{{steps.c.outputs.result}}"}]}}]]}},
                          {"name": "b", "depends": "a", "inline": {"container": {"image": "i", "command": ["c"],
                            "args": ["{{tasks.a.outputs.result}}"]}}}]}}]}
                        """));
    }

    @Test
    void everyPartThatTheTableNamesHasRows() {
        for (Part part : Part.values()) {
            assertNotNull(FieldSupport.rows(part));
            assertEquals(false, FieldSupport.rows(part).isEmpty(), part.name());
        }
    }

    @Test
    void crontabsAreCheckedAtTheirWorkflowSpec() throws JsonException {
        List<Refusal> refusals = RunnerSupport.check(Json.parseObject("""
                {"apiVersion": "argoproj.io/v1alpha1", "kind": "CronWorkflow",
                 "spec": {"schedules": ["@daily"], "workflowSpec": {"suspend": true}}}
                """));
        assertEquals(
                List.of("spec.workflowSpec.suspend: the embedded runner does not execute 'suspend'"),
                refusals.stream().map(Refusal::toString).toList());
    }

    private static List<String> places(String spec) throws JsonException {
        return RunnerSupport.check(Json.parseObject(
                        "{\"apiVersion\": \"argoproj.io/v1alpha1\", \"kind\": \"WorkflowTemplate\", \"spec\": " + spec
                                + "}"))
                .stream()
                .map(Refusal::toString)
                .toList();
    }
}
