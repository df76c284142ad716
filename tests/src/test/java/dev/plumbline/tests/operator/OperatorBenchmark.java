package dev.plumbline.tests.operator;

import dev.plumbline.controller.kube.KubeCluster;
import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.live.Selection;
import dev.plumbline.controller.live.Watch;
import dev.plumbline.controller.live.WatchListener;
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
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Measures {@code plumbline controller} in a process of its own on a real API server without other controllers: N syncs of four objects
 * each, from their creation until all are ready; what is asked when nothing changes; one commit. Right before, the same objects are
 * applied by the {@link BareClient}, over 8, 32 and 64 connections, each time as new ones. Prints Markdown.
 */
public final class OperatorBenchmark {

    private static final int AT_ONCE = 32;
    private static final int[] CONNECTIONS = {8, 32, 64};
    private static final int COMMITS = 20;
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
                "| syncs × 4 objects | all ready after | objects/s | writes/s | a bare client, writes/s by connections |"
                        + " CPU | RSS at the end, highest | requests per sync | requests in 30 s without a change |"
                        + " commit → ready, median and 95th percentile of " + COMMITS + " |");
        System.out.println("|---|---|---|---|---|---|---|---|---|---|");
        List<FluxPeer> peers = new ArrayList<>();
        try (KubeCluster cluster = real.connect()) {
            for (String number : arguments) {
                Path root = Files.createTempDirectory("plumbline-benchmark-");
                OperatorBenchmark ours = new OperatorBenchmark(real, cluster, root, Integer.parseInt(number));
                System.out.println(ours.row());
                peers.add(new FluxPeer(real, cluster, ours.repository, ours.syncs, ours::each));
            }
            flux(peers);
        }
        System.exit(0);
    }

    private static void flux(List<FluxPeer> peers) throws Exception {
        String part = RealCluster.part("flux").getFileName().toString().replaceAll("-[0-9a-f]+$", "");
        System.out.println("\nThe same with Flux's kustomize-controller (" + part + "), 20 workers:\n");
        System.out.println("| Kustomizations × 4 objects | all ready after | objects/s | CPU | highest RSS |"
                + " requests per Kustomization | the same when nothing changed |");
        System.out.println("|---|---|---|---|---|---|---|");
        for (FluxPeer peer : peers) {
            System.out.println(peer.row(Files.createTempDirectory("plumbline-flux-")));
        }
    }

    private String prepare() throws Exception {
        apply(BenchmarkObjects.object("v1", "Namespace", "", namespace, Map.of()));
        for (int i = 0; i < syncs; i++) {
            repository.write(
                    "overlays/o" + i + "/kustomization.yaml", "namespace: " + namespace + "\nresources: [all.yaml]\n");
            repository.write("overlays/o" + i + "/all.yaml", BenchmarkObjects.manifests("o" + i, 1));
        }
        return repository.commit("Begin");
    }

    private String row() throws Exception {
        String commit = prepare();
        String bare = bare();
        try (MeasuredProcess controller = MeasuredProcess.controller(real.kubeconfig(), namespace, root);
                ApiRequests requests = new ApiRequests(real.kubeconfig())) {
            Map<String, Long> before = requests.byVerbAndResource();
            long start = System.nanoTime();
            makeAll(commit);
            double seconds = (System.nanoTime() - start) / 1e9;
            double cpu = controller.cpuSeconds();
            Map<String, Long> since = asked(before, requests);
            long writes = since.entrySet().stream()
                    .filter(one -> !one.getKey().matches("(GET|LIST) .*"))
                    .mapToLong(Map.Entry::getValue)
                    .sum();
            System.err.println(syncs + " syncs, requests: " + since);
            TimeUnit.SECONDS.sleep(3);
            Map<String, Long> quiet = requests.byVerbAndResource();
            TimeUnit.SECONDS.sleep(30);
            Map<String, Long> asked = ApiRequests.since(quiet, requests.byVerbAndResource());
            asked.keySet().removeIf(OperatorTest::ofTheServerItself);
            List<Long> took = commits();
            return String.format(
                    Locale.ROOT,
                    "| %d | %.1f s | %.0f | %.0f | %s | %.1f s | %d MiB, %d MiB | %.1f | %d %s | %d ms, %d ms |",
                    syncs,
                    seconds,
                    syncs * 4 / seconds,
                    writes / seconds,
                    bare,
                    cpu,
                    controller.rss(),
                    controller.highest(),
                    (double) ApiRequests.total(since) / syncs,
                    ApiRequests.total(asked),
                    asked.isEmpty() ? "" : asked.toString(),
                    took.get(took.size() / 2),
                    took.get(took.size() * 95 / 100));
        }
    }

    /** What was asked since then, without what this benchmark asks; the server's few requests to itself are in it. */
    private Map<String, Long> asked(Map<String, Long> before, ApiRequests requests) {
        Map<String, Long> since = ApiRequests.since(before, requests.byVerbAndResource());
        since.merge("APPLY pipelinesyncs", (long) -syncs, Long::sum); // Ours.
        since.keySet().removeIf(asked -> asked.startsWith("LIST pipelinesyncs")); // Ours.
        return since;
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
            BenchmarkObjects.await(() -> ready("o0", commit));
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

    /** Makes all syncs and waits, by one watch, until each is ready. */
    private void makeAll(String commit) throws Exception {
        Selection all = Selection.of("plumbline.dev", "PipelineSync", namespace);
        Set<String> ready = ConcurrentHashMap.newKeySet();
        WatchListener listener = new WatchListener() {
            @Override
            public void changed(Type type, Map<String, @Nullable Object> sync) {
                if (isReady(sync, commit)) {
                    ready.add(Tree.text(sync, "metadata", "name"));
                }
            }

            @Override
            public void ended(ClusterException why) {
                throw new IllegalStateException("the benchmark's own watch ended", why);
            }
        };
        try (Watch watch = cluster.watch(all, cluster.list(all).resourceVersion(), listener)) {
            each(IntStream.range(0, syncs).mapToObj(this::sync).toList());
            BenchmarkObjects.await(() -> ready.size() == syncs);
        }
    }

    private String bare() throws Exception {
        List<String> found = new ArrayList<>();
        for (int connections : CONNECTIONS) {
            String where = namespace + "-bare-" + connections;
            apply(BenchmarkObjects.object("v1", "Namespace", "", where, Map.of()));
            found.add(String.format(
                    Locale.ROOT, "%d: %.0f", connections, BareClient.apply(real, where, syncs, connections)));
        }
        return String.join(", ", found);
    }

    void each(List<Map<String, @Nullable Object>> objects) throws Exception {
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

    private Map<String, @Nullable Object> sync(int i) {
        return BenchmarkObjects.sync(namespace, "o" + i, repository.folder(), "overlays/o" + i);
    }

    private void apply(Map<String, @Nullable Object> object) throws Exception {
        cluster.apply(object, "benchmark", true, false);
    }
}
