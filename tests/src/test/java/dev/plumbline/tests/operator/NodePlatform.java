package dev.plumbline.tests.operator;

import dev.plumbline.controller.live.Selection;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.tests.parts.RealCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The shipped platform on a node: the overlay {@code dev}, applied by the installed operator from a pushed repository, Argo configured as
 * {@code pipelines/platform/argo} says, and an MLflow server. What is different from a cluster of users, and why:
 *
 * <ul>
 *   <li>The image of the steps has a name without a registry, because nothing leads out of the node; it is imported.
 *   <li>S3 is a server on the node over plain HTTP. Nobody there gives accounts a role, so what EKS would put into pods, Argo's
 *       configuration puts into them: an address, a key and a secret. What collects artifacts gets nothing of that from Argo, so the
 *       repository of artifacts names a Secret.
 *   <li>NetworkPolicies are enforced. The node itself answers for names, for S3 and for the API server, at ports of its own, so one more
 *       policy lets pods out to these.
 * </ul>
 */
final class NodePlatform implements AutoCloseable {

    /** The namespaces of the overlay. */
    static final String PIPELINES = "mlops-dev";

    static final String MODELS = "models-dev";

    /** The namespace of the operator. */
    static final String SYSTEM = "plumbline-system";

    private static final Pattern SERVER = Pattern.compile("server: https://127\\.0\\.0\\.1:([0-9]+)");
    private static final String SYNC = "pipelines";
    private static final String ARGO = "argoproj.io";
    private static final String OVERLAY = "overlays/dev";
    private static final Duration RUN = Duration.ofMinutes(6);

    private static final String ACCESS = """
            env:
            - {name: AWS_ENDPOINT_URL, value: 'http://10.255.0.1:9000'}
            - {name: AWS_DEFAULT_REGION, value: us-east-1}
            - {name: AWS_ACCESS_KEY_ID, value: tests}
            - {name: AWS_SECRET_ACCESS_KEY, value: tests-secret}
            """;

    private final NodeDesk desk;
    private final String commit;

    private NodePlatform(NodeDesk desk, String commit) {
        this.desk = desk;
        this.commit = commit;
    }

    /** Starts the node, installs the operator, and waits until the overlay is applied. */
    static NodePlatform open(Path folder) throws Exception {
        NodeDesk desk = NodeDesk.open(
                folder,
                List.of("--with-network-policies"),
                RealCluster.part("steps-image").resolve("image.tar"));
        try {
            prepare(desk);
            openNode(desk);
            NodeMlflow mlflow = new NodeMlflow(desk);
            mlflow.start();
            desk.install(List.of(PIPELINES, MODELS), "--mlflow", NodeMlflow.ADDRESS);
            String commit = sync(desk);
            mlflow.await();
            return new NodePlatform(desk, commit);
        } catch (Exception | AssertionError e) {
            desk.close();
            throw e;
        }
    }

    /** What administrators have made before anybody names the repository: namespaces, Argo's configuration, the applier's rights. */
    private static void prepare(NodeDesk desk) throws Exception {
        for (Map<String, @Nullable Object> object : NodeDesk.objects(Path.of("..", OVERLAY, "namespaces.yaml"))) {
            desk.apply(object);
        }
        for (Map<String, @Nullable Object> object :
                NodeDesk.shipped("platform/argo/controller.yaml", "argo", PIPELINES)) {
            for (String container : List.of("executor", "mainContainer")) {
                Tree.set(object, Tree.text(object, "data", container) + ACCESS, "data", container);
            }
            desk.apply(object);
        }
        for (String file : List.of("pipelines/account.yaml", "pipelines/role.yaml")) {
            for (var object : NodeDesk.shipped("platform/applier/" + file, PIPELINES, PIPELINES)) {
                desk.apply(object);
            }
        }
        for (var object : NodeDesk.shipped("platform/applier/models/role.yaml", MODELS, PIPELINES)) {
            desk.apply(object);
        }
        for (var object : NodeDesk.shipped("platform/applier/namespaces/role.yaml", "", PIPELINES)) {
            for (Map<String, @Nullable Object> rule : Tree.maps(object, "rules")) {
                rule.put("resourceNames", List.of(PIPELINES, MODELS));
            }
            desk.apply(object);
        }
        for (String bucket : List.of("raw-data", "curated-data", "artifacts")) {
            Files.createDirectories(desk.bucket("mlops-dev-" + bucket));
        }
    }

