package dev.plumbline.tests.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.controller.app.operator.Operator;
import dev.plumbline.controller.app.operator.OperatorOptions;
import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.ObjectKey;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sync reaches into no other namespace, whatever its spec or its repository names. */
@Tag("cluster")
class OtherNamespacesTest {

    @TempDir
    Path folder;

    @TempDir
    Path elsewhere;

    @Test
    void noReferenceOfASpecNamesAnotherNamespace() throws Exception {
        try (OperatorDesk desk = OperatorDesk.prepared(folder)) {
            Map<String, Object> key = Map.of("name", "a", "key", "b", "namespace", "other");
            Map<String, Object> named = Map.of("name", "a", "namespace", "other");
            String url = "https://git.example/ml.git";
            for (Map<String, Object> reference : List.<Map<String, Object>>of(
                    Map.of("source", Map.of("url", url, "secretRef", named)),
                    Map.of("source", Map.of("url", url, "caBundle", Map.of("secretKeyRef", key))),
                    Map.of("source", Map.of("url", url, "caBundle", Map.of("configMapKeyRef", key))),
                    Map.of("source", Map.of("url", url, "verify", Map.of("secretRef", named))),
                    Map.of("serviceAccountName", "other:admin"),
                    Map.of("serviceAccountName", "other/admin"),
                    Map.of("serviceAccountName", "system:serviceaccount:other:admin"))) {
                refused(() -> desk.sync("pipelines", reference), reference.toString());
            }
            Map<String, Object> rollback = Map.of(
                    "spec", Map.of("sync", "ml", "namespace", "other", "to", 1, "reason", "r", "actor", "admin"));
            refused(
                    () -> desk.apply("plumbline.dev/v1alpha1", "PipelineRollback", desk.namespace(), "r", rollback),
                    "a rollback of a sync of another namespace");
        }
    }

    private static void refused(org.junit.jupiter.api.function.Executable apply, String what) {
        ClusterException refused = assertThrows(ClusterException.class, apply, what);
        assertEquals(ClusterException.Reason.INVALID, refused.reason(), what + ": " + refused.getMessage());
        assertTrue(
                refused.getMessage().contains("field not declared in schema")
                        || refused.getMessage().contains("must be the name of a service account in the namespace"),
                what + ": " + refused.getMessage());
    }

    /** What only another namespace holds is missing, and nobody learns from the message whether it is there. */
    @Test
    void aSecretOrARollbackOfAnotherNamespaceIsNotFound() throws Exception {
        try (OperatorDesk desk = OperatorDesk.ready(folder);
                OperatorDesk other = OperatorDesk.prepared(elsewhere)) {
            other.apply(
                    "v1", "Secret", other.namespace(), "key", Map.of("stringData", Map.of("bearerToken", "canary")));
            Map<String, ?> source =
                    Map.of("url", "https://git.example.invalid/a.git", "secretRef", Map.of("name", "key"));
            desk.sync("pipelines", Map.of("source", source));
            desk.awaitReady("pipelines", "False/SourceRefused");
            assertTrue(
                    desk.message("pipelines")
                            .contains("Secret " + desk.namespace()
                                    + "/key gives no keys for https://git.example.invalid/a.git"
                                    + ": it is not there; create it"),
                    desk.message("pipelines"));

            Map<String, ?> rollback = Map.of("spec", Map.of("sync", "pipelines", "reason", "r", "actor", "admin"));
            other.apply("plumbline.dev/v1alpha1", "PipelineRollback", other.namespace(), "r", rollback);
            desk.sync("pipelines", Map.of());
            desk.awaitApplied("pipelines", desk.repository().head());
            other.start();
            other.await(
                    "it finds no such sync",
                    () -> other.condition("PipelineRollback", "r", "Ready").equals("False/SyncNotFound"));
            assertEquals("True/Applied", desk.ready("pipelines"));
        }
    }

