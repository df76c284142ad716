package dev.plumbline.tests.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.json.Tree;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What happens to runs in ordinary use, on a real Argo controller. What each test expects was written down from the rules for
 * verdicts (the first that holds of DRIFT, OVERRIDDEN, UNVERIFIABLE, MIXED, STALE, MATCH) before it first ran.
 */
@Tag("cluster")
class ArgoRunsTest extends ArgoCase {

    @Test
    void aRunOfAVersionMatches() throws Exception {
        desk.submit("plain", desk.version("train"), "{}");
        assertVerdict("MATCH " + first, "plain");
    }

    @Test
    void aRunByAliasMatches() throws Exception {
        desk.submit("alias", "train", "{}");
        assertVerdict("MATCH " + first, "alias");
    }

    @Test
    void aRunWithOtherParametersMatches() throws Exception {
        desk.submit("rate", "train", """
                {"spec": {"arguments": {"parameters": [{"name": "rate", "value": "0.5"}]}}}
                """);
        assertVerdict("MATCH " + first, "rate");
    }

    @Test
    void aResubmitOfAnAliasRunsTheNewCommitWhateverItsLabelsSay() throws Exception {
        desk.submit("before", "train", "{}");
        assertVerdict("MATCH " + first, "before");
        String second = desk.edit("library.yaml", "example/fit:1", "example/fit:2");
        desk.submit("again", "train", """
                {"metadata": {"labels": {"workflows.argoproj.io/resubmitted-from-workflow": "before"},
                              "annotations": {"plumbline.dev/template-commit": "%s"}}}
                """.formatted(first));
        assertVerdict("MATCH " + second, "again");
    }

    @Test
    void aResubmitOfAnOldVersionIsStale() throws Exception {
        String version = desk.version("train");
        desk.submit("before", version, "{}");
        assertVerdict("MATCH " + first, "before");
        desk.edit("library.yaml", "example/fit:1", "example/fit:2");
        desk.submit("again", version, "{}");
        assertVerdict("STALE " + first, "again");
    }

    @Test
    void aRetryAfterAChangeStaysWithTheCommitOfTheRun() throws Exception {
        desk.pods().fail("fit", true);
        desk.submit("failing", "train", "{}");
        assertVerdict("MATCH " + first, "failing");
        assertEquals("Failed", desk.phase("failing"));
        desk.edit("library.yaml", "example/fit:1", "example/fit:2");
        desk.pods().fail("fit", false);
        desk.retry("failing");
        desk.desk()
                .await(
                        "the second attempt is recorded",
                        () -> desk.phase("failing").equals("Succeeded"));
        assertVerdict("MATCH " + first, "failing");
        assertEquals(2, desk.attempts("failing"));
    }

    @Test
    void aRunUnderWayEndsOnTheOldContentOfATemplateWhoseOutputsACommitChanges() throws Exception {
        desk.pods().hold("prepare");
        desk.submit("under-way", desk.version("train"), "{}");
        desk.awaitNode("under-way", "prepare");
        desk.edit(
                "library.yaml",
                "  - name: fit\n",
                "  - name: fit\n    outputs: {parameters: [{name: score, valueFrom: {path: /out/score}}]}\n");
        desk.pods().letGo("prepare");
        assertVerdict("MATCH " + first, "under-way");
        assertEquals("Succeeded", desk.phase("under-way"));
    }

    @Test
    void aRetryOfAFinishedRunWorksThoughNothingButTheRunNamesItsVersion() throws Exception {
        String version = desk.version("train");
        desk.pods().fail("fit", true);
        desk.submit("finished", version, "{}");
        assertVerdict("MATCH " + first, "finished");
        desk.edit("library.yaml", "example/fit:1", "example/fit:2");
        desk.edit("library.yaml", "example/fit:2", "example/fit:3");
        assertEquals(version, Tree.text(desk.template(version), "metadata", "name"), "it is kept");
        desk.pods().fail("fit", false);
        desk.retry("finished");
        desk.desk()
                .await(
                        "the second attempt is recorded",
                        () -> desk.phase("finished").equals("Succeeded"));
        assertVerdict("MATCH " + first, "finished");
    }

    @Test
    void aLibraryThatIsEditedBetweenTwoStepsMakesADynamicCallStale() throws Exception {
        desk.pods().hold("prepare");
        desk.submit("dynamic", desk.version("dynamic"), "{}");
        desk.awaitNode("dynamic", "prepare");
        String second = desk.edit("library.yaml", "example/fit:1", "example/fit:2");
        desk.pods().letGo("prepare");
        assertVerdict("STALE " + second, "dynamic");
    }

