package dev.plumbline.tests.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the accounts of the shipped pipelines need of their rights, and what becomes of a run that is stopped, in containers by the real Argo. */
@Tag("cluster")
class NodeRightsTest {

    /** Those of all shipped pipelines. */
    private static final List<String> ACCOUNTS =
            List.of("data-validation", "model-training", "model-retraining", "ml-pipeline", "model-deployment");

    /** A result and an artifact are handed on, and the artifact is kept. */
    private static final String HELLO = """
            {"apiVersion": "argoproj.io/v1alpha1", "kind": "WorkflowTemplate", "metadata": {"name": "hello", "namespace": "team-a"},
             "spec": {"entrypoint": "main", "templates": [
               {"name": "main", "steps": [
                 [{"name": "look", "template": "look"}],
                 [{"name": "greet", "template": "greet", "arguments": {
                   "parameters": [{"name": "word", "value": "{{steps.look.outputs.parameters.word}}"}],
                   "artifacts": [{"name": "page", "from": "{{steps.look.outputs.artifacts.page}}"}]}}]]},
               {"name": "look",
                "container": {"image": "busybox:tests", "imagePullPolicy": "Never", "command": ["sh", "-c", "echo hello > /tmp/word"]},
                "outputs": {"parameters": [{"name": "word", "valueFrom": {"path": "/tmp/word"}}],
                  "artifacts": [{"name": "page", "path": "/tmp/word"}]}},
               {"name": "greet",
                "inputs": {"parameters": [{"name": "word"}], "artifacts": [{"name": "page", "path": "/tmp/page"}]},
                "container": {"image": "busybox:tests", "imagePullPolicy": "Never",
                  "command": ["grep", "{{inputs.parameters.word}}", "/tmp/page"]}}]}}
            """;

    @TempDir
    static Path folder;

    private static NodeDesk desk;
    private static NodeRuns runs;

    @BeforeAll
    static void start() throws Exception {
        desk = NodeDesk.open(folder, List.of());
        desk.apply("{\"apiVersion\": \"v1\", \"kind\": \"Namespace\", \"metadata\": {\"name\": \"team-a\"}}", HELLO);
        runs = new NodeRuns(desk);
    }

    @AfterAll
    static void stop() {
        if (desk != null) {
            desk.close();
        }
    }

    /** Each right that a shipped pipeline's account has where it runs is needed: without it something is said to lack just that. */
    @Test
    void whatLacksARightOfAPipelinesAccountSaysWhich() throws Exception {
        int place = 0;
        for (var lacking = NodeRuns.rights(ACCOUNTS, place); !lacking.isEmpty(); ) {
            for (String account : lacking.keySet()) {
                runs.account(account, lacking.get(account));
                runs.begin("hello", account, place);
            }
            for (String account : lacking.keySet()) {
                String run = account + "-" + place;
                runs.awaitEnd(run);
                if (runs.phase(run).equals("Succeeded")) {
                    runs.delete(run);
                }
                runs.awaitSaid(run, lacking.get(account).refusal());
            }
            lacking = NodeRuns.rights(ACCOUNTS, ++place);
        }
        assertEquals(4, place, "how many rights an account has");
        for (String account : ACCOUNTS) {
            runs.account(account, null);
            runs.begin("hello", account, place);
        }
        for (String account : ACCOUNTS) {
            assertCollected(account, account + "-" + place);
        }
    }

    /** With all its rights a run succeeds, and what it kept goes with it if that is its account's to do. */
    private static void assertCollected(String account, String run) throws Exception {
        runs.awaitEnd(run);
        assertEquals("Succeeded", runs.phase(run), run);
        assertTrue(runs.kept(run) > 0, "artifacts are kept as long as the run is");
        runs.delete(run);
        desk.await(
                "the run is gone",
                () -> desk.find("argoproj.io", "Workflow", NodeDesk.TEAM, run).isEmpty());
        assertEquals(NodeRuns.collects(account), runs.kept(run) == 0, run);
    }

    /** In Argo's own words, in which the embedded runner says it too. */
    @Test
    void aRunThatIsStoppedFailsAndItsExitHandlerRuns() throws Exception {
        runs.account("data-validation", null);
        StoppedRuns stopped = new StoppedRuns(desk);
        String real = stopped.inContainers(runs.changer("bob"));
        assertTrue(real.startsWith("run patient | Failed | Stopped with strategy 'Stop'"), real);
        assertTrue(real.contains("patient.onExit | Pod | Succeeded"), real);
    }
}
