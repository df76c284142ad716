package dev.plumbline.tests.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.Digest;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What people do to runs, on a real Argo controller. What each test expects was written down from the rules for verdicts before it
 * first ran.
 */
@Tag("cluster")
class ArgoAttacksTest extends ArgoCase {

    @Test
    void preSeededTemplatesAreDrift() throws Exception {
        String library = desk.version("library");
        desk.submit("seeded", desk.version("train"), """
                {"status": {"storedTemplates": {"namespaced/%s/fit": {"name": "fit",
                   "container": {"name": "", "image": "evil.example/fit:1", "command": ["python", "/steps/fit.py"]}}}}}
                """.formatted(library));
        assertVerdict("DRIFT", "seeded");
    }

    @Test
    void aStoredSpecOfThePreviousCommitIsStale() throws Exception {
        Map<String, @Nullable Object> stored = own(desk.template("train"));
        desk.edit("train.yaml", "example/prepare:1", "example/prepare:2");
        Tree.set(stored, "train", "workflowTemplateRef", "name");
        desk.submit("informer", "train", Json.write(Map.of("status", Map.of("storedWorkflowTemplateSpec", stored))));
        assertVerdict("STALE " + first, "informer");
    }

    @Test
    void aPodSpecPatchOfTheRunIsOverridden() throws Exception {
        desk.submit("patched", "train", """
                {"spec": {"podSpecPatch": "containers: [{name: main, image: \\"evil.example/x:1\\"}]"}}
                """);
        assertVerdict("OVERRIDDEN", "patched");
    }

    @Test
    void anImageThatWasChangedInThePodIsOverridden() throws Exception {
        desk.pods().hold("fit");
        desk.submit("image", "train", "{}");
        desk.awaitNode("image", "fit");
        desk.changeImage("fit", "evil.example/fit:1");
        desk.pods().letGo("fit");
        assertVerdict("OVERRIDDEN", "image");
        assertTrue(desk.said("image").contains("evil.example/fit:1 instead of example/fit:1"), desk.said("image"));
    }

    @Test
    void theDigestsOfTheImagesThatRanAreRecorded() throws Exception {
        desk.submit("images", "train", "{}");
        assertVerdict("MATCH " + first, "images");
        assertTrue(
                desk.said("images")
                        .contains("registry.example/example/fit@"
                                + Digest.of("example/fit:1").value()),
                desk.said("images"));
    }

    @Test
    void forgedStampsOnForeignContentAreDrift() throws Exception {
        Map<String, @Nullable Object> spec = own(desk.template("dynamic"));
        Map<String, @Nullable Object> forged =
                Json.parseObject(Json.write(spec).replace("example/prepare", "evil/prepare"));
        Tree.set(forged, first, "podMetadata", "annotations", "plumbline.dev/template-commit");
        Tree.set(forged, first, "workflowMetadata", "annotations", "plumbline.dev/template-commit");
        desk.submitOwn("forged", forged);
        assertVerdict("DRIFT", "forged");
    }

    @Test
    void metadataOfTheUserOverOursChangesNothing() throws Exception {
        desk.submit("metadata", "train", """
                {"spec": {"workflowMetadata": {"labels": {"team": "a"},
                   "annotations": {"plumbline.dev/template-commit": "0000000000000000000000000000000000000000"}}}}
                """);
        assertVerdict("MATCH " + first, "metadata");
        assertEquals(
                "0000000000000000000000000000000000000000",
                Tree.text(desk.workflow("metadata"), "metadata", "annotations", "plumbline.dev/template-commit"));
    }

    @Test
    void aRunThatIsDeletedWhileItRunsIsStated() throws Exception {
        desk.pods().hold("prepare");
        desk.submit("deleted", "train", "{}");
        desk.awaitNode("deleted", "prepare");
        desk.delete("deleted");
        assertVerdict("UNVERIFIABLE", "deleted");
        assertEquals("Vanished", desk.phase("deleted"));
    }

    @Test
    void aRunWrittenByHandWithTheTemplatesOfGitMatches() throws Exception {
        desk.submitOwn("equal", own(desk.template("dynamic")));
        assertVerdict("MATCH " + first, "equal");
    }

    @Test
    void aRunWrittenByHandWithOtherTemplatesIsDrift() throws Exception {
        Map<String, @Nullable Object> spec = own(desk.template("dynamic"));
        desk.submitOwn("other", Json.parseObject(Json.write(spec).replace("example/prepare:1", "example/prepare:9")));
        assertVerdict("DRIFT", "other");
    }

    @Test
    void aRunWrittenByHandWithTheTagsOfGitMatches() throws Exception {
        desk.submitOwn("tagged", own(desk.template("tagged")));
        assertVerdict("MATCH " + first, "tagged");
        assertEquals("tagged", Tree.text(desk.workflow("tagged"), "spec", "podMetadata", "labels", "run"));
    }

    @Test
    void aRunWrittenByHandWithAnotherValueThanATagHasIsDrift() throws Exception {
        Map<String, @Nullable Object> spec = own(desk.template("tagged"));
        Tree.set(spec, "someone-else", "podMetadata", "labels", "run");
        desk.submitOwn("untagged", spec);
        assertVerdict("DRIFT", "untagged");
    }

    private static Map<String, @Nullable Object> own(Map<String, @Nullable Object> template) {
        return Tree.copy(Tree.map(template, "spec"));
    }
}
