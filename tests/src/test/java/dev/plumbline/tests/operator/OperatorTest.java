package dev.plumbline.tests.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.json.Tree;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a PipelineSync does, one sentence a test. */
@Tag("cluster")
class OperatorTest {

    @TempDir
    Path folder;

    @Test
    void aCommitIsAppliedAndTheStatusSaysSo() throws Exception {
        try (OperatorDesk desk = OperatorDesk.ready(folder)) {
            desk.sync("pipelines", Map.of());
            desk.awaitApplied("pipelines", desk.repository().head());

            assertEquals("1", desk.data("one", "a"));
            Map<String, @Nullable Object> status = desk.status("PipelineSync", "pipelines");
            assertEquals(1L, Tree.at(status, "appliedRevision", "revision"));
            assertEquals(1L, status.get("inventorySize"));
            assertEquals("False/Applied", desk.condition("PipelineSync", "pipelines", "Stalled"));
            desk.await("an Event tells it", () -> desk.events("Applied").size() == 1);
        }
    }

    @Test
    void theNextCommitAndItsRevertAreApplied() throws Exception {
        try (OperatorDesk desk = OperatorDesk.ready(folder)) {
            desk.sync("pipelines", Map.of());
            desk.awaitApplied("pipelines", desk.repository().head());

            desk.config("one", "a", "2");
            desk.config("two", "b", "1");
            desk.kustomization("one", "two");
            String second = desk.repository().commit("Change one, add two");
            desk.poke("pipelines");
            desk.awaitApplied("pipelines", second);
            assertEquals("2", desk.data("one", "a"));
            assertEquals("1", desk.data("two", "b"));

            String third = desk.repository().revert();
            desk.poke("pipelines");
            desk.awaitApplied("pipelines", third);
            assertEquals("1", desk.data("one", "a"));
            assertTrue(desk.get("ConfigMap", "two").isEmpty());
            assertEquals(
                    List.of(3L, 2L, 1L),
                    Tree.maps(desk.status("PipelineSync", "pipelines"), "history").stream()
                            .map(revision -> revision.get("revision"))
                            .toList());
        }
    }

    @Test
    void aBrokenCommitChangesNothingAndIsSaid() throws Exception {
        try (OperatorDesk desk = OperatorDesk.ready(folder)) {
            desk.sync("pipelines", Map.of());
            String good = desk.repository().head();
            desk.awaitApplied("pipelines", good);

            desk.repository().write("overlay/one.yaml", "kind: [");
            desk.repository().commit("Break it");
            desk.poke("pipelines");
            desk.awaitReady("pipelines", "False/BrokenCommit");
            assertEquals("True/BrokenCommit", desk.condition("PipelineSync", "pipelines", "Stalled"));
            assertTrue(desk.message("pipelines").contains("overlay/one.yaml:1"), desk.message("pipelines"));
            assertEquals("1", desk.data("one", "a"));
            assertEquals(good, Tree.text(desk.status("PipelineSync", "pipelines"), "appliedRevision", "commit"));
        }
    }

    @Test
    void whatSomebodyElseChangesIsPutBack() throws Exception {
        try (OperatorDesk desk = OperatorDesk.ready(folder)) {
            desk.sync("pipelines", Map.of());
            desk.awaitApplied("pipelines", desk.repository().head());

            Map<String, @Nullable Object> patch = new LinkedHashMap<>();
            Tree.set(patch, "by hand", "data", "a");
            desk.cluster().mergePatch(desk.key("ConfigMap", "one"), patch, "hand");
            desk.await("it is put back", () -> desk.data("one", "a").equals("1"));

            desk.delete("ConfigMap", "one");
            desk.await("it is there again", () -> desk.data("one", "a").equals("1"));
        }
    }

