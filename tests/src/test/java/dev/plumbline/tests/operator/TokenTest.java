package dev.plumbline.tests.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.json.Tree;
import io.fabric8.kubernetes.api.model.authentication.TokenRequest;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A controller whose token lies in a file that somebody replaces, as the kubelet does with a pod's. */
@Tag("cluster")
class TokenTest {

    @TempDir
    Path folder;

    @Test
    void aTokenThatExpiredIsReadAgainFromItsFile() throws Exception {
        try (OperatorDesk desk = OperatorDesk.prepared(folder)) {
            administrator(desk);
            Path token = folder.resolve("token");
            Files.writeString(token, token(desk, "first"));
            desk.goThrough(kubeconfig(desk, token));
            String first = desk.repository().commit("Begin");
            desk.start();
            desk.sync("pipelines", Map.of());
            desk.awaitApplied("pipelines", first);

            String second = token(desk, "second");
            desk.delete("Secret", "first"); // With it its token goes; the API server believes it some seconds longer.
            desk.await(
                    "the old token is refused", () -> Readiness.of(desk.port()).startsWith("503 "));
            assertTrue(Readiness.of(desk.port()).contains("401"), Readiness.of(desk.port()));
            Files.writeString(token, second);
            desk.await("the new one is used", () -> Readiness.of(desk.port()).startsWith("200 "));
            desk.config("one", "a", "2");
            String next = desk.repository().commit("With a new token");
            desk.poke("pipelines");
            desk.awaitApplied("pipelines", next);
            assertEquals("2", desk.data("one", "a"));
            assertEquals(2L, Tree.at(desk.status("PipelineSync", "pipelines"), "appliedRevision", "revision"));
        }
    }

    private static void administrator(OperatorDesk desk) throws Exception {
        desk.apply("v1", "ServiceAccount", desk.namespace(), "controller", Map.of());
        desk.apply(
                "rbac.authorization.k8s.io/v1",
                "ClusterRoleBinding",
                "",
                desk.namespace(),
                Map.of(
                        "roleRef",
                        Map.of("apiGroup", "rbac.authorization.k8s.io", "kind", "ClusterRole", "name", "cluster-admin"),
                        "subjects",
                        List.of(Map.of(
                                "kind", "ServiceAccount", "name", "controller", "namespace", desk.namespace()))));
    }

    /** A token that is good as long as a Secret is there. */
    private static String token(OperatorDesk desk, String secret) throws Exception {
        desk.apply("v1", "Secret", desk.namespace(), secret, Map.of());
        try (KubernetesClient client = client(desk)) {
            TokenRequest request = new TokenRequestBuilder()
                    .withNewSpec()
                    .withNewBoundObjectRef()
                    .withApiVersion("v1")
                    .withKind("Secret")
                    .withName(secret)
                    .endBoundObjectRef()
                    .endSpec()
                    .build();
            return client.serviceAccounts()
                    .inNamespace(desk.namespace())
                    .withName("controller")
                    .tokenRequest(request)
                    .getStatus()
                    .getToken();
        }
    }

    private static KubernetesClient client(OperatorDesk desk) {
        return new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(desk.kubeconfig().toFile()))
                .build();
    }

    private Path kubeconfig(OperatorDesk desk, Path token) throws Exception {
        Config admin = Config.fromKubeconfig(desk.kubeconfig().toFile());
        return Files.writeString(
                folder.resolve("token.kubeconfig"), """
                apiVersion: v1
                kind: Config
                clusters: [{name: it, cluster: {server: "%s", certificate-authority-data: "%s"}}]
                users: [{name: it, user: {tokenFile: "%s"}}]
                contexts: [{name: it, context: {cluster: it, user: it}}]
                current-context: it
                """.formatted(admin.getMasterUrl(), admin.getCaCertData(), token));
    }
}
