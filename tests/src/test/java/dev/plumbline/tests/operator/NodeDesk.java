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

    /** Starts the node, with further options, and with these archives of images beside the operator's own. */
    static NodeDesk open(Path folder, List<String> more, Path... images) throws Exception {
        GitFolder repository = new GitFolder(folder.resolve("repository"));
        Path served = Files.createDirectories(folder.resolve("served"));
        repository.git("init", "-q", "--bare", "-b", "main", served + "/pipelines.git");
        repository.git("remote", "add", "origin", served + "/pipelines.git");
        List<String> options = new ArrayList<>(List.of("--with-s3", "--git", served.toString()));
        options.addAll(more);
        if (Files.exists(IMAGE)) {
            options.addAll(List.of("--image", IMAGE.toString()));
        }
        for (Path image : images) {
            options.addAll(List.of("--image", image.toString()));
        }
        NodeDesk desk = new NodeDesk(folder, RealCluster.withNode(options), repository);
        // Everybody may hand back results of steps there; here nobody may but by a role of their own.
        desk.cluster.delete(
                new ObjectKey("rbac.authorization.k8s.io", "ClusterRoleBinding", "", "argo-executor"),
                new DeleteOptions(null, null, false));
        return desk;
    }

    /** Lets the node serve the kinds whose definitions a part holds. */
    void installCrds(String part) throws Exception {
        real.installCrds(part);
    }

    RealCluster real() {
        return real;
    }

    KubeCluster cluster() {
        return cluster;
    }

    GitFolder repository() {
        return repository;
    }

    /** Installs the operator with a volume for its store, to serve these namespaces, with further options, and waits until it is ready. */
    void install(List<String> namespaces, String... options) throws Exception {
        apply("""
            {"apiVersion": "v1", "kind": "PersistentVolume", "metadata": {"name": "store"}, "spec": {
              "capacity": {"storage": "10Gi"}, "accessModes": ["ReadWriteOnce"], "local": {"path": "%s"},
              "nodeAffinity": {"required": {"nodeSelectorTerms": [{"matchExpressions": [
                {"key": "kubernetes.io/hostname", "operator": "In", "values": ["node1"]}]}]}}}}
            """.formatted(volume("store")));
        List<String> line = new ArrayList<>(List.of("install"));
        line.addAll(List.of(options));
        for (String namespace : namespaces) {
            line.addAll(List.of("--manage", namespace));
        }
        plumbline(0, administrator(), line.toArray(String[]::new));
        await(
                "the controller is ready",
                () -> Json.write(Tree.at(
                                get("apps", "Deployment", "plumbline-system", "plumbline-controller"),
                                "status",
                                "readyReplicas"))
                        .equals("1"));
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
        return shipped(path, TEAM, TEAM);
    }

    /** The objects of a shipped file, in a namespace if it is not empty, whose accounts are those of another. */
    static List<Map<String, @Nullable Object>> shipped(String path, String namespace, String accounts)
            throws Exception {
        List<Map<String, @Nullable Object>> objects = objects(Path.of("../pipelines", path));
        for (Map<String, @Nullable Object> object : objects) {
            if (!namespace.isEmpty()) {
                Tree.set(object, namespace, "metadata", "namespace");
            }
            for (Map<String, @Nullable Object> subject : Tree.maps(object, "subjects")) {
                subject.put("namespace", accounts);
            }
        }
        return objects;
    }

    /** The objects of a file as they are. */
    static List<Map<String, @Nullable Object>> objects(Path file) throws Exception {
        List<Map<String, @Nullable Object>> objects = new ArrayList<>();
        for (var document :
                YamlParser.parse(file.toString(), Files.readAllBytes(file)).documents()) {
            objects.add(Tree.copy(Tree.cast((Map<?, ?>) document.value())));
        }
        return objects;
    }

    /** What the S3 server of the node holds. */
    Path artifacts() {
        return bucket("artifacts");
    }

    /** What the S3 server of the node holds in a bucket; a folder there is one. */
    Path bucket(String name) {
        return real.file("node/s3").resolve(name);
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
        await(what, PATIENCE, condition);
    }

    void await(String what, Duration patience, OperatorDesk.Condition condition) throws Exception {
        long deadline = System.nanoTime() + patience.toNanos();
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
        return text.append(Readiness.syncs(cluster, "")).toString();
    }

    /** A kubeconfig of an account of the team. */
    Path person(String account) throws Exception {
        return person(account, TEAM);
    }

    /** A kubeconfig of an account of a namespace. */
    Path person(String account, String namespace) throws Exception {
        String token = cluster.calls()
                .token(
                        new ObjectKey("", "ServiceAccount", namespace, account),
                        Person.API_SERVER,
                        Duration.ofMinutes(30));
        String admin = Files.readString(real.kubeconfig());
        String theirs = admin.replaceFirst("client-certificate-data: .*\\n", "token: " + token + "\n")
                .replaceFirst(" *client-key-data: .*\\n", "")
                .replace("namespace: default", "namespace: " + namespace);
        return Files.writeString(folder.resolve(account + ".kubeconfig"), theirs);
    }

    /** An account that may start runs in a namespace, read what they print, and look at the rest there. */
    Path runner(String account, String namespace) throws Exception {
        String metadata = "\"metadata\": {\"name\": \"%s\", \"namespace\": \"%s\"}".formatted(account, namespace);
        apply(
                "{\"apiVersion\": \"v1\", \"kind\": \"ServiceAccount\", " + metadata + "}",
                "{\"apiVersion\": \"rbac.authorization.k8s.io/v1\", \"kind\": \"Role\", " + metadata + ", \"rules\": "
                        + """
                        [{"apiGroups": ["argoproj.io"], "resources": ["workflows", "workflowtemplates"],
                          "verbs": ["get", "list", "create"]},
                         {"apiGroups": [""], "resources": ["pods/log"], "verbs": ["get"]}]}
                        """);
        Map<String, String> roles = Map.of(account, "Role", "view", "ClusterRole");
        for (Map.Entry<String, String> role : roles.entrySet()) {
            apply("""
                {"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "RoleBinding",
                 "metadata": {"name": "%1$s-%4$s", "namespace": "%2$s"},
                 "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "%3$s", "name": "%4$s"},
                 "subjects": [{"kind": "ServiceAccount", "name": "%1$s", "namespace": "%2$s"}]}
                """.formatted(account, namespace, role.getValue(), role.getKey()));
        }
        return person(account, namespace);
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
