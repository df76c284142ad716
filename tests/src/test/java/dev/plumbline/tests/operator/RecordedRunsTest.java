package dev.plumbline.tests.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.ObjectKey;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The controller records the runs of its syncs. Argo is played by the test: it writes the status that Argo would. */
@Tag("cluster")
class RecordedRunsTest {

    private static final String TEMPLATE = """
            apiVersion: argoproj.io/v1alpha1
            kind: WorkflowTemplate
            metadata: {name: train}
            spec:
              entrypoint: train
              templates:
              - name: train
                container: {image: "example/train:1", command: [train]}
            """;

    @TempDir
    Path folder;

    @Test
    void aRunIsRecordedWithTheCommitOfItsTemplateAlsoWhenItEndsBetweenTwoControllers() throws Exception {
        try (OperatorDesk desk = desk()) {
            String first = desk.repository().head();
            run(desk, "one");
            end(desk, "one");
            Map<String, @Nullable Object> one = desk.awaitRecorded("pipelines", "one");
            assertEquals("MATCH", Tree.text(one, "verdict"), one.toString());
            assertEquals(first, Tree.text(one, "commit", "id"), one.toString());
            assertEquals("argo", Tree.text(one, "run", "executor"));

            run(desk, "two");
            desk.stop();
            end(desk, "two");
            desk.start();
            Map<String, @Nullable Object> two = desk.awaitRecorded("pipelines", "two");
            assertEquals("MATCH", Tree.text(two, "verdict"), two.toString());
        }
    }

    @Test
    void whatRanAndIsInNoCommitIsDrift() throws Exception {
        try (OperatorDesk desk = desk()) {
            Map<String, @Nullable Object> run = run(desk, "foreign");
            Map<String, @Nullable Object> stored = Tree.copy(Tree.map(run, "status", "storedWorkflowTemplateSpec"));
            Tree.set(stored, "foreign", "entrypoint");
            desk.cluster()
                    .mergePatch(
                            workflow(desk, "foreign"),
                            Map.of("status", Map.of("storedWorkflowTemplateSpec", stored)),
                            "argo");
            end(desk, "foreign");
            Map<String, @Nullable Object> record = desk.awaitRecorded("pipelines", "foreign");
            assertEquals("DRIFT", Tree.text(record, "verdict"), record.toString());
        }
    }

    private OperatorDesk desk() throws Exception {
        OperatorDesk desk = OperatorDesk.prepared(folder);
        desk.repository().write("overlay/train.yaml", TEMPLATE);
        desk.kustomization("one", "train");
        String first = desk.repository().commit("Begin");
        desk.start();
        desk.sync("pipelines", Map.of());
        desk.awaitApplied("pipelines", first);
        return desk;
    }

    /** A run as Argo holds it after its first reconcile. */
    private static Map<String, @Nullable Object> run(OperatorDesk desk, String name) throws Exception {
        Object spec = desk.cluster()
                .get(new ObjectKey("argoproj.io", "WorkflowTemplate", desk.namespace(), "train"))
                .map(template -> template.get("spec"))
                .orElseThrow();
        Map<String, @Nullable Object> run = Json.parseObject("""
                {"apiVersion": "argoproj.io/v1alpha1", "kind": "Workflow",
                 "metadata": {"name": "%1$s", "namespace": "%2$s"},
                 "spec": {"workflowTemplateRef": {"name": "train"}},
                 "status": {"phase": "Running", "startedAt": "2026-11-26T10:00:00Z",
                   "nodes": {"%1$s": {"id": "%1$s", "name": "%1$s", "displayName": "%1$s", "type": "Pod",
                     "templateName": "train", "templateScope": "local/%1$s", "phase": "Running"}}}}
                """.formatted(name, desk.namespace()));
        Map<String, @Nullable Object> stored = Tree.copy(Tree.cast((Map<?, ?>) spec));
        Tree.set(stored, "train", "workflowTemplateRef", "name");
        Tree.set(run, stored, "status", "storedWorkflowTemplateSpec");
        return desk.cluster().create(run, "argo");
    }

    private static void end(OperatorDesk desk, String name) throws Exception {
        desk.cluster().mergePatch(workflow(desk, name), Json.parseObject("""
                {"metadata": {"labels": {"workflows.argoproj.io/completed": "true"}},
                 "status": {"phase": "Succeeded", "finishedAt": "2026-11-26T10:00:05Z",
                   "nodes": {"%s": {"phase": "Succeeded"}}}}
                """.formatted(name)), "argo");
    }

    private static ObjectKey workflow(OperatorDesk desk, String name) {
        return new ObjectKey("argoproj.io", "Workflow", desk.namespace(), name);
    }
}
