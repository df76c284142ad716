package dev.plumbline.tests.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.plumbline.registry.evidence.Check;
import dev.plumbline.registry.evidence.FindModels;
import dev.plumbline.registry.evidence.FoundModel;
import dev.plumbline.registry.evidence.LogCheck;
import dev.plumbline.registry.evidence.ModelCheck;
import dev.plumbline.registry.evidence.StoredSync;
import dev.plumbline.registry.file.FileStores;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.registry.run.Executor;
import dev.plumbline.registry.run.Verdict;
import dev.plumbline.registry.store.Stores;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

    @Test
    void theEvidenceAboutAModelIsSignedAndPassesAGate() throws Exception {
        try (OperatorDesk desk = desk()) {
            run(desk, "one");
            desk.cluster().mergePatch(workflow(desk, "one"), Json.parseObject("""
                    {"status": {"outputs": {"parameters": [
                       {"name": "model-name", "value": "churn"}, {"name": "model-version", "value": "1"}]}}}
                    """), "argo");
            end(desk, "one");
            desk.awaitRecorded("pipelines", "one");
            FindModels models = new FindModels(stores());
            desk.await("there is evidence", () -> models.named("churn:1").stream().anyMatch(found -> found.model() != null));
            FoundModel found = models.named("churn:1").getFirst();
            ModelCheck check = ModelCheck.of(stores(), desk.keyring(), found);
            assertFalse(Check.anyWrong(check.checks()), check.checks().toString());
            Check gate = check.gate(Verdict.MATCH, Set.of(Executor.ARGO));
            assertEquals(Check.State.OK, gate.state(), gate.message());
            desk.await("the run is sealed", () -> sealedRuns(desk, found.sync()));
        }
    }

    private Stores stores() throws Exception {
        return FileStores.open(folder.resolve("store"));
    }

    private boolean sealedRuns(OperatorDesk desk, StoredSync sync) throws Exception {
        List<Check> checks = LogCheck.of(stores(), desk.keyring(), sync, List.of());
        assertFalse(Check.anyWrong(checks), checks.toString());
        return checks.toString().contains("runs, message=1 entries as they were sealed");
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
