package dev.plumbline.controller.apply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.controller.diff.IgnoreRules;
import dev.plumbline.controller.inventory.Inventory;
import dev.plumbline.controller.live.ClusterReader;
import dev.plumbline.controller.plan.Action;
import dev.plumbline.controller.plan.Change;
import dev.plumbline.controller.plan.Plan;
import dev.plumbline.controller.plan.PlanRules;
import dev.plumbline.controller.plan.PlanRules.Adoption;
import dev.plumbline.controller.plan.PlanRules.DriftPolicy;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.ObjectKey;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What others change on our objects, on every cluster behind the doors: what is drift, whom it names, how it is undone. */
public abstract class DriftContract {

    private String namespace = "";
    private TestSync sync;

    /** How the cluster is read. */
    protected abstract ClusterReader reader();

    /** How the cluster is changed. */
    protected abstract ClusterWriter writer();

    @BeforeEach
    void makeNamespace() throws Exception {
        namespace = Tree.text(
                writer().create(
                                Json.parseObject(
                                        "{\"apiVersion\":\"v1\",\"kind\":\"Namespace\",\"metadata\":{\"generateName\":\"drift-\"}}"),
                                "me"),
                "metadata",
                "name");
        sync = new TestSync("drift", reader(), writer());
    }

    @Test
    void whatWasAppliedIsUnchangedAtTheNextLook() throws Exception {
        sync.wants(deployment("1", "nginx:1"), service(), cron("0 1 * * *"), configMap("a", "1"))
                .apply();
        assertTrue(sync.plan().isEmpty(), sync.plan().text());
        Inventory stored = Inventory.decode(sync.inventory.encode());
        assertEquals(sync.inventory, stored);
    }

    @Test
    void aFieldThatGitNeverMentionsIsDriftOfTheOneWhoSetIt() throws Exception {
        sync.wants(cron("0 1 * * *")).apply();
        change("argoproj.io", "CronWorkflow", "c", "{'spec':{'suspend':true}}", "kubectl-edit");
        Change drift = sync.only();
        assertEquals(Action.UPDATE, drift.action());
        assertEquals("changed by somebody else: kubectl-edit owns /spec/suspend", drift.note());
        sync.apply();
        assertNull(Tree.at(live("argoproj.io", "CronWorkflow", "c"), "spec", "suspend"));
        assertTrue(sync.plan().isEmpty(), sync.plan().text());
    }

    @Test
    void aScheduleThatWasSuspendedThroughPlumblineStaysSuspended() throws Exception {
        sync.wants(cron("0 1 * * *")).apply();
        change("argoproj.io", "CronWorkflow", "c", "{'spec':{'suspend':true}}", "plumbline-cli");
        assertEquals(Action.UNCHANGED, sync.only().action());
    }

    @Test
    void aChangedFieldOfOursIsRestoredAndOursAgain() throws Exception {
        sync.wants(configMap("a", "1")).apply();
        change("", "ConfigMap", "a", "{'data':{'value':'by hand'}}", "kubectl-edit");
        sync.apply();
        assertEquals("1", Tree.text(live("", "ConfigMap", "a"), "data", "value"));
        sync.wants(object("v1", "ConfigMap", "a", "'data':{'other':'x'}")).apply();
        assertNull(
                Tree.at(live("", "ConfigMap", "a"), "data", "value"),
                "a repaired field must still go when Git drops it");
    }

    @Test
    void aFieldOfOursThatIsGoneComesBack() throws Exception {
        sync.wants(configMap("a", "1")).apply();
        change("", "ConfigMap", "a", "{'data':{'value':null,'extra':'x'}}", "kubectl-edit");
        assertTrue(
                sync.only().note().contains("/data/value is gone"), sync.only().note());
        sync.apply();
        assertEquals(Map.of("value", "1"), Tree.map(live("", "ConfigMap", "a"), "data"));
    }

    @Test
    void theLabelOfTheSyncComesBack() throws Exception {
        sync.wants(configMap("a", "1")).apply();
        change("", "ConfigMap", "a", "{'metadata':{'labels':null}}", "kubectl-label");
        sync.apply();
        assertEquals(
                "contract.drift", Tree.text(live("", "ConfigMap", "a"), "metadata", "labels", "plumbline.dev/sync"));
    }

