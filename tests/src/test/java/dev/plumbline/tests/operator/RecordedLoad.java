package dev.plumbline.tests.operator;

import dev.plumbline.controller.kube.KubeCluster;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.JsonException;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.model.ObjectKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Writes Workflows and their pods as Argo and a kubelet write them: begun at a steady rate, each ended some seconds later. */
final class RecordedLoad {

    static final int MODEL_EVERY = 5;
    static final Duration GOES_ON = Duration.ofSeconds(3);
    static final String TEMPLATE = """
        apiVersion: argoproj.io/v1alpha1
        kind: WorkflowTemplate
        metadata: {name: train}
        spec:
          entrypoint: train
          arguments: {parameters: [{name: rounds, value: "10"}]}
          templates:
          - name: train
            container: {image: "example/train:1", command: [train], args: ["--rounds", "{{workflow.parameters.rounds}}"]}
            outputs: {parameters: [{name: model-name, valueFrom: {path: /tmp/name}}]}
        """;

    private final KubeCluster cluster;
    private final List<String> namespaces;
    private final int runs;
    private final double perMinute;
    private final int nodes;
    private final Map<String, Map<String, @Nullable Object>> templates = new ConcurrentHashMap<>();
    private final Map<String, Long> ended = new ConcurrentHashMap<>();
    private final AtomicInteger failed = new AtomicInteger();

    /**
     * Writes nothing yet.
     *
     * @param nodes how many nodes a run has when it ends; those of more than one are compressed, as Argo does with many
     */
    RecordedLoad(KubeCluster cluster, List<String> namespaces, int runs, double perMinute, int nodes) {
        this.cluster = cluster;
        this.namespaces = namespaces;
        this.runs = runs;
        this.perMinute = perMinute;
        this.nodes = nodes;
    }

    /** What the template is in a namespace, as it was stored. */
    void template(String namespace, Map<String, @Nullable Object> spec) {
        templates.put(namespace, spec);
    }

    /** When each run was ended, by name, in nanoseconds. */
    Map<String, Long> ended() {
        return ended;
    }

    /** How many writes failed. */
    int failed() {
        return failed.get();
    }

    private String namespace(int number) {
        return namespaces.get(number % namespaces.size());
    }

