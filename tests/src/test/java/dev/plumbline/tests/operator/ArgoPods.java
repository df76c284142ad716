package dev.plumbline.tests.operator;

import dev.plumbline.controller.kube.KubeCluster;
import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.live.Selection;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.JsonException;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.model.Digest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Stands in for kubelet and Argo's executor in one namespace: runs nothing, ends each pod with the outputs that its template
 * declares, unless the template is held or made to fail.
 */
final class ArgoPods implements AutoCloseable {

    private static final String WORKFLOW = "workflows.argoproj.io/workflow";
    private static final String NODE = "workflows.argoproj.io/node-id";
    private static final long POLL_MILLIS = 100;

    private final KubeCluster cluster;
    private final String namespace;
    private final Set<String> held = ConcurrentHashMap.newKeySet();
    private final Set<String> failing = ConcurrentHashMap.newKeySet();
    private final Set<String> done = new HashSet<>();
    private final Thread thread;
    private volatile boolean closed;

    ArgoPods(KubeCluster cluster, String namespace) {
        this.cluster = cluster;
        this.namespace = namespace;
        this.thread = Thread.ofVirtual().start(this::work);
    }

    /** Pods of this template go on until they are let go. */
    void hold(String template) {
        held.add(template);
    }

    void letGo(String template) {
        held.remove(template);
    }

    /** Pods of this template fail from now on, or succeed again. */
    void fail(String template, boolean fails) {
        if (fails) {
            failing.add(template);
        } else {
            failing.remove(template);
        }
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        thread.join();
    }

    private void work() {
        while (!closed) {
            try {
                for (Map<String, @Nullable Object> pod : cluster.list(
                                Selection.of("", "Pod", namespace).having(WORKFLOW))
                        .items()) {
                    lookAt(pod);
                }
                Thread.sleep(POLL_MILLIS);
            } catch (ClusterException e) {
                System.err.println("pods were not listed, it is tried again: " + e.getMessage());
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void lookAt(Map<String, @Nullable Object> pod) {
        try {
            look(pod);
        } catch (ClusterException e) {
            System.err.println("a pod was not ended, it is tried again: " + e.getMessage());
        }
    }

    private void look(Map<String, @Nullable Object> pod) throws ClusterException {
        String uid = Tree.text(pod, "metadata", "uid");
        if (done.contains(uid)
                || !Tree.text(pod, "metadata", "deletionTimestamp").isEmpty()) {
            return;
        }
        Map<String, @Nullable Object> template = template(pod);
        String name = Tree.text(template, "name");
        if (held.contains(name)) {
            return;
        }
        boolean fails = failing.contains(name);
        if (!Tree.text(pod, "metadata", "annotations", NODE).isEmpty()) { // Argo's agent is of no node.
            report(pod, fails ? Map.of() : outputs(template));
        }
        cluster.status(Manifest.keyOf(pod), uid, status(pod, fails ? 1L : 0L), "tests");
        done.add(uid);
    }

    /** The template that Argo hands to its executor; nothing when it is so large that Argo hands it over elsewhere. */
    private static Map<String, @Nullable Object> template(Map<String, @Nullable Object> pod) {
        for (String kind : List.of("initContainers", "containers")) {
            for (Map<String, @Nullable Object> container : Tree.maps(pod, "spec", kind)) {
                Map<String, @Nullable Object> variable = Tree.named("ARGO_TEMPLATE", container, "env");
                if (variable != null) {
                    try {
                        return Json.parseObject(Tree.text(variable, "value"));
                    } catch (JsonException e) {
                        return Map.of();
                    }
                }
            }
        }
        return Map.of();
    }

    private static Map<String, @Nullable Object> outputs(Map<String, @Nullable Object> template) {
        List<@Nullable Object> parameters = new ArrayList<>();
        for (Map<String, @Nullable Object> declared : Tree.maps(template, "outputs", "parameters")) {
            Map<String, @Nullable Object> parameter = new LinkedHashMap<>(declared);
            String value = Tree.text(declared, "valueFrom", "default");
            parameter.put("value", value.isEmpty() ? "placeholder-" + Tree.text(declared, "name") : value);
            parameters.add(parameter);
        }
        return parameters.isEmpty() ? Map.of() : Map.of("parameters", parameters);
    }

    private void report(Map<String, @Nullable Object> pod, Map<String, @Nullable Object> outputs)
            throws ClusterException {
        String workflow = Tree.text(pod, "metadata", "labels", WORKFLOW);
        Map<String, @Nullable Object> result = new LinkedHashMap<>();
        result.put("apiVersion", "argoproj.io/v1alpha1");
        result.put("kind", "WorkflowTaskResult");
        Tree.set(result, Tree.text(pod, "metadata", "annotations", NODE), "metadata", "name");
        Tree.set(result, namespace, "metadata", "namespace");
        Tree.set(result, workflow, "metadata", "labels", WORKFLOW);
        Tree.set(result, "true", "metadata", "labels", "workflows.argoproj.io/report-outputs-completed");
        Tree.set(result, Tree.list(pod, "metadata", "ownerReferences"), "metadata", "ownerReferences");
        if (!outputs.isEmpty()) {
            result.put("outputs", outputs);
        }
        cluster.apply(result, "tests", true, false);
    }

    private static Map<String, @Nullable Object> status(Map<String, @Nullable Object> pod, long code) {
        Map<String, @Nullable Object> status = new LinkedHashMap<>(Tree.map(pod, "status"));
        String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
        status.put("phase", code == 0 ? "Succeeded" : "Failed");
        status.put("startTime", now);
        status.put("initContainerStatuses", ended(Tree.maps(pod, "spec", "initContainers"), 0, now));
        status.put("containerStatuses", ended(Tree.maps(pod, "spec", "containers"), code, now));
        return status;
    }

    private static List<@Nullable Object> ended(List<Map<String, @Nullable Object>> containers, long code, String now) {
        List<@Nullable Object> ended = new ArrayList<>();
        for (Map<String, @Nullable Object> container : containers) {
            String image = Tree.text(container, "image");
            long own = "main".equals(container.get("name")) ? code : 0;
            Map<String, @Nullable Object> one = new LinkedHashMap<>();
            one.put("name", container.get("name"));
            one.put("image", image);
            one.put(
                    "imageID",
                    "registry.example/" + image.replaceFirst(":.*", "") + "@"
                            + Digest.of(image).value());
            one.put("ready", false);
            one.put("restartCount", 0L);
            Map<String, @Nullable Object> state = new LinkedHashMap<>();
            state.put("exitCode", own);
            state.put("reason", own == 0 ? "Completed" : "Error");
            state.put("startedAt", now);
            state.put("finishedAt", now);
            one.put("state", Map.of("terminated", state));
            ended.add(one);
        }
        return ended;
    }
}
