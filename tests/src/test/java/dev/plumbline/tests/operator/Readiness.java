package dev.plumbline.tests.operator;

import dev.plumbline.controller.kube.KubeCluster;
import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.live.Selection;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.Tree;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a controller says of itself at {@code /readyz}, and of its syncs. */
final class Readiness {

    private Readiness() {}

    /** The code of the answer and its text. */
    static String of(int port) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/readyz"))
                    .build();
            var answer = http.send(request, BodyHandlers.ofString());
            return answer.statusCode() + " " + answer.body().strip();
        }
    }

    /** What all syncs of a namespace say, a line each. */
    static String syncs(KubeCluster cluster, String namespace) throws ClusterException {
        StringBuilder text = new StringBuilder();
        for (Map<String, @Nullable Object> sync : cluster.list(Selection.of("plumbline.dev", "PipelineSync", namespace))
                .items()) {
            text.append(Tree.text(sync, "metadata", "name"))
                    .append(": ")
                    .append(Json.write(sync.get("status")))
                    .append('\n');
        }
        return text.toString();
    }
}