    /** Does all of it. */
    void write(long start) {
        double period = 60e9 / perMinute;
        try (ExecutorService workers = Executors.newFixedThreadPool(24)) {
            for (int i = 0; i < runs + GOES_ON.toNanos() / period; i++) {
                long due = start + (long) (i * period);
                TimeUnit.NANOSECONDS.sleep(Math.max(0, due - System.nanoTime()));
                int begins = i;
                int ends = (int) (i - GOES_ON.toNanos() / period);
                if (begins < runs) {
                    workers.execute(() -> tried(() -> begin(begins)));
                }
                if (ends >= 0 && ends < runs) {
                    workers.execute(() -> tried(() -> end(ends)));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tried(Write write) {
        try {
            write.run();
        } catch (Exception e) {
            failed.incrementAndGet();
            System.err.println("a write of the load failed: " + e.getMessage());
        }
    }

    private interface Write {
        void run() throws Exception;
    }

    private void begin(int number) throws Exception {
        String name = "train-" + number;
        String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
        Map<String, @Nullable Object> run = Json.parseObject("""
            {"apiVersion": "argoproj.io/v1alpha1", "kind": "Workflow",
             "metadata": {"name": "%1$s", "namespace": "%2$s", "labels": {"workflows.argoproj.io/phase": "Running"}},
             "spec": {"workflowTemplateRef": {"name": "train"}},
             "status": {"phase": "Running", "startedAt": "%3$s", "progress": "0/1",
               "artifactRepositoryRef": {"default": true, "artifactRepository": {}},
               "nodes": {"%1$s": {"id": "%1$s", "name": "%1$s", "displayName": "%1$s", "type": "Pod", "progress": "0/1",
                 "templateName": "train", "templateScope": "local/%1$s", "phase": "Running", "startedAt": "%3$s"}}}}
            """.formatted(name, namespace(number), now));
        Map<String, @Nullable Object> stored = Tree.copy(templates.getOrDefault(namespace(number), Map.of()));
        Tree.set(stored, "train", "workflowTemplateRef", "name");
        Tree.set(run, stored, "status", "storedWorkflowTemplateSpec");
        pod(name, namespace(number), Tree.text(cluster.create(run, "argo"), "metadata", "uid"), now);
    }

    private void pod(String name, String namespace, String uid, String now) throws Exception {
        Map<String, @Nullable Object> pod = Json.parseObject("""
            {"apiVersion": "v1", "kind": "Pod",
             "metadata": {"name": "%1$s", "namespace": "%2$s",
               "labels": {"workflows.argoproj.io/workflow": "%1$s", "workflows.argoproj.io/completed": "false"},
               "annotations": {"workflows.argoproj.io/node-id": "%1$s", "workflows.argoproj.io/node-name": "%1$s"},
               "ownerReferences": [{"apiVersion": "argoproj.io/v1alpha1", "kind": "Workflow", "name": "%1$s",
                 "uid": "%3$s", "controller": true}]},
             "spec": {"restartPolicy": "Never", "automountServiceAccountToken": false, "containers": [
               {"name": "main", "image": "example/train:1",
                "command": ["/var/run/argo/argoexec", "emissary", "--", "train"], "args": ["--rounds", "10"]}]}}
            """.formatted(name, namespace, uid));
        Map<String, @Nullable Object> made = cluster.create(pod, "argo");
        Map<String, @Nullable Object> status =
                Json.parseObject("""
                    {"phase": "Running", "startTime": "%s", "containerStatuses": [
                      {"name": "main", "image": "example/train:1", "imageID": "registry.example/train@%s", "ready": true,
                       "restartCount": 0, "state": {"running": {"startedAt": "%1$s"}}}]}
                    """.formatted(now, Digest.of("train").value()));
        cluster.status(Manifest.keyOf(made), Tree.text(made, "metadata", "uid"), status, "kubelet");
    }

    private void end(int number) throws Exception {
        String name = "train-" + number;
        String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
        String outputs = number % MODEL_EVERY == 0
                ? ", \"outputs\": {\"parameters\": [{\"name\": \"model-name\", \"value\": \"churn\"},"
                        + " {\"name\": \"model-version\", \"value\": \"" + number + "\"}]}"
                : "";
        Map<String, @Nullable Object> patch = Json.parseObject("""
                    {"metadata": {"labels": {"workflows.argoproj.io/completed": "true", "workflows.argoproj.io/phase": "Succeeded"}},
                     "status": {"phase": "Succeeded", "finishedAt": "%2$s", "progress": "1/1"%3$s,
                       "nodes": {"%1$s": {"phase": "Succeeded", "progress": "1/1", "finishedAt": "%2$s", "hostNodeName": "node"}}}}
                    """.formatted(name, now, outputs));
        if (nodes > 1) {
            Tree.set(patch, null, "status", "nodes");
            Tree.set(patch, compressed(name, now), "status", "compressedNodes");
        }
        ended.put(namespace(number) + "/" + name, System.nanoTime());
        cluster.mergePatch(new ObjectKey("argoproj.io", "Workflow", namespace(number), name), patch, "argo");
    }

    /** That many nodes, as Argo packs those of a large run. */
    private String compressed(String name, String now) throws JsonException, IOException {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        for (int i = 0; i < nodes; i++) {
            String node = i == 0 ? name : name + "-" + Integer.toUnsignedString(("n" + i).hashCode() * 31 + i);
            all.put(node, Json.parseObject("""
                {"id": "%1$s", "name": "%2$s(%3$d)", "displayName": "%2$s(%3$d)", "type": "Pod", "progress": "1/1",
                 "templateName": "train", "templateScope": "local/%2$s", "phase": "Succeeded", "startedAt": "%4$s",
                 "finishedAt": "%4$s", "hostNodeName": "node", "resourcesDuration": {"cpu": %3$d, "memory": 1},
                 "inputs": {"parameters": [{"name": "number", "value": "%3$d"}]}, "outputs": {"exitCode": "0"}}
                """.formatted(node, name, i, now)));
        }
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(Json.bytes(all));
        }
        return Base64.getEncoder().encodeToString(packed.toByteArray());
    }
}
