package dev.plumbline.tests.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.Tree;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code kubectl get psync} and {@code kubectl get prb} print: the table that the API server makes for them. */
@Tag("cluster")
class KubectlTableTest {

    private static final String TABLE = "application/json;as=Table;v=v1;g=meta.k8s.io";

    @TempDir
    Path folder;

    @Test
    void theColumnsSayWhetherASyncIsReadyAndWhyAndWhatIsInForce() throws Exception {
        try (OperatorDesk desk = OperatorDesk.ready(folder)) {
            String first = desk.repository().head();
            desk.sync("pipelines", Map.of());
            desk.awaitApplied("pipelines", first);
            Map<String, @Nullable Object> table = table(desk, "psync");
            assertEquals("Name Ready Reason Revision Objects Path Age", String.join(" ", columns(table, false)));
            assertEquals(
                    "Name Ready Reason Revision Objects Path Commit Repository Next Age",
                    String.join(" ", columns(table, true)));
            assertEquals(
                    List.of(
                            "pipelines",
                            "True",
                            "Applied",
                            "1",
                            "1",
                            "overlay",
                            first,
                            desk.repository().folder().toString(),
                            "the next commit is applied when it is seen"),
                    row(table).subList(0, 9));

            desk.repository().write("overlay/one.yaml", "kind: {\n");
            desk.repository().commit("Broken");
            desk.poke("pipelines");
            desk.awaitReady("pipelines", "False/BrokenCommit");
            assertEquals(
                    List.of("pipelines", "False", "BrokenCommit", "1", "1", "overlay", first),
                    row(table(desk, "psync")).subList(0, 7));
        }
    }

    @Test
    void theColumnsOfARollbackSayWhatWhitherAndWho() throws Exception {
        try (OperatorDesk desk = OperatorDesk.prepared(folder)) {
            desk.apply(
                    "plumbline.dev/v1alpha1",
                    "PipelineRollback",
                    desk.namespace(),
                    "fell",
                    Map.of("spec", Map.of("sync", "ml", "to", 4, "reason", "accuracy fell", "actor", "ann")));
            desk.repository().commit("Begin");
            desk.start();
            desk.await(
                    "it is answered",
                    () -> desk.condition("PipelineRollback", "fell", "Ready").equals("False/SyncNotFound"));
            Map<String, @Nullable Object> table = table(desk, "prb");
            assertEquals(List.of("Name", "Sync", "To", "Ready", "Reason", "Actor", "Age"), columns(table, false));
            assertEquals(
                    List.of("fell", "ml", "4", "False", "SyncNotFound", "ann", "accuracy fell"),
                    row(table).subList(0, 7));
        }
    }

    private static List<String> columns(Map<String, @Nullable Object> table, boolean wide) {
        return Tree.maps(table, "columnDefinitions").stream()
                .filter(column -> wide || Long.valueOf(0).equals(column.get("priority")))
                .map(column -> Tree.text(column, "name"))
                .toList();
    }

    private static List<String> row(Map<String, @Nullable Object> table) {
        return Tree.list(Tree.maps(table, "rows").getFirst(), "cells").stream()
                .map(String::valueOf)
                .toList();
    }

    /** The table of all objects of a kind in the desk's namespace, found by its short name as kubectl finds it. */
    private static Map<String, @Nullable Object> table(OperatorDesk desk, String shortName) throws Exception {
        String root = "/apis/plumbline.dev/v1alpha1";
        String plural = Tree.maps(get(desk, root, "application/json"), "resources").stream()
                .filter(resource -> Tree.list(resource, "shortNames").contains(shortName))
                .map(resource -> Tree.text(resource, "name"))
                .findFirst()
                .orElseThrow();
        Map<String, @Nullable Object> table = get(desk, root + "/namespaces/" + desk.namespace() + "/" + plural, TABLE);
        assertTrue(Tree.text(table, "kind").equals("Table"), table.toString());
        return table;
    }

    private static Map<String, @Nullable Object> get(OperatorDesk desk, String path, String accept) throws Exception {
        Config config = Config.fromKubeconfig(desk.kubeconfig().toFile());
        try (KubernetesClient client =
                new KubernetesClientBuilder().withConfig(config).build()) {
            String server = client.getMasterUrl().toString().replaceAll("/$", "");
            HttpRequest request = client.getHttpClient()
                    .newHttpRequestBuilder()
                    .uri(server + path)
                    .setHeader("Accept", accept)
                    .build();
            return Json.parseObject(client.getHttpClient()
                    .sendAsync(request, String.class)
                    .get(30, TimeUnit.SECONDS)
                    .body());
        }
    }
}
