package dev.plumbline.tests.operator;

import dev.plumbline.controller.kube.KubeCluster;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.tests.parts.RealCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Measures one sync of very many objects in {@code plumbline controller}, a process of its own, on a real API server without other
 * controllers: the first apply, one changed file, one drifted object, requests without a change, memory. Prints Markdown.
 */
public final class LargeSyncBenchmark {

    private static final int TIMES = 40;
    private static final String SYNC = "large";

    private final RealCluster real;
    private final KubeCluster cluster;
    private final String namespace;
    private final int objects;
    private final boolean pipelines;
    private final GitFolder repository;
    private final Path root;

    private LargeSyncBenchmark(RealCluster real, KubeCluster cluster, int objects, boolean pipelines) throws Exception {
        this.real = real;
        this.cluster = cluster;
        this.objects = objects;
        this.pipelines = pipelines;
        this.namespace = (pipelines ? "pipelines-" : "objects-") + objects;
        this.root = Files.createTempDirectory("plumbline-large-");
        this.repository = new GitFolder(root.resolve("repository"));
    }

    /** Runs it for so many pipelines, and for so many ConfigMaps. */
    public static void main(String[] arguments) throws Exception {
        RealCluster real = RealCluster.bare();
        real.installPlumbline();
        System.out.println(
                "| one sync of | first apply | CPU | RSS after it, highest | one changed file: commit → applied,"
                        + " median and 95th percentile of " + TIMES
                        + " | its requests | a changed object: drift → repaired,"
                        + " median and 95th percentile of " + TIMES
                        + " | requests in 30 s without a change | RSS at the end |");
        System.out.println("|---|---|---|---|---|---|---|---|---|");
        try (KubeCluster cluster = real.connect()) {
            System.out.println(new LargeSyncBenchmark(real, cluster, Integer.parseInt(arguments[0]), true).row());
            System.out.println(new LargeSyncBenchmark(real, cluster, Integer.parseInt(arguments[1]), false).row());
        }
        System.exit(0);
    }

    private String prepare() throws Exception {
        cluster.apply(BenchmarkObjects.object("v1", "Namespace", "", namespace, Map.of()), "benchmark", true, false);
        StringBuilder list = new StringBuilder("namespace: " + namespace + "\nresources:\n");
        for (int i = 0; i < objects; i++) {
            write(i, 0);
            list.append("- o").append(i).append(".yaml\n");
        }
        repository.write("overlay/kustomization.yaml", list.toString());
        return repository.commit("Begin");
    }

    private String row() throws Exception {
        String commit = prepare();
        try (MeasuredProcess controller = MeasuredProcess.controller(real.kubeconfig(), namespace, root);
                ApiRequests requests = new ApiRequests(real.kubeconfig())) {
            long start = System.nanoTime();
            cluster.apply(sync(), "benchmark", true, false);
            BenchmarkObjects.await(() -> applied(commit));
            double first = (System.nanoTime() - start) / 1e9;
            double cpu = controller.cpuSeconds();
            String memory = controller.rss() + " MiB, " + controller.highest() + " MiB";
            Map<String, Long> before = requests.byVerbAndResource();
            List<Long> commits = commits();
            Map<String, Long> written = ApiRequests.since(before, requests.byVerbAndResource());
            written.keySet().removeIf(OperatorTest::ofTheServerItself);
            written.remove("GET pipelinesyncs"); // Ours.
            System.err.println(objects + ", " + TIMES + " commits, requests: " + written);
            List<Long> drifts = drifts();
            TimeUnit.SECONDS.sleep(3); // The last repair is told after it is done.
            Map<String, Long> quiet = requests.byVerbAndResource();
            TimeUnit.SECONDS.sleep(30);
            Map<String, Long> asked = ApiRequests.since(quiet, requests.byVerbAndResource());
            asked.keySet().removeIf(OperatorTest::ofTheServerItself);
            return String.format(
                    Locale.ROOT,
                    "| %d %s | %.1f s | %.1f s | %s | %d ms, %d ms | %.1f | %d ms, %d ms | %d %s | %d MiB |",
                    objects,
                    pipelines ? "WorkflowTemplates" : "ConfigMaps",
                    first,
                    cpu,
                    memory,
                    commits.get(TIMES / 2),
                    commits.get(TIMES * 95 / 100),
                    (double) ApiRequests.total(written) / TIMES,
                    drifts.get(TIMES / 2),
                    drifts.get(TIMES * 95 / 100),
                    ApiRequests.total(asked),
                    asked.isEmpty() ? "" : asked,
                    controller.rss());
        }
    }

