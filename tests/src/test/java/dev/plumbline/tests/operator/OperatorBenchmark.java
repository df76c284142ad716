package dev.plumbline.tests.operator;

import dev.plumbline.controller.cli.Main;
import dev.plumbline.controller.kube.KubeCluster;
import dev.plumbline.controller.live.Selection;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.tests.parts.RealCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Measures {@code plumbline controller} in a process of its own on a real API server without other controllers: N syncs of four objects
 * each, from their creation until all are ready; what is asked when nothing changes; one commit. Beside it the same objects applied
 * by a bare client, 32 at a time. Prints rows of Markdown.
 */
public final class OperatorBenchmark {

    private static final int AT_ONCE = 32;
    private static final int COMMITS = 20;
    private static final Duration PATIENCE = Duration.ofMinutes(15);
    private static final String READY = "True/Applied";

    private final RealCluster real;
    private final KubeCluster cluster;
    private final Path root;
    private final String namespace;
    private final int syncs;
    private final GitFolder repository;

    private OperatorBenchmark(RealCluster real, KubeCluster cluster, Path root, int syncs) throws Exception {
        this.real = real;
        this.cluster = cluster;
        this.root = root;
        this.syncs = syncs;
        this.namespace = "bench-" + syncs;
        this.repository = new GitFolder(root.resolve("repository"));
    }

    /** Runs it for each number of syncs given. */
    public static void main(String[] arguments) throws Exception {
        RealCluster real = RealCluster.bare();
        real.installPlumbline();
        System.out.println(
                "| syncs × 4 objects | all ready after | objects/s | a bare client, objects/s | CPU | RSS |"
                        + " requests per sync | requests in 30 s without a change | commit → ready, median and 95th percentile |");
        System.out.println("|---|---|---|---|---|---|---|---|---|");
        try (KubeCluster cluster = real.connect()) {
            for (String number : arguments) {
                Path root = Files.createTempDirectory("plumbline-benchmark-");
                System.out.println(new OperatorBenchmark(real, cluster, root, Integer.parseInt(number)).row());
            }
        }
        System.exit(0);
    }

    private String prepare() throws Exception {
        apply(BenchmarkObjects.object("v1", "Namespace", "", namespace, Map.of()));
        apply(BenchmarkObjects.object("v1", "Namespace", "", namespace + "-bare", Map.of()));
        for (int i = 0; i < syncs; i++) {
            repository.write(
                    "overlays/o" + i + "/kustomization.yaml", "namespace: " + namespace + "\nresources: [all.yaml]\n");
            repository.write("overlays/o" + i + "/all.yaml", BenchmarkObjects.manifests("o" + i, 1));
        }
        return repository.commit("Begin");
    }

    private String row() throws Exception {
        String commit = prepare();
        double bare = bare();
        Process controller = controller();
        try (ApiRequests requests = new ApiRequests(real.kubeconfig())) {
            Map<String, Long> before = requests.byVerbAndResource();
            long start = System.nanoTime();
            each(IntStream.range(0, syncs).mapToObj(this::sync).toList());
            awaitReady(commit);
            double seconds = (System.nanoTime() - start) / 1e9;
            double cpu = cpuSeconds(controller);
            long made = total(ApiRequests.since(before, requests.byVerbAndResource()));
            TimeUnit.SECONDS.sleep(3);
            Map<String, Long> quiet = requests.byVerbAndResource();
            TimeUnit.SECONDS.sleep(30);
            Map<String, Long> asked = ApiRequests.since(quiet, requests.byVerbAndResource());
            asked.keySet().removeIf(OperatorTest::ofTheServerItself);
            List<Long> took = commits();
            return String.format(
                    Locale.ROOT,
                    "| %d | %.1f s | %.0f | %.0f | %.1f s | %d MiB | %.1f | %d %s | %d ms, %d ms |",
                    syncs,
                    seconds,
                    syncs * 4 / seconds,
                    bare,
                    cpu,
                    rss(controller),
                    (double) (made - syncs) / syncs,
                    total(asked),
                    asked.isEmpty() ? "" : asked.toString(),
                    took.get(took.size() / 2),
                    took.get(took.size() * 95 / 100));
        } finally {
            controller.destroy();
            controller.waitFor(30, TimeUnit.SECONDS);
        }
    }

