package dev.plumbline.tests.operator;

import static org.junit.jupiter.api.Assertions.fail;

import dev.plumbline.controller.app.operator.Operator;
import dev.plumbline.controller.app.operator.OperatorOptions;
import dev.plumbline.controller.apply.DeleteOptions;
import dev.plumbline.controller.kube.KubeCluster;
import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.live.Selection;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.keys.KeyFolder;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.tests.parts.RealCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A person's desk before a real API server: a namespace of its own, a repository, and controllers that serve the namespace. */
final class OperatorDesk implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String ME = "tests";

    private final RealCluster real;
    private final KubeCluster cluster;
    private final String namespace = "team-" + UUID.randomUUID().toString().substring(0, 8);
    private final String argoConfig;
    private final Path root;
    private final GitFolder repository;
    private Path way;
    private String home = namespace;
    private @Nullable Operator operator;
    private @Nullable Duration keepRuns;

    static {
        java.util.logging.Logger.getLogger("io.helidon").setLevel(java.util.logging.Level.WARNING);
    }

    /** A desk before a server whose Argo is configured there; empty where there is no Argo. */
    OperatorDesk(RealCluster real, Path root, String argoConfig) throws Exception {
        this.argoConfig = argoConfig.isEmpty() ? namespace + "/argo" : argoConfig;
        this.real = real;
        this.root = root;
        this.way = real.kubeconfig();
        this.cluster = real.connect();
        this.repository = new GitFolder(root.resolve("repository"));
        new KeyFolder(keys()).create(Instant.now());
        real.installPlumbline();
        apply("v1", "Namespace", "", namespace, Map.of());
        config("one", "a", "1");
        kustomization("one");
    }

    /** A desk with one ConfigMap in its repository, not committed yet, and nothing running. */
    static OperatorDesk prepared(Path root) throws Exception {
        return prepared(RealCluster.bare(), root);
    }

    static OperatorDesk prepared(RealCluster real, Path root) throws Exception {
        return new OperatorDesk(real, root, "");
    }

    /** The same, with the first commit made and a controller running. */
    static OperatorDesk ready(Path root) throws Exception {
        OperatorDesk desk = prepared(root);
        desk.repository.commit("Begin");
        desk.start();
        return desk;
    }

    /** Controllers that start from now on keep deleted runs this long until they are recorded. */
    void keepRuns(Duration longest) {
        keepRuns = longest;
    }

    /** Controllers that start from now on keep their lease in this new namespace. */
    void liveIn(String where) throws ClusterException {
        home = Tree.text(apply("v1", "Namespace", "", where, Map.of()), "metadata", "name");
    }

    void start() throws Exception {
        operator = Operator.start(options("only"));
    }

    void stop() {
        if (operator != null) {
            operator.close();
        }
        operator = null;
    }

    OperatorOptions options(String identity) {
        return new OperatorOptions(
                way,
                "",
                home,
                Set.of(namespace),
                Duration.ofSeconds(3),
                identity,
                store().toString(),
                root.resolve("mirrors"),
                "0.0.0.0", // An API server's proxy goes to no loopback address.
                0,
                new OperatorOptions.Allowances(true, true, false),
                OperatorOptions.configMap(argoConfig),
                keepRuns,
                null,
                keys(),
                List.of(),
                null,
                null);
    }

    /** What this desk's controller recorded. */
    Records records() {
        return new Records(this, operator);
    }

    /** Controllers that start from now on reach the API server this way; the desk itself goes straight. */
    void goThrough(Path kubeconfig) {
        way = kubeconfig;
    }

    Path store() {
        return root.resolve("store");
    }

    int port() {
        return operator == null ? 0 : operator.port();
    }

    Path keys() {
        return root.resolve("keys");
    }

    Path kubeconfig() {
        return real.kubeconfig();
    }

    GitFolder repository() {
        return repository;
    }

    KubeCluster cluster() {
        return cluster;
    }

    String namespace() {
        return namespace;
    }

    /** Writes the overlay: these ConfigMaps, in this namespace. */
    void kustomization(String... names) throws Exception {
        String files = "[" + String.join(".yaml, ", names) + ".yaml]\n";
        repository.write("overlay/kustomization.yaml", "namespace: " + namespace + "\nresources: " + files);
    }

    void config(String name, String key, String value) throws Exception {
        repository.write(
                "overlay/" + name + ".yaml",
                "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: " + name + "}\ndata: {" + key + ": \"" + value
                        + "\"}\n");
    }

    /** The usual spec; what is given replaces fields of it. */
    Map<String, @Nullable Object> spec(Map<String, ?> more) {
        Map<String, @Nullable Object> spec = new LinkedHashMap<>();
        spec.put("source", Map.of("url", repository.folder().toString()));
        spec.putAll(Map.of("path", "overlay", "interval", "5s"));
        spec.putAll(more);
        return spec;
    }

    /** Applies a PipelineSync. */
    void sync(String name, Map<String, ?> more) throws ClusterException {
        apply("plumbline.dev/v1alpha1", "PipelineSync", namespace, name, Map.of("spec", spec(more)));
    }

    /** Asks the controller to look now. */
    void poke(String name) throws ClusterException {
        annotate(name, "plumbline.dev/sync-requested", UUID.randomUUID().toString());
    }

    void annotate(String name, String annotation, String value) throws ClusterException {
        Map<String, @Nullable Object> patch = Map.of("metadata", Map.of("annotations", Map.of(annotation, value)));
        cluster.mergePatch(key("PipelineSync", name), patch, ME);
    }

    Map<String, @Nullable Object> apply(
            String apiVersion, String kind, String where, String name, Map<String, ?> content) throws ClusterException {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        object.put("apiVersion", apiVersion);
        object.put("kind", kind);
        Tree.set(object, name, "metadata", "name");
        if (!where.isEmpty()) {
            Tree.set(object, where, "metadata", "namespace");
        }
        object.putAll(content);
        return cluster.apply(object, ME, true, false);
    }

    ObjectKey key(String kind, String name) {
        return new ObjectKey(kind.startsWith("Pipeline") ? "plumbline.dev" : "", kind, namespace, name);
    }

    Optional<Map<String, @Nullable Object>> get(String kind, String name) {
        try {
            return cluster.get(key(kind, name));
        } catch (ClusterException e) {
            return fail(e);
        }
    }

    void delete(String kind, String name) throws ClusterException {
        cluster.delete(key(kind, name), new DeleteOptions(null, null, false));
    }

    /** A value of a ConfigMap; empty without it. */
    String data(String name, String key) {
        return get("ConfigMap", name)
                .map(object -> Tree.text(object, "data", key))
                .orElse("");
    }

    Map<String, @Nullable Object> status(String kind, String name) {
        return get(kind, name).map(object -> Tree.map(object, "status")).orElse(Map.of());
    }

    /** The Ready condition of a PipelineSync, as {@code True/Applied}. */
    String ready(String name) {
        return condition("PipelineSync", name, "Ready");
    }

    String condition(String kind, String name, String type) {
        return Tree.maps(status(kind, name), "conditions").stream()
                .filter(condition -> type.equals(condition.get("type")))
                .map(condition -> condition.get("status") + "/" + condition.get("reason"))
                .findFirst()
                .orElse("");
    }

    String message(String name) {
        return Tree.maps(status("PipelineSync", name), "conditions").stream()
                .map(condition -> Tree.text(condition, "message"))
                .findFirst()
                .orElse("");
    }

    void awaitApplied(String name, String commit) throws Exception {
        await(
                name + " applies " + commit,
                () -> ready(name).equals("True/Applied")
                        && Tree.text(status("PipelineSync", name), "appliedRevision", "commit")
                                .equals(commit));
    }

    void awaitReady(String name, String standing) throws Exception {
        await(name + " says " + standing, () -> ready(name).equals(standing));
    }

    void await(String what, Condition condition) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() > deadline) {
                fail("waited in vain until " + what + "\n" + Readiness.syncs(cluster, namespace));
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    /** Something to wait for. */
    @FunctionalInterface
    interface Condition {
        boolean holds() throws Exception;
    }

    /** Messages of Events about a sync with a reason. */
    List<String> events(String reason) throws ClusterException {
        return cluster.list(Selection.of("", "Event", namespace)).items().stream()
                .filter(event -> reason.equals(event.get("reason")))
                .map(event -> Tree.text(event, "message"))
                .toList();
    }

    @Override
    public void close() {
        stop();
        cluster.close();
    }
}