    private List<Long> commits() throws Exception {
        List<Long> took = new ArrayList<>();
        for (int i = 0; i < TIMES; i++) {
            write(i * 7 % objects, i + 1);
            String commit = repository.commit("Change " + i);
            long start = System.nanoTime();
            Map<String, @Nullable Object> patch = new LinkedHashMap<>();
            Tree.set(patch, commit, "metadata", "annotations", "plumbline.dev/sync-requested");
            cluster.mergePatch(key(), patch, "benchmark");
            BenchmarkObjects.await(() -> applied(commit));
            took.add((System.nanoTime() - start) / 1_000_000);
        }
        took.sort(null);
        return took;
    }

    /** Somebody changes the only field that we own of an object, and waits until it is as it was. */
    private List<Long> drifts() throws Exception {
        List<Long> took = new ArrayList<>();
        for (int i = 0; i < TIMES; i++) {
            ObjectKey key = drifting();
            Map<String, @Nullable Object> patch = new LinkedHashMap<>();
            Tree.set(patch, "drifted", "data", "value");
            long start = System.nanoTime();
            cluster.mergePatch(key, patch, "kubectl-edit");
            BenchmarkObjects.await(() ->
                    !Tree.text(cluster.get(key).orElseThrow(), "data", "value").equals("drifted"));
            took.add((System.nanoTime() - start) / 1_000_000);
        }
        took.sort(null);
        return took;
    }

    private ObjectKey drifting() {
        return new ObjectKey("", "ConfigMap", namespace, pipelines ? "beside" : "o1");
    }

    private void write(int i, int value) throws Exception {
        String config = """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: NAME}
            data: {value: "VALUE"}
            """;
        String template = """
            apiVersion: argoproj.io/v1alpha1
            kind: WorkflowTemplate
            metadata: {name: NAME}
            spec:
              entrypoint: main
              arguments: {parameters: [{name: rounds, value: "VALUE"}]}
              templates:
              - name: main
                dag:
                  tasks:
                  - {name: train, template: train, arguments: {parameters: [{name: rounds, value: "{{workflow.parameters.rounds}}"}]}}
                  - {name: evaluate, template: evaluate, depends: train}
              - name: train
                inputs: {parameters: [{name: rounds}]}
                container: {image: "trainer:1", command: [python, -m, train], args: ["{{inputs.parameters.rounds}}"]}
              - name: evaluate
                container: {image: "trainer:1", command: [python, -m, evaluate]}
            """;
        String text = (pipelines ? template : config).replace("NAME", "o" + i).replace("VALUE", String.valueOf(value));
        if (pipelines && i == 1) {
            text += "---\n" + config.replace("NAME", "beside").replace("VALUE", "0");
        }
        repository.write("overlay/o" + i + ".yaml", text);
    }

    private ObjectKey key() {
        return new ObjectKey("plumbline.dev", "PipelineSync", namespace, SYNC);
    }

    private Map<String, @Nullable Object> sync() {
        return BenchmarkObjects.sync(namespace, SYNC, repository.folder(), "overlay");
    }

    private boolean applied(String commit) throws Exception {
        Map<String, @Nullable Object> sync = cluster.get(key()).orElseThrow();
        return Tree.text(sync, "status", "appliedRevision", "commit").equals(commit);
    }
}
