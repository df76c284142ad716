package dev.plumbline.tests.scenario;

import dev.plumbline.controller.apply.DeleteOptions;
import dev.plumbline.controller.kube.KubeCluster;
import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.live.Selection;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.tests.operator.PodReport;
import dev.plumbline.tests.parts.RealCluster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Stands in for a node with its kubelet and for Argo's executor: what the pods of Workflows run, it runs for real, as processes of this
 * machine and without their images, as {@code plumbline up} does.
 */
final class ScriptKubelet implements AutoCloseable {

    private static final String NODE = "this-machine";
    private static final String ME = "tests";
    private static final long POLL_MILLIS = 100;

    private final KubeCluster cluster;
    private final Path folder;
    private final KubeletServer server;
    private final Map<String, PodProcess> processes = new ConcurrentHashMap<>();
    private final Map<String, Boolean> seen = new ConcurrentHashMap<>();
    private final Thread thread;
    private volatile boolean closed;

    private ScriptKubelet(KubeCluster cluster, Path folder, KubeletServer server) {
        this.cluster = cluster;
        this.folder = folder;
        this.server = server;
        this.thread = Thread.ofVirtual().unstarted(this::work);
    }

    /** The only one of a cluster; its pods have folders below a folder. */
    static ScriptKubelet start(RealCluster real, Path folder) throws Exception {
        KubeCluster cluster = real.connect();
        KubeletServer server = KubeletServer.start(real.kubeconfig());
        ScriptKubelet kubelet = new ScriptKubelet(cluster, folder, server);
        kubelet.join();
        kubelet.thread.start();
        return kubelet;
    }

    private void join() throws ClusterException {
        Map<String, @Nullable Object> node = object("Node");
        Tree.set(node, NODE, "metadata", "name");
        Map<String, @Nullable Object> made = cluster.create(node, ME);
        Map<String, @Nullable Object> status = Tree.copy(Tree.map(made, "status"));
        status.put("addresses", List.of(Map.of("type", "InternalIP", "address", "127.0.0.1")));
        Tree.set(status, (long) server.port(), "daemonEndpoints", "kubeletEndpoint", "Port");
        cluster.status(Manifest.keyOf(made), Tree.text(made, "metadata", "uid"), status, ME);
    }

    private static Map<String, @Nullable Object> object(String kind) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        object.put("apiVersion", "v1");
        object.put("kind", kind);
        return object;
    }

    private void work() {
        while (!closed) {
            try {
                for (Map<String, @Nullable Object> pod : cluster.list(
                                Selection.of("", "Pod", "").having(PodReport.WORKFLOW))
                        .items()) {
                    look(pod);
                }
                Thread.sleep(POLL_MILLIS);
            } catch (ClusterException e) {
                System.err.println("pods were not listed, it is tried again: " + e.getMessage());
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void look(Map<String, @Nullable Object> pod) {
        String uid = Tree.text(pod, "metadata", "uid");
        boolean goes = !Tree.text(pod, "metadata", "deletionTimestamp").isEmpty();
        if (goes) {
            PodProcess process = processes.get(uid);
            if (process != null) {
                process.kill();
            }
        } else if (seen.putIfAbsent(uid, true) == null) {
            Thread.ofVirtual().start(() -> run(pod, uid));
        }
    }

    private void run(Map<String, @Nullable Object> pod, String uid) {
        ObjectKey key = Manifest.keyOf(pod);
        try {
            bind(key);
            PodProcess process = PodProcess.start(cluster, folder.resolve(uid), pod, PodReport.template(pod));
            processes.put(uid, process);
            server.begun(key.namespace(), key.name(), process);
            cluster.status(key, uid, PodReport.running(pod), ME);
            long code = process.await();
            if (PodReport.ofNode(pod)) {
                cluster.apply(PodReport.result(pod, code == 0 ? process.outputs() : Map.of()), ME, true, false);
            }
            cluster.status(key, uid, PodReport.ended(pod, code), ME);
            if (gone(key, uid)) { // The API server waits for the kubelet of a pod that was deleted while it ran.
                cluster.delete(key, new DeleteOptions(uid, null, false));
            }
        } catch (ClusterException | IOException e) {
            if (!closed) {
                System.err.println("the pod " + key.display() + " was given up: " + e.getMessage());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void bind(ObjectKey pod) throws ClusterException {
        Map<String, @Nullable Object> binding = object("Binding");
        Tree.set(binding, pod.name(), "metadata", "name");
        Tree.set(binding, pod.namespace(), "metadata", "namespace");
        Tree.set(binding, "v1", "target", "apiVersion");
        Tree.set(binding, "Node", "target", "kind");
        Tree.set(binding, NODE, "target", "name");
        cluster.create(binding, ME);
    }

    private boolean gone(ObjectKey key, String uid) throws ClusterException {
        return cluster.get(key)
                .filter(pod -> Tree.text(pod, "metadata", "uid").equals(uid))
                .filter(pod -> !Tree.text(pod, "metadata", "deletionTimestamp").isEmpty())
                .isPresent();
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        thread.join();
        processes.values().forEach(PodProcess::kill);
        server.close();
        cluster.close();
    }
}
