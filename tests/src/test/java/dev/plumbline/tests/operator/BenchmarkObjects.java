package dev.plumbline.tests.operator;

import dev.plumbline.registry.json.Tree;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The objects of a benchmark's syncs, as files and as trees. */
final class BenchmarkObjects {

    private static final Duration PATIENCE = Duration.ofMinutes(20);

    private BenchmarkObjects() {}

    static String manifests(String name, int value) {
        return """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: NAME}
            data: {value: "VALUE"}
            ---
            apiVersion: v1
            kind: ServiceAccount
            metadata: {name: NAME}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: NAME}
            spec: {clusterIP: None, selector: {app: NAME}, ports: [{name: http, port: 80}]}
            ---
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata: {name: NAME}
            spec:
              rules:
              - host: NAME.example
                http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: NAME, port: {number: 80}}}}]}
            """.replace("NAME", name).replace("VALUE", String.valueOf(value));
    }

    static List<Map<String, @Nullable Object>> four(String name, String where) {
        Map<String, ?> port = Map.of("name", "http", "port", 80);
        Map<String, ?> service = Map.of("clusterIP", "None", "selector", Map.of("app", name), "ports", List.of(port));
        Map<String, ?> backend = Map.of("service", Map.of("name", name, "port", Map.of("number", 80)));
        Map<String, ?> path = Map.of("path", "/", "pathType", "Prefix", "backend", backend);
        Map<String, ?> rule = Map.of("host", name + ".example", "http", Map.of("paths", List.of(path)));
        return List.of(
                object("v1", "ConfigMap", where, name, Map.of("data", Map.of("value", "1"))),
                object("v1", "ServiceAccount", where, name, Map.of()),
                object("v1", "Service", where, name, Map.of("spec", service)),
                object("networking.k8s.io/v1", "Ingress", where, name, Map.of("spec", Map.of("rules", List.of(rule)))));
    }

    /** A PipelineSync of a path of a repository. */
    static Map<String, @Nullable Object> sync(String where, String name, Path repository, String path) {
        Map<String, ?> spec = Map.of("source", Map.of("url", repository.toString()), "path", path, "interval", "10s");
        return object("plumbline.dev/v1alpha1", "PipelineSync", where, name, Map.of("spec", spec));
    }

    /** Waits, looking so often that hundreds of milliseconds can be told apart. */
    static void await(OperatorDesk.Condition condition) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("it did not come within " + PATIENCE);
            }
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    static Map<String, @Nullable Object> object(
            String apiVersion, String kind, String where, String name, Map<String, ?> content) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        object.put("apiVersion", apiVersion);
        object.put("kind", kind);
        Tree.set(object, name, "metadata", "name");
        if (!where.isEmpty()) {
            Tree.set(object, where, "metadata", "namespace");
        }
        object.putAll(content);
        return object;
    }
}