    @Test
    void deletingASyncLeavesItsObjectsUnlessAskedToDeleteThem() throws Exception {
        try (OperatorDesk desk = OperatorDesk.ready(folder)) {
            desk.sync("stays", Map.of());
            desk.awaitApplied("stays", desk.repository().head());
            desk.delete("PipelineSync", "stays");
            desk.await(
                    "the sync is gone", () -> desk.get("PipelineSync", "stays").isEmpty());
            assertEquals("1", desk.data("one", "a"));

            desk.sync("stays", Map.of("deletionPolicy", "Delete"));
            desk.awaitApplied("stays", desk.repository().head());
            desk.delete("PipelineSync", "stays");
            desk.await(
                    "the sync is gone", () -> desk.get("PipelineSync", "stays").isEmpty());
            assertTrue(desk.get("ConfigMap", "one").isEmpty());
        }
    }

    @Test
    void theRootOfARepositoryIsAnOverlayToo() throws Exception {
        try (OperatorDesk desk = OperatorDesk.ready(folder)) {
            desk.repository().write("kustomization.yaml", "resources: [overlay]\nnamePrefix: root-\n");
            desk.repository().commit("Build the root");
            desk.sync("root", Map.of("path", "."));
            desk.awaitApplied("root", desk.repository().head());
            assertEquals("1", desk.data("root-one", "a"));
        }
    }

    @Test
    void modeObserveWritesNothing() throws Exception {
        try (OperatorDesk desk = OperatorDesk.ready(folder)) {
            desk.sync("observed", Map.of("mode", "Observe"));
            desk.awaitReady("observed", "True/Observed");
            assertTrue(desk.message("observed").contains("1 to create"), desk.message("observed"));
            assertTrue(desk.get("ConfigMap", "one").isEmpty());
        }
    }

    @Test
    void aSuspendedSyncWaitsAndGoesOn() throws Exception {
        try (OperatorDesk desk = OperatorDesk.ready(folder)) {
            desk.sync("pipelines", Map.of("suspend", true));
            desk.awaitReady("pipelines", "False/Suspended");
            assertTrue(desk.get("ConfigMap", "one").isEmpty());
            desk.sync("pipelines", Map.of("suspend", false));
            desk.awaitApplied("pipelines", desk.repository().head());
        }
    }

    @Test
    void aRestartRemembersWhatWasApplied() throws Exception {
        try (OperatorDesk desk = OperatorDesk.ready(folder)) {
            desk.sync("pipelines", Map.of());
            desk.awaitApplied("pipelines", desk.repository().head());
            String version = version(desk);
            desk.stop();
            desk.config("one", "a", "2");
            String second = desk.repository().commit("While nobody looked");
            desk.start();
            desk.awaitApplied("pipelines", second);
            assertEquals("2", desk.data("one", "a"));
            desk.stop();
            String after = version(desk);
            desk.start();
            desk.poke("pipelines");
            desk.await(
                    "the request is followed",
                    () -> !Tree.text(desk.status("PipelineSync", "pipelines"), "handledRequest")
                            .isEmpty());
            assertEquals(after, version(desk), "a restart writes nothing to what is right already");
            assertTrue(!version.equals(after));
        }
    }

    @Test
    void aSyncThatDidNotChangeMakesNoRequest() throws Exception {
        try (OperatorDesk desk = OperatorDesk.ready(folder);
                ApiRequests requests = new ApiRequests(desk.kubeconfig())) {
            Map<String, Long> none = requests.byVerbAndResource();
            for (int i = 0; i < 10; i++) {
                desk.sync("sync-" + i, Map.of("path", "overlay-" + i));
                desk.repository()
                        .write(
                                "overlay-" + i + "/kustomization.yaml",
                                "namespace: " + desk.namespace() + "\nconfigMapGenerator: [{name: made-" + i
                                        + ", literals: [a=1]}]\n");
            }
            String commit = desk.repository().commit("Ten overlays");
            desk.poke("sync-0");
            for (int i = 0; i < 10; i++) {
                desk.awaitApplied("sync-" + i, commit);
            }
            TimeUnit.SECONDS.sleep(2);
            Map<String, Long> before = requests.byVerbAndResource();
            long lists = ApiRequests.since(none, before).getOrDefault("LIST workflows", 0L);
            assertTrue(lists < 10, () -> "the runs of one namespace were listed for each sync: " + lists);
            TimeUnit.SECONDS.sleep(15); // Three intervals.
            Map<String, Long> more = ApiRequests.since(before, requests.byVerbAndResource());
            more.keySet().removeIf(OperatorTest::ofTheServerItself);
            assertEquals(Map.of(), more);
        }
    }

