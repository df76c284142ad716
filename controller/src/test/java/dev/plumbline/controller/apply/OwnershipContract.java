package dev.plumbline.controller.apply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.controller.diff.IgnoreRules;
import dev.plumbline.controller.live.ClusterReader;
import dev.plumbline.controller.plan.Action;
import dev.plumbline.controller.plan.Change;
import dev.plumbline.controller.plan.OtherSyncs;
import dev.plumbline.controller.plan.Plan;
import dev.plumbline.controller.plan.PlanRules;
import dev.plumbline.controller.plan.PlanRules.Adoption;
import dev.plumbline.controller.plan.PlanRules.DriftPolicy;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.ObjectKey;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whose an object is, on every cluster behind the doors: adoption, two syncs and one object, moves, deletions that wait. */
public abstract class OwnershipContract {

    private String namespace = "";
    private TestSync a;
    private TestSync b;

    /** How the cluster is read. */
    protected abstract ClusterReader reader();

    /** How the cluster is changed. */
    protected abstract ClusterWriter writer();

    @BeforeEach
    void makeNamespace() throws Exception {
        namespace = Tree.text(
                writer().create(
                                Json.parseObject(
                                        "{\"apiVersion\":\"v1\",\"kind\":\"Namespace\",\"metadata\":{\"generateName\":\"owner-\"}}"),
                                "me"),
                "metadata",
                "name");
        a = new TestSync("a", reader(), writer());
        b = new TestSync("b", reader(), writer());
    }

    @Test
    void whatSomebodyElseMadeOtherwiseIsRefusedAndNothingIsApplied() throws Exception {
        writer().create(tree(configMap("theirs", "2")), "kubectl-create");
        Plan plan = a.wants(configMap("theirs", "1"), configMap("new", "1")).plan();
        assertTrue(plan.text().contains("kubectl-create owns /data/value"), plan.text());
        assertTrue(plan.text().contains("adoption: Always"), plan.text());
        ApplyResult result = a.apply(plan);
        assertFalse(result.complete());
        assertTrue(reader().get(key("new")).isEmpty());
        assertEquals("2", Tree.text(live("theirs"), "data", "value"));
    }

    @Test
    void whatSomebodyElseMadeAlikeIsAdoptedAndThenOurs() throws Exception {
        writer().create(tree(configMap("theirs", "1")), "kubectl-create");
        assertEquals(
                "exists already; not forced",
                a.wants(configMap("theirs", "1")).only().note());
        a.apply();
        a.wants(configMap("theirs", "2")).apply();
        assertEquals("2", Tree.text(live("theirs"), "data", "value"), "what is adopted is forced afterwards");
        assertTrue(a.plan().isEmpty(), a.plan().text());
    }

    @Test
    void extraFieldsOfAnAdoptedObjectStay() throws Exception {
        writer().create(tree(object("theirs", "'data':{'value':'1','extra':'x'}")), "kubectl-create");
        a.wants(configMap("theirs", "1")).apply();
        assertTrue(a.plan().isEmpty(), a.plan().text());
        assertEquals("x", Tree.text(live("theirs"), "data", "extra"));
    }

    @Test
    void everythingIsTakenOverWhereThatIsAllowed() throws Exception {
        writer().create(tree(configMap("theirs", "2")), "kubectl-create");
        a.rules = new PlanRules(Adoption.ALWAYS, DriftPolicy.REPAIR, IgnoreRules.STANDARD);
        assertTrue(a.wants(configMap("theirs", "1")).only().note().contains("kubectl-create owns /data/value"));
        a.apply();
        assertEquals("1", Tree.text(live("theirs"), "data", "value"));
    }

    @Test
    void nothingIsTakenOverWhereThatIsForbidden() throws Exception {
        writer().create(tree(configMap("theirs", "1")), "kubectl-create");
        a.rules = new PlanRules(Adoption.NEVER, DriftPolicy.REPAIR, IgnoreRules.STANDARD);
        assertEquals(1, a.wants(configMap("theirs", "1")).plan().refusals().size());
    }

    @Test
    void whatAnotherToolManagesIsRefusedByTheToolsName() throws Exception {
        writer().create(
                        tree("{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'argo','namespace':'" + namespace
                                + "','annotations':{'argocd.argoproj.io/tracking-id':'app:x'}},'data':{'value':'1'}}"),
                        "argocd-controller");
        writer().apply(tree(configMap("flux", "1")), "kustomize-controller", false, false);
        String text =
                a.wants(configMap("argo", "1"), configMap("flux", "1")).plan().text();
        assertTrue(text.contains("managed by Argo CD") && text.contains("managed by Flux"), text);
    }

    @Test
    void aDryRunAsksTheClusterBeforeAnAdoption() throws Exception {
        writer().create(tree(configMap("theirs", "1")), "kubectl-create");
        Plan plan = a.wants(configMap("theirs", "1")).plan();
        writer().mergePatch(key("theirs"), tree("{'data':{'value':'2'}}"), "kubectl-edit");
        Plan tried = DryRun.of(plan, writer());
        assertTrue(tried.text().contains("kubectl-edit"), tried.text());
        assertEquals("2", Tree.text(live("theirs"), "data", "value"));
    }

