package dev.plumbline.tests.operator;

import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.live.Selection;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.manifest.Manifest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A stand-in for KServe's controller in its Standard mode, as KServe documents it and no more: an InferenceService becomes a Deployment and
 * a Service {@code NAME-predictor}, its pods say which model they fetched, and its status has the address. The runtime is a stand-in too:
 * thirty lines of Python in the image of the steps that answer the Open Inference Protocol with the real model. {@link NodeServingTest}
 * deploys with KServe's own controller.
 */
final class KserveStandIn implements AutoCloseable {

    private static final String SOURCE = "internal.serving.kserve.io/storage-initializer-sourceuri";
    private static final String ME = "kserve-stand-in";

    private static final String RUNTIME = """
            import json, pickle, sys, urllib.request
            from http.server import BaseHTTPRequestHandler, HTTPServer

            name, uri = sys.argv[1:]
            model = pickle.load(urllib.request.urlopen(uri))

            class Answers(BaseHTTPRequestHandler):
                def do_GET(self):
                    self.answer({"name": name, "ready": True})

                def do_POST(self):
                    rows = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["inputs"][0]
                    width = rows["shape"][1]
                    table = [rows["data"][at : at + width] for at in range(0, len(rows["data"]), width)]
                    data = model.predict(table).tolist()
                    self.answer({"model_name": name, "outputs": [
                        {"name": "output-0", "shape": [len(data)], "datatype": "INT64", "data": data}]})

                def answer(self, body):
                    text = json.dumps(body).encode()
                    self.send_response(200 if f"/v2/models/{name}" in self.path else 404)
                    self.send_header("Content-Type", "application/json")
                    self.send_header("Content-Length", str(len(text)))
                    self.end_headers()
                    self.wfile.write(text)

            HTTPServer(("", 8080), Answers).serve_forever()
            """;

    private final NodeDesk desk;
    private final String namespace;
    private final Thread thread;

    private KserveStandIn(NodeDesk desk, String namespace) {
        this.desk = desk;
        this.namespace = namespace;
        this.thread = Thread.ofVirtual().name(ME).unstarted(this::work);
    }

    /** Serves the InferenceServices of a namespace. */
    static KserveStandIn start(NodeDesk desk, String namespace) throws Exception {
        desk.apply("""
                {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "runtime", "namespace": "%s"}, "data": {"serve.py": %s}}
                """.formatted(namespace, Json.write(RUNTIME)));
        KserveStandIn started = new KserveStandIn(desk, namespace);
        started.thread.start();
        return started;
    }

    private void work() {
        Map<String, String> seen = new LinkedHashMap<>();
        try {
            while (true) {
                for (Map<String, @Nullable Object> service : desk.cluster()
                        .list(Selection.of("serving.kserve.io", "InferenceService", namespace))
                        .items()) {
                    String name = Tree.text(service, "metadata", "name");
                    String spec = Json.write(service.get("spec"));
                    if (!spec.equals(seen.put(name, spec))) {
                        serve(service, name);
                    }
                }
                TimeUnit.MILLISECONDS.sleep(300);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            throw new IllegalStateException("the stand-in for KServe ended", e);
        }
    }

    private void serve(Map<String, @Nullable Object> service, String name) throws Exception {
        Map<String, @Nullable Object> predictor = Tree.map(service, "spec", "predictor");
        String uri = Tree.text(predictor, "model", "storageUri");
        desk.apply(
                """
                {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "%1$s-predictor", "namespace": "%2$s"}, "spec": {
                  "replicas": 1, "selector": {"matchLabels": {"app": "isvc.%1$s-predictor"}},
                  "template": {
                    "metadata": {"labels": {"app": "isvc.%1$s-predictor"}, "annotations": {"%3$s": %4$s}},
                    "spec": {"serviceAccountName": "%5$s", "containers": [{
                      "name": "kserve-container", "image": "plumbline/pipeline-python:1.0.0", "resources": %6$s,
                      "command": ["python", "/runtime/serve.py", "%1$s", %4$s],
                      "readinessProbe": {"tcpSocket": {"port": 8080}, "periodSeconds": 1},
                      "volumeMounts": [{"name": "runtime", "mountPath": "/runtime"}]}],
                      "volumes": [{"name": "runtime", "configMap": {"name": "runtime"}}]}}}}
                """.formatted(
                                name,
                                namespace,
                                SOURCE,
                                Json.write(uri),
                                Tree.text(predictor, "serviceAccountName"),
                                Json.write(Tree.at(predictor, "model", "resources"))),
                """
                {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "%1$s-predictor", "namespace": "%2$s"},
                 "spec": {"selector": {"app": "isvc.%1$s-predictor"}, "ports": [{"port": 80, "targetPort": 8080}]}}
                """.formatted(name, namespace));
        status(service, "http://%s-predictor.%s.svc.cluster.local".formatted(name, namespace));
    }

    private void status(Map<String, @Nullable Object> service, String url) throws ClusterException {
        Map<String, @Nullable Object> status = new LinkedHashMap<>();
        status.put("url", url);
        status.put("address", Map.of("url", url));
        desk.cluster().status(Manifest.keyOf(service), Tree.text(service, "metadata", "uid"), status, ME);
    }

    /** Changes nothing any more; what is served is served on. */
    @Override
    public void close() {
        thread.interrupt();
    }
}
