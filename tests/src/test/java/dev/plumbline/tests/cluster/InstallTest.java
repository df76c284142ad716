package dev.plumbline.tests.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.controller.app.install.Installer;
import dev.plumbline.controller.kube.KubeCluster;
import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.live.Selection;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.ObjectKey;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** {@code plumbline install} and {@code uninstall} on a real API server with its controllers, in the order of an installation's life. */
@Tag("cluster")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class InstallTest {

    private static final String SYSTEM = "plumbline-system";
    private static final String MANAGER = "tests";
    private static final String CONTROLLER = "system:serviceaccount:plumbline-system:plumbline-controller";

    private static ServerSession server;

    private static KubeCluster cluster;

    @BeforeAll
    static void connect() throws Exception {
        server = ServerSession.open();
        cluster = server.cluster();
        server.removeDefinitions();
        for (String namespace : List.of("team-a", "team-b")) {
            server.namespace(namespace);
        }
    }

    @AfterAll
    static void disconnect() throws Exception {
        if (server != null) {
            server.restoreDefinitions();
            server.close();
        }
    }

    @Test
    @Order(1)
    void anOlderDefinitionIsReplacedAndItsSyncsStay() throws Exception {
        server.apply("""
            {"apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
             "metadata": {"name": "pipelinesyncs.plumbline.dev"},
             "spec": {"group": "plumbline.dev", "scope": "Namespaced",
               "names": {"plural": "pipelinesyncs", "singular": "pipelinesync", "kind": "PipelineSync"},
               "versions": [{"name": "v1alpha1", "served": true, "storage": true, "schema": {"openAPIV3Schema": {
                 "type": "object", "properties": {"spec": {"type": "object",
                   "x-kubernetes-preserve-unknown-fields": true}}}}}]}}\
            """);
        Eventually.holds(() -> {
            cluster.list(Selection.of("plumbline.dev", "PipelineSync", ""));
            return true;
        });
        server.apply(sync("older"));
        String said = server.run(0, "install", "--manage", "team-a");
        assertTrue(said.contains("updated CustomResourceDefinition/pipelinesyncs.plumbline.dev\n"), said);
        assertTrue(said.contains("created CustomResourceDefinition/pipelinerollbacks.plumbline.dev\n"), said);
        assertTrue(said.contains("created Deployment/plumbline-controller in plumbline-system\n"), said);
        assertTrue(said.contains("created RoleBinding/plumbline-controller in team-a\n"), said);
        Map<String, @Nullable Object> older = server.get("plumbline.dev", "PipelineSync", "team-a", "older");
        assertEquals("1m", Tree.text(older, "spec", "interval"), "the new definition's default");
    }

    @Test
    @Order(2)
    void doingItAgainChangesNothing() throws Exception {
        List<String> lines = Arrays.stream(
                        server.run(0, "install", "--manage", "team-a").split("\n"))
                .filter(line -> !line.startsWith("unchanged "))
                .toList();
        assertEquals(
                List.of(
                        "served 2 definitions",
                        "installed; see it start with: kubectl -n plumbline-system rollout status"
                                + " deployment/plumbline-controller"),
                lines);
    }

    /** The namespace enforces the restricted pod security standard, so that a pod exists proves that it meets it. */
    @Test
    @Order(3)
    void thePodIsAdmittedToARestrictedNamespace() throws Exception {
        Eventually.holds(() -> !pods().isEmpty());
        Map<String, @Nullable Object> pod = pods().getFirst();
        Map<String, @Nullable Object> container =
                Tree.maps(pod, "spec", "containers").getFirst();
        assertEquals("plumbline:0.1.0", Tree.text(container, "image"));
        assertEquals(true, Tree.at(container, "securityContext", "readOnlyRootFilesystem"));
        assertEquals(
                "plumbline-system,team-a", Tree.text(Tree.named("PLUMBLINE_NAMESPACES", container, "env"), "value"));
    }

    @Test
    @Order(4)
    void otherOptionsLeaveExactlyWhatTheyAskFor() throws Exception {
        server.apply("""
            {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "theirs", "namespace": "team-a",
             "labels": {"app.kubernetes.io/name": "plumbline", "app.kubernetes.io/part-of": "plumbline"}}}\
            """);
        cluster.apply(Json.parseObject("""
            {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "older", "namespace": "plumbline-system",
             "labels": {"app.kubernetes.io/name": "plumbline", "app.kubernetes.io/part-of": "plumbline"}}}\
            """), Installer.MANAGER, true, false);
        String wide = server.run(
                0,
                "install",
                "--cluster-wide",
                "--image",
                "registry.example:5000/ml/plumbline@sha256:" + "a".repeat(64));
        assertTrue(wide.contains("created ClusterRoleBinding/plumbline-cluster-wide\n"), wide);
        assertTrue(wide.contains("removed RoleBinding/plumbline-controller in team-a\n"), wide);
        assertTrue(wide.contains("removed ServiceAccount/older in plumbline-system\n"), wide);
        new AccessReview(cluster).assertAllowed(CONTROLLER, "impersonate", "", "serviceaccounts", "team-b");
        new AccessReview(cluster).assertAllowed(CONTROLLER, "list", "plumbline.dev", "pipelinesyncs", "");
        assertTrue(cluster.get(new ObjectKey("", "ServiceAccount", "team-a", "theirs"))
                .isPresent());
        Map<String, @Nullable Object> deployment = server.get("apps", "Deployment", SYSTEM, "plumbline-controller");
        Map<String, @Nullable Object> container =
                Tree.maps(deployment, "spec", "template", "spec", "containers").getFirst();
        assertEquals("registry.example:5000/ml/plumbline@sha256:" + "a".repeat(64), Tree.text(container, "image"));
        assertFalse(
                Tree.list(container, "args").toString().contains("--watch-namespaces"), "every namespace is served");
        String narrow = server.run(0, "install");
        assertTrue(narrow.contains("removed ClusterRoleBinding/plumbline-cluster-wide\n"), narrow);
    }

    @Test
    @Order(5)
    void whatIsWrongIsSaidInOneSentence() throws Exception {
        assertEquals(
                "plumbline: 'Team A' is no name of a namespace; use lower-case letters, digits and '-'\n",
                server.run(2, "install", "--manage", "Team A"));
        String prometheus = server.run(2, "install", "--prometheus");
        assertTrue(
                prometheus.endsWith(
                        "plumbline: the cluster does not know the kind ServiceMonitor in monitoring.coreos.com;"
                                + " install its CustomResourceDefinition first\n"),
                prometheus);
        assertEquals(
                "plumbline: nothing was installed, because there is no namespace elsewhere and no nowhere;"
                        + " make it first: kubectl create namespace elsewhere\n",
                server.run(2, "install", "--manage", "team-a,nowhere", "--manage", "elsewhere"));
        assertTrue(server.run(2, "uninstall", "--context", "nowhere").contains("nowhere"));
        server.run(0, "install");
    }

    @Test
    @Order(6)
    void uninstallingLeavesPipelinesRunningAndNoFinalizer() throws Exception {
        server.apply(sync("held").replace("\"name\": \"held\"", """
            "name": "held", "finalizers": ["plumbline.dev/delete-objects", "example.org/other"]\
            """));
        server.apply("""
            {"apiVersion": "argoproj.io/v1alpha1", "kind": "Workflow", "metadata": {"name": "run", "namespace": "team-a",
             "finalizers": ["plumbline.dev/keep-run"]}, "spec": {"entrypoint": "main", "templates": [{"name": "main",
             "container": {"image": "busybox"}}]}}\
            """);
        server.apply("""
            {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "pipeline", "namespace": "team-a"},
             "data": {"step": "train"}}\
            """);
        Map<String, @Nullable Object> pipeline = server.get("", "ConfigMap", "team-a", "pipeline");
        String said = server.run(0, "uninstall");
        assertTrue(said.contains("freed 2 objects of finalizers\n"), said);
        assertTrue(
                said.contains("stays, with the data that it holds (--with-data removes it):"
                        + " PersistentVolumeClaim/plumbline-store"),
                said);
        assertEquals(List.of(), pods());
        assertEquals(pipeline, server.get("", "ConfigMap", "team-a", "pipeline"));
        assertEquals(
                List.of("example.org/other"),
                Tree.list(server.get("plumbline.dev", "PipelineSync", "team-a", "held"), "metadata", "finalizers"));
        assertEquals(
                List.of(), Tree.list(server.get("argoproj.io", "Workflow", "team-a", "run"), "metadata", "finalizers"));
        new AccessReview(cluster).assertDenied(CONTROLLER, "impersonate", "", "serviceaccounts", "team-a");
        assertTrue(cluster.get(new ObjectKey("apps", "Deployment", SYSTEM, "plumbline-controller"))
                .isEmpty());
        assertTrue(server.run(0, "uninstall").contains("freed 0 objects of finalizers\n"), "doing it again is fine");
    }

    @Test
    @Order(7)
    void withItsDataNothingIsLeft() throws Exception {
        server.run(0, "install");
        Map<String, @Nullable Object> free = new LinkedHashMap<>();
        Tree.set(free, List.of(), "metadata", "finalizers");
        cluster.mergePatch(new ObjectKey("plumbline.dev", "PipelineSync", "team-a", "held"), free, MANAGER);
        String said = server.run(0, "uninstall", "--with-data");
        assertFalse(said.contains("stays"), said);
        for (ObjectKey key :
                List.of(ServerSession.SYNCS, ServerSession.ROLLBACKS, new ObjectKey("", "Namespace", "", SYSTEM))) {
            Eventually.holds(() -> cluster.get(key).isEmpty());
        }
    }

    private static String sync(String name) {
        return """
            {"apiVersion": "plumbline.dev/v1alpha1", "kind": "PipelineSync", "metadata": {"name": "%s", "namespace": "team-a"},
             "spec": {"source": {"url": "https://git.example/ml.git"}}}\
            """.formatted(name);
    }

    private static List<Map<String, @Nullable Object>> pods() throws ClusterException {
        return cluster.list(Selection.of("", "Pod", SYSTEM)).items();
    }
}
