package dev.plumbline.registry.provenance;

import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.CommitId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Workflow objects as Argo leaves them when it has run the templates of {@link SampleRepository}: what it stores is written
 * out by hand, with the empty objects that Go adds, text for numbers, and amounts in its own spelling.
 */
public final class SampleRuns {

    private SampleRuns() {}

    /** A run of the training template, by a name in the cluster, that executed the content of a commit. */
    public static Map<String, @Nullable Object> training(SampleRepository repository, CommitId commit, String name) {
        Map<String, @Nullable Object> run =
                workflow("train-1", "{\"workflowTemplateRef\": {\"name\": \"%s\"}}".formatted(name));
        Map<String, @Nullable Object> stored = storedTraining(repository, commit);
        stored.put("workflowTemplateRef", new LinkedHashMap<>(Map.of("name", name)));
        Tree.set(run, stored, "status", "storedWorkflowTemplateSpec");
        node(run, "train-1", "DAG", "\"templateName\": \"main\", \"templateScope\": \"local/\"");
        node(run, "train-1.fit", "Pod", "\"templateName\": \"fit\", \"templateScope\": \"local/\"");
        return run;
    }

    /** A run of the pipeline, by a name in the cluster: its spec from one commit, the training template from another. */
    public static Map<String, @Nullable Object> pipeline(
            SampleRepository repository, CommitId spec, CommitId templates, String name) {
        Map<String, @Nullable Object> run =
                workflow("all-1", "{\"workflowTemplateRef\": {\"name\": \"%s\"}}".formatted(name));
        String training = Tree.text(
                Tree.maps(
                                Tree.maps(repository.object(spec, "WorkflowTemplate", "pipeline"), "spec", "templates")
                                        .getFirst(),
                                "dag",
                                "tasks")
                        .getFirst(),
                "templateRef",
                "name");
        Map<String, @Nullable Object> stored = SampleRepository.tree("""
                {"arguments": {}, "entrypoint": "all", "workflowTemplateRef": {"name": "%s"},
                 "templates": [{"name": "all", "inputs": {}, "outputs": {}, "metadata": {}, "dag": {"tasks": [
                   {"name": "train", "arguments": {}, "templateRef": {"name": "%s", "template": "main"}}]}}]}""".formatted(name, training));
        Tree.set(run, stored, "status", "storedWorkflowTemplateSpec");
        node(run, "all-1", "DAG", "\"templateName\": \"all\", \"templateScope\": \"local/\"");
        node(
                run,
                "all-1.train",
                "DAG",
                "\"templateRef\": {\"name\": \"%s\", \"template\": \"main\"}, \"templateScope\": \"local/\""
                        .formatted(training));
        node(
                run,
                "all-1.train.fit",
                "Pod",
                "\"templateName\": \"fit\", \"templateScope\": \"namespaced/%s\"".formatted(training));
        for (Map<String, @Nullable Object> template : Tree.maps(storedTraining(repository, templates), "templates")) {
            Tree.set(template, new LinkedHashMap<>(Map.of("team", "ml")), "metadata", "labels");
            String key = "namespaced/" + training + "/" + template.get("name");
            Tree.set(run, template, "status", "storedTemplates", key);
        }
        return run;
    }

    /** A hand-made run that carries the training template's spec of a commit itself, numbers and amounts as in Git. */
    public static Map<String, @Nullable Object> inline(SampleRepository repository, CommitId commit) {
        Map<String, @Nullable Object> run = workflow("by-hand", "{}");
        run.put("spec", Tree.copy(Tree.at(repository.object(commit, "WorkflowTemplate", "training"), "spec")));
        node(run, "by-hand", "DAG", "\"templateName\": \"main\", \"templateScope\": \"local/by-hand\"");
        node(run, "by-hand.fit", "Pod", "\"templateName\": \"fit\", \"templateScope\": \"local/by-hand\"");
        return run;
    }

    /** A finished Workflow of this name and spec, without nodes. */
    public static Map<String, @Nullable Object> workflow(String name, String spec) {
        return SampleRepository.tree("""
                {"apiVersion": "argoproj.io/v1alpha1", "kind": "Workflow",
                 "metadata": {"name": "%s", "namespace": "ml", "uid": "uid-%s",
                   "creationTimestamp": "2026-11-25T10:00:00Z",
                   "labels": {"workflows.argoproj.io/completed": "true", "workflows.argoproj.io/phase": "Succeeded"}},
                 "spec": %s,
                 "status": {"phase": "Succeeded", "startedAt": "2026-11-25T10:00:01Z",
                   "finishedAt": "2026-11-25T10:02:00Z", "nodes": {}}}""".formatted(name, name, spec));
    }

    /** Adds a node. */
    public static void node(Map<String, @Nullable Object> run, String name, String type, String fields) {
        Map<String, @Nullable Object> node = SampleRepository.tree(
                "{\"id\": \"%s\", \"name\": \"%s\", \"displayName\": \"%s\", \"type\": \"%s\", \"phase\": \"Succeeded\", %s}"
                        .formatted(name, name, name.substring(name.lastIndexOf('.') + 1), type, fields));
        Tree.set(run, node, "status", "nodes", name);
    }

    /** The ConfigMaps that the cluster held from begin to end, as they are in the Release of a commit. */
    public static Map<String, StepCode.Sighting> steps(SampleRepository repository, CommitId... commits) {
        Map<String, StepCode.Sighting> sightings = new LinkedHashMap<>();
        for (CommitId commit : commits) {
            String name = repository.steps(commit);
            var digest = StepCode.digest(repository.object(commit, "ConfigMap", name));
            sightings.put(name, new StepCode.Sighting(digest, digest, false));
        }
        return sightings;
    }

    private static Map<String, @Nullable Object> storedTraining(SampleRepository repository, CommitId commit) {
        Map<String, @Nullable Object> git = repository.object(commit, "WorkflowTemplate", "training");
        Map<String, @Nullable Object> fit = Tree.maps(git, "spec", "templates").get(1);
        String steps = Tree.text(Tree.maps(fit, "volumes").getFirst(), "configMap", "name");
        return SampleRepository.tree("""
                {"entrypoint": "main", "serviceAccountName": "training", "podMetadata": {"labels": {"team": "ml"}},
                 "arguments": {"parameters": [
                   {"name": "data-path", "value": "s3://curated/"},
                   {"name": "rounds", "value": "20"}]},
                 "templates": [
                   {"name": "main", "inputs": {}, "outputs": {}, "metadata": {},
                    "dag": {"tasks": [{"name": "fit", "template": "fit", "arguments": {}}]}},
                   {"name": "fit", "inputs": {}, "outputs": {}, "metadata": {},
                    "container": {"name": "", "image": "%s", "command": ["python", "/steps/train.py"],
                      "resources": {"requests": {"cpu": "500m", "memory": "1Gi"}},
                      "volumeMounts": [{"name": "steps", "mountPath": "/steps"}]},
                    "volumes": [{"name": "steps", "configMap": {"name": "%s"}}]}]}""".formatted(Tree.text(fit, "container", "image"), steps));
    }

    /** The templates of a run's stored spec. */
    public static List<Map<String, @Nullable Object>> templates(Map<String, @Nullable Object> run) {
        return Tree.maps(run, "status", "storedWorkflowTemplateSpec", "templates");
    }
}
