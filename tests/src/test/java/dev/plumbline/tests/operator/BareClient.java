package dev.plumbline.tests.operator;

import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.release.Stamps;
import dev.plumbline.tests.parts.RealCluster;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The bare client of {@code tests/parts/cluster bare}: a Go program that does nothing but apply objects, with the bodies that the
 * controller sends, over so many connections.
 */
final class BareClient {

    private static final Map<String, String> PLACES = Map.of(
            "ConfigMap", "/api/v1/namespaces/%s/configmaps/",
            "ServiceAccount", "/api/v1/namespaces/%s/serviceaccounts/",
            "Service", "/api/v1/namespaces/%s/services/",
            "Ingress", "/apis/networking.k8s.io/v1/namespaces/%s/ingresses/");

    private BareClient() {}

    /**
     * Applies the objects of so many syncs in a namespace that is there.
     *
     * @return objects per second
     */
    static double apply(RealCluster real, String namespace, int syncs, int connections) throws Exception {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < syncs; i++) {
            for (Map<String, @Nullable Object> object : BenchmarkObjects.four("o" + i, namespace)) {
                Tree.set(object, namespace + ".o" + i, "metadata", "labels", Stamps.SYNC);
                Tree.set(object, "0123456789".repeat(4), "metadata", "annotations", Stamps.OBJECT_COMMIT);
                lines.add(Json.write(Map.of(
                        "method",
                        "PATCH",
                        "path",
                        PLACES.get(String.valueOf(object.get("kind"))).formatted(namespace) + "o" + i
                                + "?fieldManager=plumbline&force=false&fieldValidation=Strict",
                        "contentType",
                        "application/apply-patch+yaml",
                        "body",
                        object)));
            }
        }
        Path requests = Files.createTempFile("plumbline-bare-", ".jsonl");
        try {
            Files.write(requests, lines);
            Process process = new ProcessBuilder(
                            RealCluster.folder().resolve("cluster").toString(),
                            "bare",
                            real.kubeconfig().toString(),
                            String.valueOf(connections))
                    .redirectInput(requests.toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String seconds = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (process.waitFor() != 0) {
                throw new IllegalStateException("the bare client failed");
            }
            return lines.size() / Double.parseDouble(seconds);
        } finally {
            Files.delete(requests);
        }
    }
}