    private List<Long> commits() throws Exception {
        List<Long> took = new ArrayList<>();
        for (int i = 0; i < COMMITS; i++) {
            repository.write("overlays/o0/all.yaml", BenchmarkObjects.manifests("o0", i + 2));
            String commit = repository.commit("Change " + i);
            long start = System.nanoTime();
            Map<String, @Nullable Object> patch = new LinkedHashMap<>();
            Tree.set(patch, commit, "metadata", "annotations", "plumbline.dev/sync-requested");
            cluster.mergePatch(key("o0"), patch, "benchmark");
            await(() -> ready("o0", commit));
            took.add((System.nanoTime() - start) / 1_000_000);
        }
        took.sort(null);
        return took;
    }

    private ObjectKey key(String name) {
        return new ObjectKey("plumbline.dev", "PipelineSync", namespace, name);
    }

    private boolean ready(String name, String commit) throws Exception {
        return cluster.get(key(name)).filter(sync -> isReady(sync, commit)).isPresent();
    }

    private static boolean isReady(Map<String, @Nullable Object> sync, String commit) {
        return Tree.text(sync, "status", "observedCommit").equals(commit)
                && Tree.maps(sync, "status", "conditions").stream()
                        .anyMatch(one -> READY.equals(one.get("status") + "/" + one.get("reason"))
                                && "Ready".equals(one.get("type")));
    }

    private void awaitReady(String commit) throws Exception {
        await(() -> cluster.list(Selection.of("plumbline.dev", "PipelineSync", namespace)).items().stream()
                        .filter(sync -> isReady(sync, commit))
                        .count()
                == syncs);
    }

    private static void await(OperatorDesk.Condition condition) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("it did not come within " + PATIENCE);
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    /** What a client reaches that does nothing but apply the same objects. */
    private double bare() throws Exception {
        List<Map<String, @Nullable Object>> objects = new ArrayList<>();
        for (int i = 0; i < syncs; i++) {
            objects.addAll(BenchmarkObjects.four("o" + i, namespace + "-bare"));
        }
        long start = System.nanoTime();
        each(objects);
        return objects.size() / ((System.nanoTime() - start) / 1e9);
    }

    private void each(List<Map<String, @Nullable Object>> objects) throws Exception {
        Semaphore room = new Semaphore(AT_ONCE);
        List<Future<?>> futures = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Map<String, @Nullable Object> object : objects) {
                futures.add(threads.submit(() -> {
                    room.acquire();
                    try {
                        return cluster.apply(object, "benchmark", true, false);
                    } finally {
                        room.release();
                    }
                }));
            }
        }
        for (Future<?> future : futures) {
            future.get();
        }
    }

    private Process controller() throws Exception {
        List<String> command = List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:+UseSerialGC",
                "-Xms16m",
                "-XX:+UseCompactObjectHeaders",
                "-Xmx512m",
                "-XX:MinHeapFreeRatio=10",
                "-XX:MaxHeapFreeRatio=30",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "controller",
                "--kubeconfig",
                real.kubeconfig().toString(),
                "-n",
                namespace,
                "--watch-namespaces",
                namespace,
                "--store",
                root.resolve("store").toString(),
                "--mirrors",
                root.resolve("mirrors").toString(),
                "--port",
                "0",
                "--allow-own-rights",
                "--allow-local-repositories");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(root.resolve("controller.log").toFile())
                .start();
        await(() -> Files.readString(root.resolve("controller.log")).contains("leads (term"));
        return process;
    }

    private static double cpuSeconds(Process process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO).toMillis() / 1e3;
    }

    private static long rss(Process process) throws Exception {
        return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .sum();
    }

    private static long total(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    private Map<String, @Nullable Object> sync(int i) {
        return BenchmarkObjects.object(
                "plumbline.dev/v1alpha1",
                "PipelineSync",
                namespace,
                "o" + i,
                Map.of(
                        "spec",
                        Map.of(
                                "source",
                                Map.of("url", repository.folder().toString()),
                                "path",
                                "overlays/o" + i,
                                "interval",
                                "10s")));
    }

    private void apply(Map<String, @Nullable Object> object) throws Exception {
        cluster.apply(object, "benchmark", true, false);
    }
}
