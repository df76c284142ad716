package dev.plumbline.tests.operator;

import dev.plumbline.controller.health.HealthRules;
import dev.plumbline.controller.health.ObjectHealth;
import dev.plumbline.controller.live.Selection;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.tests.parts.Kserve;
import dev.plumbline.tests.parts.RealCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * KServe on a node: its own controller, and the code of its own storage initializer, which fetches models. Both that and the server of the
 * models run in the image of the steps, because KServe's images cannot be had; the server is ours, thirty lines of Python that answer the
 * Open Inference Protocol with the real model, put into KServe's own definition of its scikit-learn runtime.
 */
final class NodeKserve implements AutoCloseable {

    private static final String STEPS = "plumbline/pipeline-python:1.0.0";

    /** What the overlay {@code dev} names as the image of the runtime. */
    static final String RUNTIME = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/sklearnserver:v0.16.0";

    private static final String SERVER = """
            import json, pathlib, pickle, sys
            from http.server import BaseHTTPRequestHandler, HTTPServer

            options = dict(one.removeprefix("--").split("=", 1) for one in sys.argv[1:])
            name = options["model_name"]
            (file,) = pathlib.Path(options["model_dir"]).glob("*.pkl")
            model = pickle.loads(file.read_bytes())

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

            HTTPServer(("", int(options["http_port"])), Answers).serve_forever()
            """;

    private final NodeDesk desk;
    private final Kserve kserve;

    private NodeKserve(NodeDesk desk, Kserve kserve) {
        this.desk = desk;
        this.kserve = kserve;
    }

    /** Installs it, to serve models in a namespace. */
    static NodeKserve start(NodeDesk desk, String namespace) throws Exception {
        desk.real().tagImage("docker.io/" + STEPS, RUNTIME);
        List<Map<String, String>> initializer = new ArrayList<>();
        Map<String, String> files = initializer(initializer);
        desk.apply(
                configMap("server", namespace, Map.of("serve.py", SERVER)), configMap("initializer", namespace, files));

        Map<String, @Nullable Object> runtime = Kserve.shipped("kserve-sklearnserver.yaml");
        Map<String, @Nullable Object> container =
                Tree.maps(runtime, "spec", "containers").getFirst();
        container.put("image", RUNTIME);
        container.put("command", List.of("python", "/server/serve.py"));
        container.put("volumeMounts", List.of(Map.of("name", "server", "mountPath", "/server")));
        Tree.set(
                runtime,
                List.of(
                        Map.of("name", "server", "configMap", Map.of("name", "server")),
                        Map.of(
                                "name",
                                "initializer",
                                "configMap",
                                Map.of("name", "initializer", "items", initializer))),
                "spec",
                "volumes");
        Kserve kserve = Kserve.start(desk.real(), desk.real().inItsNetwork(), runtime);
        NodeKserve started = new NodeKserve(desk, kserve);
        Map<String, @Nullable Object> storage = Kserve.shipped("default.yaml");
        Tree.set(storage, STEPS, "spec", "container", "image");
        Tree.set(storage, List.of("python", "/initializer/initializer-entrypoint"), "spec", "container", "command");
        Tree.set(storage, List.of(Map.of("name", "PYTHONPATH", "value", "/initializer")), "spec", "container", "env");
        Tree.set(
                storage,
                List.of(Map.of("name", "initializer", "mountPath", "/initializer")),
                "spec",
                "container",
                "volumeMounts");
        desk.apply(storage);
        return started;
    }

    /** The files of KServe's storage initializer by keys that a ConfigMap may have; where they are to lie is added to a list. */
    private static Map<String, String> initializer(List<Map<String, String>> items) throws Exception {
        Path folder = RealCluster.part("kserve").resolve("initializer");
        Map<String, String> files = new LinkedHashMap<>();
        try (Stream<Path> found = Files.walk(folder)) {
            for (Path file : found.filter(Files::isRegularFile).sorted().toList()) {
                String path = folder.relativize(file).toString();
                String key = path.replace('/', '.');
                files.put(key, Files.readString(file));
                items.add(Map.of("key", key, "path", path));
            }
        }
        return files;
    }

    private static String configMap(String name, String namespace, Map<String, String> data) {
        return "{\"apiVersion\": \"v1\", \"kind\": \"ConfigMap\", \"metadata\": {\"name\": \"%s\", \"namespace\": \"%s\"}, \"data\": %s}"
                .formatted(name, namespace, Json.write(data));
    }

    /** How a service is, as our health rule reads what KServe says of it. */
    ObjectHealth health(String namespace, String name) throws Exception {
        Map<String, @Nullable Object> service = desk.get("serving.kserve.io", "InferenceService", namespace, name);
        List<Map<String, @Nullable Object>> related = new ArrayList<>();
        for (Selection selection : HealthRules.STANDARD.related(service)) {
            related.addAll(desk.cluster().list(selection).items());
        }
        return HealthRules.STANDARD.of(service, related);
    }

    /** Ends its controller; what is served is served on. */
    @Override
    public void close() throws Exception {
        kserve.close();
    }
}
