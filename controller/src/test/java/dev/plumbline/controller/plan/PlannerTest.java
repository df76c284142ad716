package dev.plumbline.controller.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.controller.inventory.Inventory;
import dev.plumbline.controller.spec.DeletionBudget;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.JsonException;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.manifest.Origin;
import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.model.Location;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.registry.model.SyncId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PlannerTest {

    private static final SyncId SYNC = new SyncId("plumbline", "local");

    private static final CommitId COMMIT = new CommitId("7fd1a60b01f91b314f59955a4e4d4e80d8edf11d");
    private static final Digest RELEASE = Digest.of("release");

    private final List<Desired> desired = new ArrayList<>();
    private final TreeMap<ObjectKey, Inventory.Item> owned = new TreeMap<>();
    private final Map<ObjectKey, Map<String, @Nullable Object>> live = new HashMap<>();
    private final Map<ObjectKey, String> kept = new HashMap<>();
    private @Nullable Digest confirmed;

    @Test
    void createsWhatIsMissingWithWhatOthersNeedFirst() throws JsonException {
        wanted(cron("daily"), false);
        wanted(configMap("settings", "1"), false);
        assertEquals(List.of("CREATE ConfigMap/settings", "CREATE CronWorkflow/daily"), actions(plan()));
    }

    @Test
    void leavesAloneWhatWasAppliedAndNotTouchedSince() throws JsonException {
        Manifest settings = configMap("settings", "1");
        wanted(settings, false);
        applied(settings, "7");
        liveAs(settings, "u1", "7");
        assertEquals(List.of("UNCHANGED ConfigMap/settings"), actions(plan()));
    }

    @Test
    void namesTheFieldsThatChange() throws JsonException {
        wanted(configMap("settings", "2"), false);
        applied(configMap("settings", "1"), "7");
        liveAs(configMap("settings", "1"), "u1", "7");
        Change change = plan().changes().getFirst();
        assertEquals(Action.UPDATE, change.action());
        assertEquals("data.value", change.fields().getFirst().path());
        assertTrue(plan().text().contains("data.value: \"1\" -> \"2\""), plan().text());
    }

    @Test
    void aTouchThatChangesNothingOfOursIsNoChange() throws JsonException {
        Manifest settings = configMap("settings", "1");
        wanted(settings, false);
        applied(settings, "7");
        liveAs(settings, "u1", "9");
        assertEquals(List.of("UNCHANGED ConfigMap/settings"), actions(plan()));
    }

    @Test
    void somebodyElsesChangeIsUndone() throws JsonException {
        wanted(configMap("settings", "1"), false);
        applied(configMap("settings", "1"), "7");
        liveAs(configMap("settings", "by hand"), "u1", "9");
        assertEquals("changed by somebody else", plan().changes().getFirst().note());
        assertEquals(List.of("UPDATE ConfigMap/settings"), actions(plan()));
    }

    @Test
    void deletesByInventoryOnlyAndWithTheUidThatWasSeen() throws JsonException {
        Manifest old = configMap("old", "1");
        applied(old, "7");
        liveAs(old, "u-old", "7");
        liveAs(configMap("foreign", "1"), "u-foreign", "3");
        Plan plan = plan();
        assertEquals(List.of("DELETE ConfigMap/old"), actions(plan));
        assertEquals("u-old", plan.changes().getFirst().uid());
        assertNull(plan.confirmation());
    }

    @Test
    void aLargerDeletionWaitsForAConfirmationThatNamesExactlyIt() throws JsonException {
        for (int i = 0; i < 4; i++) {
            Manifest old = configMap("old-" + i, "1");
            applied(old, "7");
            liveAs(old, "u" + i, "7");
        }
        Digest digest = plan().confirmation();
        assertNotNull(digest);
        confirmed = digest;
        assertNull(plan().confirmation());
        liveAs(configMap("old-0", "1"), "another-uid", "7");
        assertNotNull(plan().confirmation(), "the confirmed deletion is not this one");
    }

    @Test
    void whatARunStillNamesIsKeptAndNotCounted() throws JsonException {
        Manifest old = configMap("steps-abc", "1");
        applied(old, "7");
        liveAs(old, "u1", "7");
        kept.put(old.key(), "named by Workflow/train-1");
        assertEquals(List.of("SKIP ConfigMap/steps-abc"), actions(plan()));
        assertEquals("named by Workflow/train-1", plan().changes().getFirst().note());
    }

    @Test
    void whatIsNotOursIsNotForced() throws JsonException {
        wanted(configMap("settings", "2"), false);
        liveAs(configMap("settings", "1"), "u1", "7");
        Change change = plan().changes().getFirst();
        assertEquals(Action.UPDATE, change.action());
        assertTrue(!change.owned());
    }

    @Test
    void secretValuesAreNotShown() throws JsonException {
        Manifest before =
                manifest("{'apiVersion':'v1','kind':'Secret','metadata':{'name':'s'},'stringData':{'k':'canary-1'}}");
        Manifest after =
                manifest("{'apiVersion':'v1','kind':'Secret','metadata':{'name':'s'},'stringData':{'k':'canary-2'}}");
        wanted(after, false);
        applied(before, "7");
        liveAs(before, "u1", "7");
        assertTrue(
                !plan().text().contains("canary") && !Json.write(plan().tree()).contains("canary"));
    }

    @Test
    void aTemplateThatChangesInPlaceIsSaidWithWhatThatMeansForRunsUnderWay() throws JsonException {
        wanted(template("train", "2"), false);
        applied(template("train", "1"), "7");
        liveAs(template("train", "1"), "u1", "7");
        assertTrue(plan().text().contains("changed in place: a run that is under way"), plan().text());
        wanted(template("train-0123abcd", "2"), true); // Runs call versions, of which none changes.
        assertEquals("", plan().changes().getFirst().note());
    }

    private Plan plan() {
        return Planner.plan(new PlanInput(
                SYNC,
                COMMIT,
                RELEASE,
                desired,
                new Inventory(owned),
                live,
                kept,
                Set.of(),
                new DeletionBudget(10, 50),
                confirmed,
                PlanRules.STANDARD,
                OtherSyncs.NONE));
    }

    private static List<String> actions(Plan plan) {
        return plan.changes().stream()
                .map(change -> change.action() + " " + change.key().display())
                .toList();
    }

    private void wanted(Manifest manifest, boolean version) {
        desired.add(new Desired(manifest, SYNC, null, version));
    }

    private void applied(Manifest manifest, String resourceVersion) {
        owned.put(manifest.key(), new Inventory.Item("u1", manifest.digest(), resourceVersion, null));
    }

    private void liveAs(Manifest manifest, String uid, String resourceVersion) {
        Map<String, @Nullable Object> copy = Tree.copy(manifest.content());
        Tree.set(copy, uid, "metadata", "uid");
        Tree.set(copy, resourceVersion, "metadata", "resourceVersion");
        live.put(manifest.key(), copy);
    }

    private static Manifest configMap(String name, String value) throws JsonException {
        return manifest("{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'" + name + "'},'data':{'value':'"
                + value + "'}}");
    }

    private static Manifest cron(String name) throws JsonException {
        return manifest("{'apiVersion':'argoproj.io/v1alpha1','kind':'CronWorkflow','metadata':{'name':'" + name
                + "'},'spec':{}}");
    }

    private static Manifest template(String name, String image) throws JsonException {
        return manifest("{'apiVersion':'argoproj.io/v1alpha1','kind':'WorkflowTemplate','metadata':{'name':'" + name
                + "'},'spec':{'templates':[{'name':'a','container':{'image':'i:" + image + "'}}]}}");
    }

    private static Manifest manifest(String json) throws JsonException {
        return Manifest.of(Json.parseObject(json.replace('\'', '"')), Origin.of(Location.of("test.yaml")));
    }
}
