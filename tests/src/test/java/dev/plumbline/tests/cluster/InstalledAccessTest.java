package dev.plumbline.tests.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.controller.kube.KubeCluster;
import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.registry.file.FolderSnapshot;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.registry.render.Renderer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Who may do what where the controller is installed, in the words of a real API server. */
@Tag("cluster")
class InstalledAccessTest {

    private static final String SYSTEM = "plumbline-system";
    private static final String MANAGER = "tests";
    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);
    private static final String CONTROLLER = "system:serviceaccount:plumbline-system:plumbline-controller";

    private static ServerSession server;

    private static KubeCluster cluster;

    private static AccessReview access;

    @BeforeAll
    static void install() throws Exception {
        server = ServerSession.open();
        cluster = server.cluster();
        access = new AccessReview(cluster);
        server.namespace("team-a");
        server.namespace("team-b");
        server.run(0, "install", "--manage", "team-a");
    }

    @AfterAll
    static void uninstall() throws Exception {
        if (server != null) {
            server.run(0, "uninstall");
            server.close();
        }
    }

    @Test
    void theControllerMayDoWhatItNeedsAndNoMore() throws Exception {
        access.assertAllowed(CONTROLLER, "impersonate", "", "serviceaccounts", "team-a");
        access.assertAllowed(CONTROLLER, "patch", "plumbline.dev", "pipelinesyncs/status", "team-a");
        access.assertAllowed(CONTROLLER, "watch", "argoproj.io", "workflows", "team-a");
        access.assertAllowed(CONTROLLER, "get", "", "secrets", "team-a");
        access.assertAllowed(CONTROLLER, "update", "coordination.k8s.io", "leases/plumbline-controller", SYSTEM);
        access.assertAllowed(CONTROLLER, "create", "authentication.k8s.io", "tokenreviews", "");
        access.assertAllowed(CONTROLLER, "get", "", "configmaps/workflow-controller-configmap", "argo");
        access.assertDenied(CONTROLLER, "impersonate", "", "serviceaccounts", "team-b");
        access.assertDenied(CONTROLLER, "impersonate", "", "users", "");
        access.assertDenied(CONTROLLER, "impersonate", "", "groups", "");
        access.assertDenied(CONTROLLER, "list", "", "secrets", "team-a");
        access.assertDenied(CONTROLLER, "get", "", "secrets", "team-b");
        access.assertDenied(CONTROLLER, "get", "", "configmaps", "kube-system");
        access.assertDenied(CONTROLLER, "get", "plumbline.dev", "pipelinesyncs", "team-b");
        access.assertAllowed(CONTROLLER, "watch", "apps", "deployments", "team-a");
        access.assertDenied(CONTROLLER, "watch", "apps", "deployments", "team-b");
        access.assertDenied(CONTROLLER, "patch", "apps", "deployments", "team-a");
        access.assertDenied(CONTROLLER, "create", "", "pods", "team-a");
        access.assertDenied(CONTROLLER, "create", "argoproj.io", "workflowtemplates", "team-a");
        access.assertDenied(CONTROLLER, "delete", "plumbline.dev", "pipelinesyncs", "team-a");
        access.assertDenied(CONTROLLER, "update", "coordination.k8s.io", "leases/another", SYSTEM);
        access.assertDenied(CONTROLLER, "create", "rbac.authorization.k8s.io", "rolebindings", "team-a");
    }

    @Test
    void cachesOfArgoAreReadWhereThatIsAllowedApart() throws Exception {
        access.assertDenied(CONTROLLER, "get", "", "configmaps/memory-cache", "argo");
        server.namespace("argo");
        for (Manifest object : new Renderer(0)
                .render(FolderSnapshot.of(Path.of("../controller/deploy")), "argo")
                .objects()) {
            cluster.apply(object.content(), MANAGER, true, false);
        }
        Eventually.holds(() -> access.allowed(CONTROLLER, "get", "", "configmaps/memory-cache", "argo"));
        access.assertDenied(CONTROLLER, "list", "", "configmaps", "argo");
        access.assertDenied(CONTROLLER, "get", "", "secrets", "argo");
    }

    @Test
    void editorsChangeSyncsAndOnlyAdministratorsRollBack() throws Exception {
        for (String role : List.of("view", "edit", "admin")) {
            bind(role);
        }
        Eventually.holds(() -> access.allowed("admin-ann", "create", "plumbline.dev", "pipelinerollbacks", "team-a"));
        access.assertAllowed("view-ann", "list", "plumbline.dev", "pipelinesyncs", "team-a");
        access.assertDenied("view-ann", "create", "plumbline.dev", "pipelinesyncs", "team-a");
        access.assertAllowed("edit-ann", "create", "plumbline.dev", "pipelinesyncs", "team-a");
        access.assertDenied("edit-ann", "create", "plumbline.dev", "pipelinerollbacks", "team-a");
        access.assertAllowed("admin-ann", "patch", "plumbline.dev", "pipelinesyncs", "team-a");
    }

    @Test
    void whoSeesSyncsMayMakeATokenThatSeesThemToo() throws Exception {
        bind("view");
        String account = "system:serviceaccount:team-a:plumbline-cli";
        Eventually.holds(() -> access.allowed("view-ann", "list", "plumbline.dev", "pipelinesyncs", "team-a"));
        Eventually.holds(() -> !server.cluster()
                .as("view-ann")
                .calls()
                .token(new ObjectKey("", "ServiceAccount", "team-a", "plumbline-cli"), "plumbline", TEN_MINUTES)
                .isEmpty());
        access.assertDenied("view-ann", "create", "", "serviceaccounts/token", "team-a"); // Of any other account.
        access.assertAllowed(account, "get", "plumbline.dev", "pipelinesyncs", "team-a");
        access.assertDenied(account, "list", "plumbline.dev", "pipelinesyncs", "team-a");
        access.assertDenied(account, "get", "plumbline.dev", "pipelinesyncs", SYSTEM);
        access.assertDenied(account, "get", "", "configmaps", "team-a");
        access.assertDenied(account, "patch", "plumbline.dev", "pipelinesyncs", "team-a");
    }

    @Test
    void nobodyRollsBackInAnothersName() throws Exception {
        bind("admin");
        KubeCluster ann = cluster.as("admin-ann");
        Eventually.holds(() -> access.allowed("admin-ann", "create", "plumbline.dev", "pipelinerollbacks", "team-a"));
        Eventually.holds(
                () -> refusal(ann, "bob").contains("spec.actor is 'bob', but you are 'admin-ann'; write that"));
        assertEquals("", refusal(ann, "admin-ann"), "in one's own name it is taken");
        String administrator = refusal(cluster, "admin-ann");
        assertTrue(administrator.contains("but you are 'admin'"), administrator);
    }

    private static void bind(String role) throws Exception {
        server.apply("""
            {"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "RoleBinding",
             "metadata": {"name": "%1$s", "namespace": "team-a"},
             "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "%1$s"},
             "subjects": [{"apiGroup": "rbac.authorization.k8s.io", "kind": "User", "name": "%1$s-ann"}]}\
            """.formatted(role));
    }

    /** Why a new rollback is refused; empty when it is not. */
    private static String refusal(KubeCluster as, String actor) throws Exception {
        try {
            as.create(Json.parseObject("""
                {"apiVersion": "plumbline.dev/v1alpha1", "kind": "PipelineRollback",
                 "metadata": {"generateName": "r-", "namespace": "team-a"},
                 "spec": {"sync": "ml", "reason": "accuracy fell", "actor": "%s"}}\
                """.formatted(actor)), MANAGER);
            return "";
        } catch (ClusterException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