    @Test
    void aDefaultThatSomebodyChangedIsRestored() throws Exception {
        sync.wants(deployment("1", "nginx:1")).apply();
        change("apps", "Deployment", "d", "{'spec':{'revisionHistoryLimit':3}}", "kubectl-edit");
        sync.apply();
        assertEquals(10L, Tree.at(live("apps", "Deployment", "d"), "spec", "revisionHistoryLimit"));
    }

    @Test
    void whatOneAddsToAnItemOfAListGoesAndTheRestOfTheListStays() throws Exception {
        sync.wants(deployment("1", "nginx:1")).apply();
        change(
                "apps",
                "Deployment",
                "d",
                "{'spec':{'template':{'spec':{'containers':[{'name':'spy','image':'spy:1'},{'name':'main','image':'nginx:1','env':[{'name':'A','value':'1'},{'name':'B','value':'2'}]}]}}}}",
                "kubectl-patch");
        Change drift = sync.only();
        assertTrue(drift.note().contains("kubectl-patch owns"), drift.note());
        sync.apply();
        Map<String, @Nullable Object> live = live("apps", "Deployment", "d");
        List<Map<String, @Nullable Object>> containers = Tree.maps(live, "spec", "template", "spec", "containers");
        assertEquals(1, containers.size(), containers.toString());
        assertEquals("main", containers.getFirst().get("name"));
        assertEquals(1, Tree.list(containers.getFirst(), "env").size(), containers.toString());
        assertTrue(sync.plan().isEmpty(), sync.plan().text());
    }

    @Test
    void whatControllersWriteIsNoDrift() throws Exception {
        sync.wants(deployment("1", "nginx:1"), cron("0 1 * * *")).apply();
        change(
                "apps",
                "Deployment",
                "d",
                "{'metadata':{'annotations':{'deployment.kubernetes.io/revision':'1'}}}",
                "kube-controller-manager");
        change(
                "argoproj.io",
                "CronWorkflow",
                "c",
                "{'metadata':{'annotations':{'cronworkflows.argoproj.io/last-used-schedule':'x'}},'status':{'active':[]}}",
                "workflow-controller");
        assertTrue(sync.plan().isEmpty(), sync.plan().text());
    }

    @Test
    void replicasThatAnAutoscalerTookAreLeftToItByLaterCommitsToo() throws Exception {
        sync.wants(deployment("1", "nginx:1")).apply();
        change("apps", "Deployment", "d", "{'spec':{'replicas':5}}", "kube-controller-manager");
        assertTrue(sync.plan().isEmpty(), sync.plan().text());
        sync.wants(deployment("1", "nginx:2")).apply();
        assertEquals(5L, Tree.at(live("apps", "Deployment", "d"), "spec", "replicas"));
        assertTrue(sync.plan().isEmpty(), sync.plan().text());
    }

    @Test
    void replicasThatAPersonChangedAreRestored() throws Exception {
        sync.wants(deployment("1", "nginx:1")).apply();
        change("apps", "Deployment", "d", "{'spec':{'replicas':5}}", "kubectl-scale");
        sync.apply();
        assertEquals(1L, Tree.at(live("apps", "Deployment", "d"), "spec", "replicas"));
    }

    @Test
    void driftIsOnlyNamedWhereThatIsAskedFor() throws Exception {
        sync.rules = new PlanRules(Adoption.IF_UNMANAGED, DriftPolicy.REPORT, IgnoreRules.STANDARD);
        sync.wants(configMap("a", "1")).apply();
        change("", "ConfigMap", "a", "{'data':{'extra':'x'}}", "kubectl-edit");
        Plan plan = sync.plan();
        assertTrue(plan.isEmpty());
        assertTrue(plan.text().contains("kubectl-edit owns /data/extra; only reported"), plan.text());
        sync.wants(configMap("a", "2")).apply();
        assertEquals("x", Tree.text(live("", "ConfigMap", "a"), "data", "extra"));
        assertTrue(sync.plan().text().contains("owns /data/extra"), "a new commit must not make drift the baseline");
    }

    @Test
    void whatIsWrittenBetweenTheLookAndTheApplyIsNotTakenForGranted() throws Exception {
        sync.wants(cron("0 1 * * *")).apply();
        Plan plan = sync.wants(cron("0 2 * * *")).plan();
        change("argoproj.io", "CronWorkflow", "c", "{'spec':{'suspend':true}}", "kubectl-edit");
        assertTrue(sync.apply(plan).complete());
        assertTrue(
                sync.only().note().contains("kubectl-edit owns /spec/suspend"),
                sync.only().toString());
        sync.apply();
        assertNull(Tree.at(live("argoproj.io", "CronWorkflow", "c"), "spec", "suspend"));
    }

