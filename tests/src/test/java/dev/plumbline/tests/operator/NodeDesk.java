package dev.plumbline.tests.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import dev.plumbline.controller.apply.DeleteOptions;
import dev.plumbline.controller.cli.Main;
import dev.plumbline.controller.kube.KubeCluster;
import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.live.Selection;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.registry.yaml.YamlParser;
import dev.plumbline.tests.parts.RealCluster;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A desk before a cluster whose pods really run, with a repository that the cluster's node serves and people push to. */
final class NodeDesk implements AutoCloseable {

    /** The image as {@code ./mvnw -Pimage} makes it. */
    static final Path IMAGE = Path.of("../controller/target/jib-image.tar");

    /** The namespace of the pipelines. */
    static final String TEAM = "team-a";

    /** Where the pods find the repository; the node's address is its own in there. */
    static final String URL = "https://10.255.0.1/pipelines.git";

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String ME = "tests";

    private final RealCluster real;
    private final KubeCluster cluster;
    private final GitFolder repository;
    private final Path folder;

    private NodeDesk(Path folder, RealCluster real, GitFolder repository) throws Exception {
        this.folder = folder;
        this.real = real;
        this.cluster = real.connect();
        this.repository = repository;
    }

    /** Starts the node. */
    static NodeDesk open(Path folder) throws Exception {
        GitFolder repository = new GitFolder(folder.resolve("repository"));
        Path served = Files.createDirectories(folder.resolve("served"));
        repository.git("init", "-q", "--bare", "-b", "main", served + "/pipelines.git");
        repository.git("remote", "add", "origin", served + "/pipelines.git");
        List<String> options = new ArrayList<>(List.of("--with-s3", "--git", served.toString()));
        if (Files.exists(IMAGE)) {
            options.addAll(List.of("--image", IMAGE.toString()));
        }
        NodeDesk desk = new NodeDesk(folder, RealCluster.withNode(options), repository);
        // Everybody may hand back results of steps there; here nobody may but by a role of their own.
        desk.cluster.delete(
                new ObjectKey("rbac.authorization.k8s.io", "ClusterRoleBinding", "", "argo-executor"),
                new DeleteOptions(null, null, false));
        return desk;
    }

    KubeCluster cluster() {
        return cluster;
    }

    GitFolder repository() {
        return repository;
    }

    /** What people who fetch over HTTPS trust. */
    String authority() throws Exception {
        return Files.readString(real.file("pki/ca.crt"));
    }

    /** Commits everything and pushes it; answers the commit's id. */
    String push(String message) throws Exception {
        String commit = repository.commit(message);
        repository.git("push", "-q", "origin", "main");
        return commit;
    }

    /** Applies objects, one document of JSON each. */
    void apply(String... objects) throws Exception {
        for (String object : objects) {
            apply(Json.parseObject(object));
        }
    }

    void apply(Map<String, @Nullable Object> object) throws Exception {
        cluster.apply(object, ME, true, false);
    }

    /** The objects of a shipped file, in the team's namespace. */
    static List<Map<String, @Nullable Object>> shipped(String path) throws Exception {
        Path file = Path.of("../pipelines", path);
        List<Map<String, @Nullable Object>> objects = new ArrayList<>();
        for (var document :
                YamlParser.parse(file.toString(), Files.readAllBytes(file)).documents()) {
            Map<String, @Nullable Object> object = Tree.copy(Tree.cast((Map<?, ?>) document.value()));
            Tree.set(object, TEAM, "metadata", "namespace");
            for (Map<String, @Nullable Object> subject : Tree.maps(object, "subjects")) {
                subject.put("namespace", TEAM);
            }
            objects.add(object);
        }
        return objects;
    }

    /** What the S3 server of the node holds. */
    Path artifacts() {
        return real.file("node/s3/artifacts");
    }

    /** A new folder on the node for a volume. */
    Path volume(String name) throws Exception {
        return Files.createDirectories(folder.resolve("volumes").resolve(name));
    }

    Map<String, @Nullable Object> get(String group, String kind, String namespace, String name) throws Exception {
        return find(group, kind, namespace, name).orElse(Map.of());
    }

    Optional<Map<String, @Nullable Object>> find(String group, String kind, String namespace, String name)
            throws Exception {
        return cluster.get(new ObjectKey(group, kind, namespace, name));
    }

    /** What the container of a pod printed, through the API server. */
    String log(String namespace, String pod, String container) throws Exception {
        return cluster.calls().log(new ObjectKey("", "Pod", namespace, pod), container);
    }

    void await(String what, OperatorDesk.Condition condition) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() > deadline) {
                fail("waited in vain until " + what + "\n" + standing());
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    /** What pods, events and syncs say, for whoever reads why a wait was in vain. */
    private String standing() throws ClusterException {
        StringBuilder text = new StringBuilder();
        for (Map<String, @Nullable Object> pod :
                cluster.list(Selection.of("", "Pod", "")).items()) {
            text.append(Tree.text(pod, "metadata", "name"))
                    .append(": ")
                    .append(Json.write(pod.get("status")))
                    .append('\n');
        }
        for (Map<String, @Nullable Object> event :
                cluster.list(Selection.of("", "Event", "")).items()) {
            text.append(Tree.text(event, "involvedObject", "name"))
                    .append(": ")
                    .append(Tree.text(event, "message"))
                    .append('\n');
        }
        return text.append(Readiness.syncs(cluster, TEAM)).toString();
    }

    /** A kubeconfig of an account of the team. */
    Path person(String account) throws Exception {
        String token = cluster.calls()
                .token(new ObjectKey("", "ServiceAccount", TEAM, account), Person.API_SERVER, Duration.ofMinutes(30));
        String admin = Files.readString(real.kubeconfig());
        String theirs = admin.replaceFirst("client-certificate-data: .*\\n", "token: " + token + "\n")
                .replaceFirst(" *client-key-data: .*\\n", "")
                .replace("namespace: default", "namespace: " + TEAM);
        return Files.writeString(folder.resolve(account + ".kubeconfig"), theirs);
    }

    Path administrator() {
        return real.kubeconfig();
    }

    /** Runs a command as somebody, and answers what it said; both streams together. */
    static String plumbline(int code, Path kubeconfig, String... line) {
        List<String> all = new ArrayList<>(List.of(line));
        all.addAll(List.of("--kubeconfig", kubeconfig.toString()));
        StringWriter said = new StringWriter();
        PrintWriter both = new PrintWriter(said, true);
        assertEquals(code, Main.run(both, both, all.toArray(String[]::new)), said::toString);
        return said.toString();
    }

    @Override
    public void close() {
        cluster.close();
        real.stop();
    }
}
