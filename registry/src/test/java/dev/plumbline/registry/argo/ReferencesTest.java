package dev.plumbline.registry.argo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.JsonException;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.ObjectKey;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReferencesTest {

    private static final ObjectKey TRAIN = new ObjectKey("argoproj.io", "WorkflowTemplate", "ml", "train");
    private static final ObjectKey STEPS = new ObjectKey("", "ConfigMap", "ml", "steps");

    private static final String TEMPLATE = """
            {"apiVersion": "argoproj.io/v1alpha1", "kind": "WorkflowTemplate", "metadata": {"name": "p", "namespace": "ml"},
             "spec": {"serviceAccountName": "runner", "entrypoint": "main",
              "imagePullSecrets": [{"name": "pull"}],
              "artifactRepositoryRef": {"configMap": "repositories", "key": "s3"},
              "arguments": {"parameters": [{"name": "x", "valueFrom": {"configMapKeyRef": {"name": "steps", "key": "k"}}}]},
              "hooks": {"exit": {"templateRef": {"name": "bye", "template": "t", "clusterScope": true}}},
              "podMetadata": {"labels": {"secret": "no"}},
              "volumes": [{"name": "v", "configMap": {"name": "steps"}}, {"name": "s", "secret": {"secretName": "sec"}},
                          {"name": "d", "persistentVolumeClaim": {"claimName": "data"}}],
              "templates": [
               {"name": "main", "dag": {"tasks": [
                 {"name": "a", "templateRef": {"name": "train", "template": "fit"}},
                 {"name": "b", "templateRef": {"name": "{{inputs.parameters.which}}", "template": "fit"}}]}},
               {"name": "leaf", "memoize": {"cache": {"configMap": {"name": "cache"}}},
                "container": {"image": "i", "envFrom": [{"configMapRef": {"name": "steps", "optional": true}}],
                 "env": [{"name": "T", "valueFrom": {"secretKeyRef": {"name": "tok", "key": "k"}}}]},
                "inputs": {"artifacts": [{"name": "a", "s3": {"accessKeySecret": {"name": "ak", "key": "k"}}}]}}]}}
            """;

    @Test
    void findsEveryPlaceWithItsPath() throws JsonException {
        List<String> found = References.of(Json.parseObject(TEMPLATE)).stream()
                .map(reference -> reference.place() + " -> " + reference.target())
                .toList();
        assertEquals(
                List.of(
                        "spec.serviceAccountName -> ServiceAccount/ml/runner",
                        "spec.imagePullSecrets[0].name -> Secret/ml/pull",
                        "spec.artifactRepositoryRef.configMap -> ConfigMap/ml/repositories",
                        "spec.arguments.parameters[0].valueFrom.configMapKeyRef.name -> ConfigMap/ml/steps",
                        "spec.hooks.exit.templateRef.name -> ClusterWorkflowTemplate.argoproj.io//bye",
                        "spec.volumes[0].configMap.name -> ConfigMap/ml/steps",
                        "spec.volumes[1].secret.secretName -> Secret/ml/sec",
                        "spec.volumes[2].persistentVolumeClaim.claimName -> PersistentVolumeClaim/ml/data",
                        "spec.templates[0].dag.tasks[0].templateRef.name -> WorkflowTemplate.argoproj.io/ml/train",
                        "spec.templates[0].dag.tasks[1].templateRef.name"
                                + " -> WorkflowTemplate.argoproj.io/ml/{{inputs.parameters.which}}",
                        "spec.templates[1].memoize.cache.configMap.name -> ConfigMap/ml/cache",
                        "spec.templates[1].container.envFrom[0].configMapRef.name -> ConfigMap/ml/steps",
                        "spec.templates[1].container.env[0].valueFrom.secretKeyRef.name -> Secret/ml/tok",
                        "spec.templates[1].inputs.artifacts[0].s3.accessKeySecret.name -> Secret/ml/ak"),
                found);
    }

    @Test
    void knowsDynamicAndOptionalReferencesAndTheTemplateNamed() throws JsonException {
        List<Reference> found = References.of(Json.parseObject(TEMPLATE));
        assertEquals(1, found.stream().filter(Reference::dynamic).count());
        assertEquals(
                List.of("cache", "steps"),
                found.stream()
                        .filter(Reference::optional)
                        .map(r -> r.target().name())
                        .toList());
        assertEquals(
                "fit",
                found.stream()
                        .filter(r -> r.target().equals(TRAIN))
                        .findFirst()
                        .orElseThrow()
                        .template());
    }

    @Test
    void rewritesACopyAndNothingElse() throws JsonException {
        Map<String, @Nullable Object> before = Json.parseObject(TEMPLATE);
        Map<String, @Nullable Object> after =
                References.rewrite(before, Map.of(TRAIN, "train-12345678", STEPS, "steps-abc"));
        assertEquals(Json.parseObject(TEMPLATE), before);
        String text = Json.write(after);
        assertTrue(text.contains("\"templateRef\":{\"name\":\"train-12345678\",\"template\":\"fit\"}"));
        assertFalse(text.contains("\"name\":\"steps\""));
        assertTrue(text.contains("{{inputs.parameters.which}}"));
    }

    @Test
    void cronsAndBindingsReferToo() throws JsonException {
        Map<String, @Nullable Object> cron = Json.parseObject("""
                {"apiVersion": "argoproj.io/v1alpha1", "kind": "CronWorkflow", "metadata": {"name": "c"},
                 "spec": {"schedules": ["@daily"], "workflowSpec": {"workflowTemplateRef": {"name": "train"}}}}
                """);
        assertEquals(
                "spec.workflowSpec.workflowTemplateRef.name",
                References.of(cron).getFirst().place());
        Map<String, @Nullable Object> other = Tree.copy(cron);
        other.put("apiVersion", "example.org/v1");
        assertEquals(List.of(), References.of(other));
    }
}