    @Test
    void twoSyncsThatWantOneObjectAreBothNamed() throws Exception {
        a.wants(configMap("x", "1")).apply();
        b.others = OtherSyncs.of(Map.of(key("x"), a.id), Set.of(a.id));
        Plan plan = b.wants(configMap("x", "2")).plan();
        assertTrue(plan.text().contains("sync contract/b") && plan.text().contains("sync contract/a"), plan.text());
        assertFalse(b.apply(plan).complete());
        assertEquals("1", Tree.text(live("x"), "data", "value"));
        a.others = OtherSyncs.of(Map.of(key("x"), b.id), Set.of(b.id));
        assertTrue(a.plan().isEmpty(), "the first goes on as before");
    }

    @Test
    void anObjectMovesBetweenSyncsWithoutBeingDeleted() throws Exception {
        a.wants(configMap("x", "1")).apply();
        String uid = Tree.text(live("x"), "metadata", "uid");
        a.others = OtherSyncs.of(Map.of(key("x"), b.id), Set.of(b.id));
        assertEquals("it moves to sync contract/b", a.wants().only().note());
        a.apply();
        assertEquals(Map.of(), a.inventory.items());
        b.others = OtherSyncs.of(Map.of(), Set.of(a.id));
        b.wants(configMap("x", "1")).apply();
        assertEquals(uid, Tree.text(live("x"), "metadata", "uid"));
        assertEquals("contract.b", Tree.text(live("x"), "metadata", "labels", "plumbline.dev/sync"));
        assertTrue(a.plan().isEmpty() && b.plan().isEmpty());
        b.wants().apply();
        assertTrue(reader().get(key("x")).isEmpty(), "its new owner may delete it");
    }

    @Test
    void aDeletionThatCrossesAMoveDoesNotHappen() throws Exception {
        a.wants(configMap("x", "1")).apply();
        Plan deletes = a.wants().plan();
        assertEquals(Action.DELETE, deletes.changes().getFirst().action());
        b.others = OtherSyncs.of(Map.of(), Set.of(a.id));
        b.wants(configMap("x", "1")).apply();
        ApplyResult result = a.apply(deletes);
        assertTrue(result.complete(), result.toString());
        assertEquals(
                "it belongs to sync contract.b", result.results().getFirst().note());
        assertTrue(reader().get(key("x")).isPresent());
        assertEquals(Map.of(), a.inventory.items());
    }

    @Test
    void aDeletionIsNotHeldUpByAWriteThatChangesNoOwner() throws Exception {
        a.wants(configMap("x", "1")).apply();
        Plan deletes = a.wants().plan();
        writer().mergePatch(key("x"), tree("{'metadata':{'annotations':{'a':'b'}}}"), "somebody");
        assertTrue(a.apply(deletes).complete());
        assertTrue(reader().get(key("x")).isEmpty());
    }

    @Test
    void whatWasOnlyClaimedIsNotDeleted() throws Exception {
        writer().create(tree(configMap("theirs", "2")), "kubectl-create");
        a.apply(a.wants(configMap("theirs", "1")).plan());
        assertTrue(a.inventory.items().containsKey(key("theirs")));
        Change change = a.wants().only();
        assertEquals("it was there before this sync", change.note());
        a.apply();
        assertTrue(reader().get(key("theirs")).isPresent());
        assertEquals(Map.of(), a.inventory.items());
    }

    @Test
    void aDeletionThatWaitsForAFinalizerIsSaidAndStaysOwned() throws Exception {
        a.wants(configMap("x", "1")).apply();
        writer().mergePatch(key("x"), tree("{'metadata':{'finalizers':['example.com/hold']}}"), "holder");
        assertTrue(a.plan().isEmpty(), "finalizers of others are no drift");
        ApplyResult result = a.apply(a.wants().plan());
        assertTrue(result.complete());
        assertTrue(result.results().getFirst().note().contains("example.com/hold"), result.toString());
        assertTrue(a.inventory.items().containsKey(key("x")));
        assertTrue(a.only().note().contains("example.com/hold"), a.only().toString());
        assertTrue(a.plan().isEmpty(), "it is not deleted twice");
        writer().mergePatch(key("x"), tree("{'metadata':{'finalizers':null}}"), "holder");
        a.apply();
        assertEquals(Map.of(), a.inventory.items());
    }

    @Test
    void whatIsWantedAgainWhileItIsDeletedIsMadeWhenItIsGone() throws Exception {
        a.wants(configMap("x", "1")).apply();
        writer().mergePatch(key("x"), tree("{'metadata':{'finalizers':['example.com/hold']}}"), "holder");
        writer().delete(key("x"), new DeleteOptions(null, null, false));
        assertTrue(a.only().note().contains("example.com/hold"), a.only().toString());
        writer().mergePatch(key("x"), tree("{'metadata':{'finalizers':null}}"), "holder");
        a.apply();
        assertEquals("1", Tree.text(live("x"), "data", "value"));
    }

    private ObjectKey key(String name) {
        return new ObjectKey("", "ConfigMap", namespace, name);
    }

    private Map<String, @Nullable Object> live(String name) throws Exception {
        return reader().get(key(name)).orElseThrow();
    }

    private static Map<String, @Nullable Object> tree(String json) throws Exception {
        return Json.parseObject(json.replace('\'', '"'));
    }

    private String configMap(String name, String value) {
        return object(name, "'data':{'value':'" + value + "'}");
    }

    private String object(String name, String rest) {
        return "{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'" + name + "','namespace':'" + namespace
                + "'}," + rest + "}";
    }
}