    /** What a bare API server asks of itself over loopback. */
    static boolean ofTheServerItself(String verbAndResource) {
        return List.of(
                        "apiservices",
                        "customresourcedefinitions",
                        "endpoints",
                        "endpointslices",
                        "services",
                        "namespaces",
                        "flowschemas",
                        "prioritylevelconfigurations",
                        "serviceaccounts",
                        "configmaps/extension-apiserver-authentication")
                .contains(verbAndResource.substring(verbAndResource.indexOf(' ') + 1));
    }

    @Test
    void aSyncWaitsForThoseItDependsOn() throws Exception {
        try (OperatorDesk desk = OperatorDesk.ready(folder)) {
            desk.repository()
                    .write(
                            "base/kustomization.yaml",
                            "namespace: " + desk.namespace()
                                    + "\nconfigMapGenerator: [{name: base, literals: [a=1]}]\n");
            desk.repository().commit("A base");
            desk.sync("pipelines", Map.of("dependsOn", List.of(Map.of("name", "base"))));
            desk.awaitReady("pipelines", "False/WaitingForDependencies");
            assertTrue(desk.get("ConfigMap", "one").isEmpty());
            desk.sync("base", Map.of("path", "base"));
            desk.awaitApplied("pipelines", desk.repository().head());
        }
    }

    @Test
    void aFreezeWindowHoldsNewCommits() throws Exception {
        try (OperatorDesk desk = OperatorDesk.ready(folder)) {
            Map<String, Object> window =
                    Map.of("start", "2020-01-01T00:00:00Z", "end", "2100-01-01T00:00:00Z", "reason", "the audit");
            desk.sync("pipelines", Map.of("windows", List.of(window)));
            desk.awaitReady("pipelines", "False/Frozen");
            assertTrue(desk.message("pipelines").contains("the audit"));
            assertTrue(desk.get("ConfigMap", "one").isEmpty());
            desk.sync("pipelines", Map.of("windows", List.of()));
            desk.awaitApplied("pipelines", desk.repository().head());
        }
    }

    @Test
    void aSyncMayOnlyDoWhatItsServiceAccountMay() throws Exception {
        try (OperatorDesk desk = OperatorDesk.ready(folder)) {
            desk.apply("v1", "ServiceAccount", desk.namespace(), "deployer", Map.of());
            desk.sync("pipelines", Map.of("serviceAccountName", "deployer"));
            desk.awaitReady("pipelines", "False/Forbidden");
            assertTrue(
                    desk.message("pipelines").contains("system:serviceaccount:" + desk.namespace() + ":deployer"),
                    desk.message("pipelines"));
            assertTrue(desk.get("ConfigMap", "one").isEmpty());

            Map<String, ?> rule = Map.of(
                    "apiGroups", List.of(""),
                    "resources", List.of("configmaps"),
                    "verbs", List.of("get", "create", "patch", "delete"));
            Map<String, ?> role = Map.of("apiGroup", "rbac.authorization.k8s.io", "kind", "Role", "name", "deployer");
            Map<String, ?> who = Map.of("kind", "ServiceAccount", "name", "deployer", "namespace", desk.namespace());
            String rbac = "rbac.authorization.k8s.io/v1";
            desk.apply(rbac, "Role", desk.namespace(), "deployer", Map.of("rules", List.of(rule)));
            Map<String, ?> binding = Map.of("roleRef", role, "subjects", List.of(who));
            desk.apply(rbac, "RoleBinding", desk.namespace(), "deployer", binding);
            desk.poke("pipelines");
            desk.awaitApplied("pipelines", desk.repository().head());
        }
    }

    private static String version(OperatorDesk desk) {
        return Tree.text(desk.get("ConfigMap", "one").orElseThrow(), "metadata", "resourceVersion");
    }
}
