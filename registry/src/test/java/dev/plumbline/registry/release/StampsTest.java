package dev.plumbline.registry.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.model.SyncId;
import dev.plumbline.registry.validate.Examples;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StampsTest {

    private static final SyncId SYNC = new SyncId("mlops", "dev");
    private static final CommitId FIRST = new CommitId("1".repeat(40));
    private static final CommitId SECOND = new CommitId("2".repeat(40));

    @Test
    void stampsATemplateAndTheRunsAndPodsThatComeFromIt() {
        Map<String, @Nullable Object> content =
                Stamps.stamp(object("argoproj.io/v1alpha1", "WorkflowTemplate"), SYNC, FIRST);
        String key = "plumbline.dev/template-commit";
        assertEquals(FIRST.hex(), Tree.string(content, "metadata", "annotations", key));
        assertEquals(FIRST.hex(), Tree.string(content, "spec", "workflowMetadata", "annotations", key));
        assertEquals(FIRST.hex(), Tree.string(content, "spec", "podMetadata", "annotations", key));
        assertEquals("mlops.dev", Tree.string(content, "metadata", "labels", "plumbline.dev/sync"));
    }

    @Test
    void stampsAScheduleAndItsRunsUnderAKeyOfTheirOwn() {
        Map<String, @Nullable Object> content =
                Stamps.stamp(object("argoproj.io/v1alpha1", "CronWorkflow"), SYNC, FIRST);
        String key = "plumbline.dev/schedule-commit";
        assertEquals(FIRST.hex(), Tree.string(content, "metadata", "annotations", key));
        assertEquals(FIRST.hex(), Tree.string(content, "spec", "workflowMetadata", "annotations", key));
        assertNull(Tree.at(content, "spec", "podMetadata"));
    }

    @Test
    void stampsAnyOtherObjectOnItselfOnly() {
        Map<String, @Nullable Object> content = Stamps.stamp(object("v1", "ConfigMap"), SYNC, FIRST);
        assertEquals(FIRST.hex(), Tree.string(content, "metadata", "annotations", "plumbline.dev/object-commit"));
        assertNull(Tree.at(content, "spec", "workflowMetadata"));
    }

    @Test
    void leavesTheCommitOutWhereItIsNotKnown() {
        Map<String, @Nullable Object> content = Stamps.stamp(object("v1", "ConfigMap"), SYNC, null);
        assertNull(Tree.at(content, "metadata", "annotations"));
        assertEquals("mlops.dev", Tree.string(content, "metadata", "labels", "plumbline.dev/sync"));
    }

    @Test
    void aDifferenceInStampsAloneIsNone() {
        for (String kind : new String[] {"WorkflowTemplate", "CronWorkflow", "Workflow"}) {
            Manifest object = object("argoproj.io/v1alpha1", kind);
            Map<String, @Nullable Object> first = Stamps.stamp(object, SYNC, FIRST);
            Map<String, @Nullable Object> second = Stamps.stamp(object, new SyncId("other", "sync"), SECOND);
            assertNotEquals(first, second);
            assertEquals(object.content(), Stamps.unstamp(first));
            assertEquals(Stamps.unstamp(first), Stamps.unstamp(second));
        }
    }

    @Test
    void keepsWhatPeopleWroteBesideTheStamps() {
        Manifest object = Examples.objects("""
                        apiVersion: argoproj.io/v1alpha1
                        kind: WorkflowTemplate
                        metadata: {name: a, labels: {tier: ml}, annotations: {owner: ml}}
                        spec: {podMetadata: {annotations: {note: kept}}}
                        """).getFirst();
        Map<String, @Nullable Object> content = Stamps.stamp(object, SYNC, FIRST);
        assertEquals("kept", Tree.string(content, "spec", "podMetadata", "annotations", "note"));
        assertEquals(object.content(), Stamps.unstamp(content));
    }

    @Test
    void aLongSyncNameStillMakesALabel() {
        String first = Stamps.label(new SyncId("n".repeat(60), "a".repeat(60) + "1"));
        String second = Stamps.label(new SyncId("n".repeat(60), "a".repeat(60) + "2"));
        assertEquals(63, first.length());
        assertNotEquals(first, second);
        assertTrue(first.matches("[a-z0-9.-]*[a-z0-9]"), first);
    }

    private static Manifest object(String apiVersion, String kind) {
        return Examples.objects("apiVersion: %s%nkind: %s%nmetadata: {name: a}%nspec: {entrypoint: main}%n"
                        .formatted(apiVersion, kind))
                .getFirst();
    }
}