    @Test
    void aSyncOfAnotherNamespaceIsWaitedForOnlyWhereThatIsAllowed() throws Exception {
        try (OperatorDesk desk = OperatorDesk.ready(folder);
                OperatorDesk other = OperatorDesk.prepared(elsewhere)) {
            List<?> dependency = List.of(Map.of("name", "base", "namespace", other.namespace()));
            desk.sync("pipelines", Map.of("dependsOn", dependency));
            desk.awaitReady("pipelines", "False/NotAllowed");
            assertEquals("True/NotAllowed", desk.condition("PipelineSync", "pipelines", "Stalled"));
            String unknown = desk.message("pipelines");
            assertTrue(unknown.contains("spec.dependsOn"), unknown);
            assertTrue(unknown.contains("--allow-cross-namespace-dependencies"), unknown);
            other.sync("base", Map.of());
            desk.poke("pipelines");
            desk.annotate("pipelines", "example.org/look", "again");
            assertEquals(unknown, desk.message("pipelines"), "whether the other one is there is not told");
            assertTrue(desk.get("ConfigMap", "one").isEmpty());
            desk.stop();

            String base = other.repository().commit("Base");
            try (Operator _ = Operator.start(allowing(desk, other))) {
                other.awaitApplied("base", base);
                desk.awaitApplied("pipelines", desk.repository().head());
            }
        }
    }

    /** One controller for both namespaces that allows it. */
    private static OperatorOptions allowing(OperatorDesk desk, OperatorDesk other) {
        OperatorOptions given = desk.options("allowing");
        return new OperatorOptions(
                given.kubeconfig(),
                given.context(),
                given.namespace(),
                java.util.Set.of(desk.namespace(), other.namespace()),
                given.lease(),
                given.identity(),
                given.store(),
                given.mirrors(),
                given.host(),
                given.port(),
                new OperatorOptions.Allowances(true, true, true),
                given.argoConfig(),
                given.keepRuns(),
                given.mlflow(),
                given.keys(),
                given.artifacts(),
                given.lineage(),
                given.archive());
    }

    /** A repository may name any namespace; what the account may do there decides, and nothing of it is applied in part. */
    @Test
    void objectsOfAnotherNamespaceNeedTheRightsOfTheAccountThere() throws Exception {
        try (OperatorDesk desk = OperatorDesk.prepared(folder);
                OperatorDesk other = OperatorDesk.prepared(elsewhere)) {
            desk.apply("v1", "ServiceAccount", desk.namespace(), "deployer", Map.of());
            List<?> rules = List.of(Map.of(
                    "apiGroups", List.of(""),
                    "resources", List.of("configmaps"),
                    "verbs", List.of("get", "list", "create", "patch", "delete")));
            Roles.grant(desk.cluster(), desk.namespace(), "deployer", "deployer", rules);
            desk.repository()
                    .write(
                            "overlay/kustomization.yaml",
                            "namespace: " + other.namespace() + "\nresources: [one.yaml]\n");
            String commit = desk.repository().commit("Into another namespace");
            desk.start();
            desk.sync("pipelines", Map.of("serviceAccountName", "deployer"));
            desk.awaitReady("pipelines", "False/Forbidden");
            String message = desk.message("pipelines");
            assertTrue(message.contains("system:serviceaccount:" + desk.namespace() + ":deployer"), message);
            assertTrue(message.contains(other.namespace()), message);
            assertTrue(other.get("ConfigMap", "one").isEmpty());

            allow(desk, other, rules);
            desk.poke("pipelines");
            desk.awaitApplied("pipelines", commit);
            assertFalse(other.get("ConfigMap", "one").isEmpty());
        }
    }

    private static void allow(OperatorDesk desk, OperatorDesk other, List<?> rules) throws Exception {
        String rbac = "rbac.authorization.k8s.io";
        other.apply(rbac + "/v1", "Role", other.namespace(), "guest", Map.of("rules", rules));
        Map<String, @Nullable Object> binding = new LinkedHashMap<>();
        binding.put("roleRef", Map.of("apiGroup", rbac, "kind", "Role", "name", "guest"));
        binding.put(
                "subjects",
                List.of(Map.of("kind", "ServiceAccount", "name", "deployer", "namespace", desk.namespace())));
        other.apply(rbac + "/v1", "RoleBinding", other.namespace(), "guest", binding);
        ObjectKey key = new ObjectKey(rbac, "RoleBinding", other.namespace(), "guest");
        assertEquals("guest", Tree.text(other.cluster().get(key).orElseThrow(), "metadata", "name"));
    }
}
