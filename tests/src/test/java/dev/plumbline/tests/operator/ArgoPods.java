package dev.plumbline.tests.operator;

import dev.plumbline.controller.kube.KubeCluster;
import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.live.Selection;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.manifest.Manifest;
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
                                Selection.of("", "Pod", namespace).having(PodReport.WORKFLOW))
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
        Map<String, @Nullable Object> template = PodReport.template(pod);
        String name = Tree.text(template, "name");
        if (held.contains(name)) {
            return;
        }
        boolean fails = failing.contains(name);
        if (PodReport.ofNode(pod)) {
            cluster.apply(PodReport.result(pod, fails ? Map.of() : outputs(template)), "tests", true, false);
        }
        cluster.status(Manifest.keyOf(pod), uid, PodReport.ended(pod, fails ? 1L : 0L), "tests");
        done.add(uid);
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
}
