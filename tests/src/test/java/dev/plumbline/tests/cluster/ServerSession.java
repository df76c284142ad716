package dev.plumbline.tests.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.plumbline.controller.app.install.InstallOptions;
import dev.plumbline.controller.app.install.Installation;
import dev.plumbline.controller.app.install.Installer;
import dev.plumbline.controller.apply.DeleteOptions;
import dev.plumbline.controller.cli.Main;
import dev.plumbline.controller.kube.KubeCluster;
import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.live.Selection;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.JsonException;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.tests.parts.RealCluster;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The shared server with controllers, and the command line that speaks to it as its administrator. */
final class ServerSession implements AutoCloseable {

    static final ObjectKey SYNCS =
            new ObjectKey("apiextensions.k8s.io", "CustomResourceDefinition", "", "pipelinesyncs.plumbline.dev");

    static final ObjectKey ROLLBACKS =
            new ObjectKey("apiextensions.k8s.io", "CustomResourceDefinition", "", "pipelinerollbacks.plumbline.dev");

    private final KubeCluster cluster;
    private final Path kubeconfig;

    private ServerSession(KubeCluster cluster, Path kubeconfig) {
        this.cluster = cluster;
        this.kubeconfig = kubeconfig;
    }

    static ServerSession open() throws Exception {
        return new ServerSession(RealCluster.get().connect(), RealCluster.get().kubeconfig());
    }

    KubeCluster cluster() {
        return cluster;
    }

    /** Runs a command and answers what it said, both streams together. */
    String run(int code, String... arguments) {
        List<String> all = new ArrayList<>(Arrays.asList(arguments));
        all.addAll(List.of("--kubeconfig", kubeconfig.toString()));
        StringWriter said = new StringWriter();
        PrintWriter both = new PrintWriter(said, true);
        assertEquals(code, Main.run(both, both, all.toArray(String[]::new)), said::toString);
        return said.toString();
    }

    void apply(String json) throws JsonException, ClusterException {
        cluster.apply(Json.parseObject(json), "tests", true, false);
    }

    void namespace(String name) throws JsonException, ClusterException {
        apply("""
            {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "%s"}}\
            """.formatted(name));
    }

    Map<String, @Nullable Object> get(String group, String kind, String namespace, String name)
            throws ClusterException {
        return cluster.get(new ObjectKey(group, kind, namespace, name)).orElseThrow();
    }

    /** As if nothing of ours had ever been there; what other tests left is not waited for. */
    void removeDefinitions() throws Exception {
        if (cluster.get(SYNCS).isPresent()) {
            Map<String, @Nullable Object> free = new LinkedHashMap<>();
            Tree.set(free, List.of(), "metadata", "finalizers");
            for (Map<String, @Nullable Object> sync : cluster.list(Selection.of("plumbline.dev", "PipelineSync", ""))
                    .items()) {
                ObjectKey key = new ObjectKey(
                        "plumbline.dev",
                        "PipelineSync",
                        Tree.text(sync, "metadata", "namespace"),
                        Tree.text(sync, "metadata", "name"));
                cluster.mergePatch(key, free, "tests");
            }
        }
        for (ObjectKey key : List.of(SYNCS, ROLLBACKS)) {
            Optional<Map<String, @Nullable Object>> there = cluster.get(key);
            if (there.isPresent()) {
                cluster.delete(key, DeleteOptions.exactly(Tree.text(there.get(), "metadata", "uid")));
                Eventually.holds(() -> cluster.get(key).isEmpty());
            }
        }
    }

    /** Other tests on this server take the definitions for given. */
    void restoreDefinitions() throws Exception {
        List<Manifest> definitions = Installation.render(InstallOptions.standard()).stream()
                .filter(object -> List.of(SYNCS, ROLLBACKS).contains(object.key()))
                .toList();
        new Installer(cluster, cluster, InstantSource.system(), line -> {}).install(definitions);
    }

    @Override
    public void close() {
        cluster.close();
    }
}
