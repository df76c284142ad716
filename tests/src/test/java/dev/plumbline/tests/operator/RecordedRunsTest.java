package dev.plumbline.tests.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.controller.apply.DeleteOptions;
import dev.plumbline.controller.cli.Main;
import dev.plumbline.registry.evidence.Check;
import dev.plumbline.registry.evidence.FindModels;
import dev.plumbline.registry.evidence.FoundModel;
import dev.plumbline.registry.evidence.LogCheck;
import dev.plumbline.registry.evidence.ModelCheck;
import dev.plumbline.registry.evidence.StoredSync;
import dev.plumbline.registry.file.FileStores;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.keys.KeyFolder;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.registry.run.Executor;
import dev.plumbline.registry.run.UnseenWindow;
import dev.plumbline.registry.run.Verdict;
import dev.plumbline.registry.store.Stores;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
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
            Map<String, @Nullable Object> one = desk.records().await("pipelines", "one");
            assertEquals("MATCH", Tree.text(one, "verdict"), one.toString());
            assertEquals(first, Tree.text(one, "commit", "id"), one.toString());
            assertEquals("argo", Tree.text(one, "run", "executor"));

            run(desk, "two");
            desk.stop();
            end(desk, "two");
            TimeUnit.SECONDS.sleep(2);
            desk.start();
            Map<String, @Nullable Object> two = desk.records().await("pipelines", "two");
            assertEquals("MATCH", Tree.text(two, "verdict"), two.toString());

            desk.await(
                    "the time between them is stated",
                    () -> desk.records().unseen().size() == 1);
            UnseenWindow window = desk.records().unseen().getFirst();
            assertEquals("no recorder ran", window.why());
            assertTrue(window.from().plusSeconds(2).isBefore(window.until()), window.toString());
        }
    }

    @Test
    void peopleAskForProvenanceByCommandLine() throws Exception {
        try (OperatorDesk desk = desk()) {
            Person.with(desk, "plumbline-cli", "plumbline-cli");
            run(desk, "one");
            end(desk, "one");
            var _ = desk.records().await("pipelines", "one");
            for (String[] line : List.of(
                    new String[] {"provenance", "one"}, new String[] {"runs", "pipelines"}, new String[] {"runs"})) {
                List<String> all = new ArrayList<>(List.of(line));
                all.addAll(List.of("--kubeconfig", desk.kubeconfig().toString(), "-n", desk.namespace()));
                all.addAll(List.of("--server", "http://127.0.0.1:" + desk.port()));
                StringWriter out = new StringWriter();
                PrintWriter print = new PrintWriter(out);
                assertEquals(0, Main.run(print, print, all.toArray(String[]::new)), out::toString);
                String commit = desk.repository().head().substring(0, 10);
                assertTrue(out.toString().contains("MATCH") && out.toString().contains(commit), out.toString());
            }
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
            Map<String, @Nullable Object> record = desk.records().await("pipelines", "foreign");
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
            desk.records().await("pipelines", "one");
            FindModels models = new FindModels(stores());
            desk.await(
                    "there is evidence",
                    () -> models.named("churn:1").stream().anyMatch(found -> found.model() != null));
            FoundModel found = models.named("churn:1").getFirst();
            ModelCheck check = ModelCheck.of(stores(), new KeyFolder(desk.keys()).keyring(), found);
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
        List<Check> checks = LogCheck.of(stores(), new KeyFolder(desk.keys()).keyring(), sync, List.of());
        assertFalse(Check.anyWrong(checks), checks.toString());
        return checks.toString().contains("runs, message=1 entries as they were sealed");
    }

    @Test
    void aRunThatIsDeletedWhileNobodyWatchesIsKeptUntilItIsRecorded() throws Exception {
        try (OperatorDesk desk = OperatorDesk.prepared(folder)) {
            desk.keepRuns(Duration.ofMinutes(10));
            begin(desk);
            run(desk, "kept");
            desk.await("it is kept", () -> finalizers(desk, "kept").equals(List.of("plumbline.dev/recorded")));
            desk.stop();
            end(desk, "kept");
            desk.cluster().delete(workflow(desk, "kept"), new DeleteOptions(null, null, false));
            desk.start();
            Map<String, @Nullable Object> kept = desk.records().await("pipelines", "kept");
            assertEquals("MATCH", Tree.text(kept, "verdict"), kept.toString());
            desk.await(
                    "it goes", () -> desk.cluster().get(workflow(desk, "kept")).isEmpty());

            run(desk, "short");
            desk.await("it is kept", () -> !finalizers(desk, "short").isEmpty());
            end(desk, "short");
            desk.await("it is let go", () -> finalizers(desk, "short").isEmpty());
        }
    }

    private static List<@Nullable Object> finalizers(OperatorDesk desk, String name) throws Exception {
        return desk.cluster()
                .get(workflow(desk, name))
                .map(workflow -> Tree.list(workflow, "metadata", "finalizers"))
                .orElse(List.of());
    }

    private OperatorDesk desk() throws Exception {
        OperatorDesk desk = OperatorDesk.prepared(folder);
        begin(desk);
        return desk;
    }

    private static void begin(OperatorDesk desk) throws Exception {
        desk.repository().write("overlay/train.yaml", TEMPLATE);
        desk.kustomization("one", "train");
        String first = desk.repository().commit("Begin");
        desk.apply("v1", "ConfigMap", desk.namespace(), "argo", Map.of("data", Map.of("workflowDefaults", "")));
        desk.start();
        desk.sync("pipelines", Map.of());
        desk.awaitApplied("pipelines", first);
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