    /** The node's own ports are not those of users' clusters. */
    private static void openNode(NodeDesk desk) throws Exception {
        Matcher server = SERVER.matcher(Files.readString(desk.administrator()));
        if (!server.find()) {
            throw new IllegalStateException("the kubeconfig names no port");
        }
        for (String namespace : List.of(PIPELINES, MODELS, SYSTEM)) {
            desk.apply("""
                    {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "%s"}}
                    """.formatted(namespace), """
                    {"apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy", "metadata": {"name": "node", "namespace": "%s"},
                     "spec": {"podSelector": {}, "policyTypes": ["Egress"], "egress": [{
                       "to": [{"ipBlock": {"cidr": "10.255.0.1/32"}}],
                       "ports": [{"port": 53, "protocol": "UDP"}, {"port": 9000}, {"port": %s}]}]}}
                    """.formatted(namespace, server.group(1)));
        }
    }

    /** Pushes the shipped files and lets the operator follow them; answers the commit. */
    private static String sync(NodeDesk desk) throws Exception {
        Path repository = desk.repository().folder();
        for (String folder : List.of("pipelines", OVERLAY)) {
            copy(Path.of("..", folder), repository.resolve(folder));
        }
        edit(repository.resolve(OVERLAY + "/kustomization.yaml"), "123456789012.dkr.ecr.eu-west-1.amazonaws.com/", "");
        edit(
                repository.resolve("pipelines/platform/artifacts/repository.yaml"),
                "endpoint: s3.amazonaws.com\n      region: eu-west-1",
                "endpoint: 10.255.0.1:9000\n      region: us-east-1\n      insecure: true");
        edit(
                repository.resolve("pipelines/platform/artifacts/repository.yaml"),
                "useSDKCreds: true",
                "accessKeySecret: {name: s3, key: access}\n      secretKeySecret: {name: s3, key: secret}");
        desk.apply("""
                {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "s3", "namespace": "%s"},
                 "stringData": {"access": "tests", "secret": "tests-secret"}}
                """.formatted(PIPELINES), """
                {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "git", "namespace": "%s"}, "data": {"ca.crt": %s}}
                """.formatted(PIPELINES, Json.write(desk.authority())), """
                {"apiVersion": "plumbline.dev/v1alpha1", "kind": "PipelineSync",
                 "metadata": {"name": "%s", "namespace": "%s"},
                 "spec": {"source": {"url": "%s", "caBundle": {"configMapKeyRef": {"name": "git", "key": "ca.crt"}}},
                   "path": "%s", "interval": "5s", "serviceAccountName": "plumbline-applier"}}
                """.formatted(
                        SYNC, PIPELINES, NodeDesk.URL, OVERLAY));
        String commit = desk.push("Begin");
        desk.await(
                "the pod applies " + commit,
                () -> Tree.text(
                                desk.get("plumbline.dev", "PipelineSync", PIPELINES, SYNC),
                                "status",
                                "appliedRevision",
                                "commit")
                        .equals(commit));
        return commit;
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }
    }

    private static void edit(Path file, String text, String other) throws IOException {
        String before = Files.readString(file);
        if (!before.contains(text)) {
            throw new IllegalStateException(file + " has no " + text);
        }
        Files.writeString(file, before.replace(text, other));
    }

    NodeDesk desk() {
        return desk;
    }

    /** The commit that is applied. */
    String commit() {
        return commit;
    }

    /** Puts the shipped sample data into a bucket, as the shipped script makes it. */
    void sampleData(String bucket, String... options) throws Exception {
        Path file = desk.bucket(bucket).resolve("customers.csv");
        List<String> line =
                new ArrayList<>(List.of("python3", "../pipelines/examples/data/make_sample_data.py", file.toString()));
        line.addAll(List.of(options));
        Process process = new ProcessBuilder(line).inheritIO().start();
        if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
            throw new IllegalStateException(line + " failed");
        }
    }

    /** Starts a run as somebody from a shipped example, and answers the Workflow when it has ended. */
    Map<String, @Nullable Object> ran(Path person, String example, String... parameters) throws Exception {
        return ran(person, List.of("-f", "../pipelines/examples/" + example), parameters);
    }

    /** Starts a run as somebody, and answers the Workflow when it has ended. */
    Map<String, @Nullable Object> ran(Path person, List<String> what, String... parameters) throws Exception {
        return ended(begun(person, what, parameters));
    }

    /** Starts a run as somebody, and answers its name. */
    String begun(Path person, List<String> what, String... parameters) {
        List<String> line = new ArrayList<>(List.of("run", "-o", "name"));
        line.addAll(what);
        for (String parameter : parameters) {
            line.addAll(List.of("-p", parameter));
        }
        return NodeDesk.plumbline(0, person, line.toArray(String[]::new)).strip();
    }

    /** The Workflow when it has ended. */
    Map<String, @Nullable Object> ended(String run) throws Exception {
        desk.await(
                run + " has ended",
                RUN,
                () -> !Tree.text(desk.get(ARGO, "Workflow", PIPELINES, run), "status", "finishedAt")
                        .isEmpty());
        return desk.get(ARGO, "Workflow", PIPELINES, run);
    }

    /** What is recorded of a run. */
    Map<String, @Nullable Object> provenance(Path person, String run) throws Exception {
        Pattern judged = Pattern.compile(Pattern.quote(run) + " .*(MATCH|MIXED|STALE|DRIFT|OVERRIDDEN|UNVERIFIABLE)");
        desk.await(
                run + " is recorded",
                () -> judged.matcher(NodeDesk.plumbline(0, person, "runs", SYNC))
                        .find());
        return Json.parseObject(NodeDesk.plumbline(0, person, "provenance", run, "-o", "json"));
    }

    /** The image of the steps as the node knows it: MLflow's pod has the same. */
    String stepsImage() throws Exception {
        Map<String, @Nullable Object> pod = desk.cluster()
                .list(Selection.of("", "Pod", "mlflow-dev"))
                .items()
                .getFirst();
        return Tree.text(Tree.maps(pod, "status", "containerStatuses").getFirst(), "imageID");
    }

    /** What a run says of itself and what its steps printed, for whoever reads why a test fails. */
    String said(Map<String, @Nullable Object> run) {
        return NodeDesk.plumbline(0, desk.administrator(), "logs", Tree.text(run, "metadata", "name"), "-n", PIPELINES)
                + "\n" + Json.write(Tree.map(run, "status", "nodes"));
    }

    /** What the step of a task printed, from where the repository of artifacts keeps it: of a run that succeeded there are no pods. */
    String printed(Map<String, @Nullable Object> run, String task) throws IOException {
        StringBuilder printed = new StringBuilder();
        for (Object node : Tree.map(run, "status", "nodes").values()) {
            if (Tree.text(node, "type").equals("Pod")
                    && Tree.text(node, "displayName").startsWith(task)) {
                String key = Tree.text(Tree.named("main-logs", node, "outputs", "artifacts"), "s3", "key");
                printed.append(
                        Files.readString(desk.bucket("mlops-dev-artifacts").resolve(key)));
            }
        }
        return printed.toString();
    }

    /** The outputs of a run and of its steps by their names; what several steps have is the same there. */
    static Map<String, String> outputs(Map<String, @Nullable Object> run) {
        Map<String, String> outputs = new LinkedHashMap<>();
        for (Object node : Tree.map(run, "status", "nodes").values()) {
            for (Map<String, @Nullable Object> each : Tree.maps(node, "outputs", "parameters")) {
                outputs.put(Tree.text(each, "name"), Tree.text(each, "value"));
            }
        }
        return outputs;
    }

    @Override
    public void close() {
        desk.close();
    }
}