    @Test
    void aRepairThatComesTooLateChangesNothing() throws Exception {
        sync.wants(configMap("a", "1")).apply();
        change("", "ConfigMap", "a", "{'data':{'extra':'x'}}", "kubectl-edit");
        Plan plan = sync.plan();
        change("", "ConfigMap", "a", "{'data':{'extra':'y'}}", "kubectl-edit");
        ApplyResult result = sync.apply(plan);
        assertTrue(result.failures().getFirst().retryable(), result.failures().toString());
        assertEquals("y", Tree.text(live("", "ConfigMap", "a"), "data", "extra"));
        sync.apply();
        assertNull(Tree.at(live("", "ConfigMap", "a"), "data", "extra"));
    }

    @Test
    void aSecretsValuesAreComparedAndNeverStoredOrShown() throws Exception {
        comparesSecrets("'data':{'key':'Y2FuYXJ5LTE='}");
    }

    /** The same for any writing of the value. */
    protected void comparesSecrets(String written) throws Exception {
        sync.wants(object("v1", "Secret", "s", written)).apply();
        assertTrue(sync.plan().isEmpty(), sync.plan().text());
        change("", "Secret", "s", "{'data':{'extra':'Y2FuYXJ5LTI=','key':'Y2FuYXJ5LTM='}}", "kubectl-edit");
        Plan plan = sync.plan();
        assertTrue(plan.text().contains("kubectl-edit owns /data/extra"), plan.text());
        sync.apply();
        Map<String, @Nullable Object> live = live("", "Secret", "s");
        assertEquals(Map.of("key", "Y2FuYXJ5LTE="), Tree.map(live, "data"));
        assertTrue(sync.plan().isEmpty(), sync.plan().text());
        String everything =
                plan.text() + Json.write(plan.tree()) + new String(sync.inventory.encode(), StandardCharsets.UTF_8);
        assertFalse(everything.contains("canary") || everything.contains("Y2FuYXJ5"), everything);
    }

    @Test
    void anObjectThatSomebodyDeletedComesBack() throws Exception {
        sync.wants(configMap("a", "1")).apply();
        writer().delete(key("", "ConfigMap", "a"), new DeleteOptions(null, null, false));
        assertEquals("it was deleted by somebody else", sync.only().note());
        sync.apply();
        assertEquals("1", Tree.text(live("", "ConfigMap", "a"), "data", "value"));
    }

    private void change(String group, String kind, String name, String patch, String manager) throws Exception {
        writer().mergePatch(key(group, kind, name), Json.parseObject(patch.replace('\'', '"')), manager);
    }

    private ObjectKey key(String group, String kind, String name) {
        return new ObjectKey(group, kind, namespace, name);
    }

    private Map<String, @Nullable Object> live(String group, String kind, String name) throws Exception {
        return reader().get(key(group, kind, name)).orElseThrow();
    }

    private String object(String apiVersion, String kind, String name, String rest) {
        return "{'apiVersion':'" + apiVersion + "','kind':'" + kind + "','metadata':{'name':'" + name
                + "','namespace':'" + namespace + "'}," + rest + "}";
    }

    private String configMap(String name, String value) {
        return object("v1", "ConfigMap", name, "'data':{'value':'" + value + "'}");
    }

    private String cron(String schedule) {
        return object(
                "argoproj.io/v1alpha1",
                "CronWorkflow",
                "c",
                "'spec':{'schedules':['" + schedule + "'],'workflowSpec':{'workflowTemplateRef':{'name':'t'}}}");
    }

    private String service() {
        return object("v1", "Service", "s", "'spec':{'selector':{'a':'b'},'ports':[{'port':80}]}");
    }

    private String deployment(String replicas, String image) {
        return object(
                "apps/v1",
                "Deployment",
                "d",
                "'spec':{'replicas':" + replicas
                        + ",'selector':{'matchLabels':{'a':'b'}},'template':{'metadata':{'labels':{'a':'b'}},'spec':{'containers':[{'name':'main','image':'"
                        + image + "','env':[{'name':'A','value':'1'}],'resources':{'requests':{'cpu':'0.5'}}}]}}}");
    }
}