    @Test
    void aDynamicCallIntoAnotherCommitThanTheRestIsMixed() throws Exception {
        desk.pods().hold("prepare");
        desk.submit("dynamic", desk.version("dynamic"), "{}");
        desk.awaitNode("dynamic", "prepare");
        desk.desk()
                .repository()
                .write("overlay/dynamic.yaml", desk.text("dynamic.yaml").replace("prepare.py", "p.py"));
        desk.edit("library.yaml", "example/fit:1", "example/fit:2");
        desk.pods().letGo("prepare");
        assertVerdict("MIXED", "dynamic");
    }

    @Test
    void aRunThatSpansACommitMatchesTheOneBefore() throws Exception {
        desk.pods().hold("prepare");
        desk.submit("spanning", "train", "{}");
        desk.awaitNode("spanning", "prepare");
        desk.edit("library.yaml", "example/fit:1", "example/fit:2");
        desk.pods().letGo("prepare");
        assertVerdict("MATCH " + first, "spanning");
    }

    @Test
    void editedStepCodeIsTheCommitOfTheRun() throws Exception {
        String second = desk.edit("steps/prepare.py", "prepare 1", "prepare 2");
        desk.submit("code", "train", "{}");
        assertVerdict("MATCH " + second, "code");
    }

    @Test
    void aMemoizedStepIsOfTheRunThatFilledTheCache() throws Exception {
        desk.submit("filling", "memory", "{}");
        assertVerdict("MATCH " + first, "filling");
        desk.submit("remembering", "memory", "{}");
        assertVerdict("MATCH " + first, "remembering");
        assertTrue(desk.said("remembering").contains("took its results from run filling"), desk.said("remembering"));
        desk.edit("memory.yaml", "example/fit:1", "example/fit:2");
        desk.submit("later", "memory", "{}");
        assertVerdict("MIXED", "later");
        assertTrue(desk.said("later").contains("took its results from run filling"), desk.said("later"));
    }

    @Test
    void aMemoizedStepOfARunThatNobodyRecordedIsUnverifiableAndSaysWhy() throws Exception {
        desk.submit("filling", "memory", "{}");
        assertVerdict("MATCH " + first, "filling");
        desk.pretendThatAnotherFilled("memory-cache", desk.desk().namespace(), "nobody-123");
        desk.submit("remembering", "memory", "{}");
        assertVerdict("UNVERIFIABLE", "remembering");
        assertTrue(desk.said("remembering").contains("no run with node nobody-123"), desk.said("remembering"));
    }

    @Test
    void aRunOfATemplateThatIsDeletedFromGitIsStale() throws Exception {
        String version = desk.version("train");
        desk.submit("before", version, "{}");
        assertVerdict("MATCH " + first, "before");
        desk.desk().repository().delete("overlay/train.yaml");
        desk.edit("kustomization.yaml", "train.yaml, ", "");
        desk.submit("late", version, "{}");
        assertVerdict("STALE " + first, "late");
    }

    @Test
    void aRunOfATemplateThatIsNotThereIsUnverifiable() throws Exception {
        desk.submit("lost", "nothing", "{}");
        assertVerdict("UNVERIFIABLE", "lost");
        assertEquals("Error", desk.phase("lost"));
    }

    @Test
    void aRunWhileARollbackIsInForceIsOfTheCommitThatWasRestored() throws Exception {
        desk.edit("library.yaml", "example/fit:1", "example/fit:2");
        desk.desk()
                .apply(
                        "plumbline.dev/v1alpha1",
                        "PipelineRollback",
                        desk.desk().namespace(),
                        "back",
                        Map.of("spec", Map.of("sync", ArgoDesk.SYNC, "reason", "accuracy fell", "actor", "admin")));
        desk.desk().awaitReady(ArgoDesk.SYNC, "True/RolledBack");
        desk.submit("rolled", "train", "{}");
        assertVerdict("MATCH " + first, "rolled");
    }

    @Test
    void aRunAfterARevertIsOfTheRevert() throws Exception {
        desk.edit("library.yaml", "example/fit:1", "example/fit:2");
        String third = desk.applied(desk.desk().repository().revert());
        desk.submit("reverted", "train", "{}");
        assertVerdict("MATCH " + third, "reverted");
    }
}
