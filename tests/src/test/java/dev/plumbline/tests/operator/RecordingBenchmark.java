package dev.plumbline.tests.operator;

import dev.plumbline.controller.kube.KubeCluster;
import dev.plumbline.registry.evidence.Check;
import dev.plumbline.registry.evidence.LogCheck;
import dev.plumbline.registry.evidence.StoredSync;
import dev.plumbline.registry.file.FileStores;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.keys.KeyFolder;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.registry.model.SyncId;
import dev.plumbline.registry.run.RunEntry;
import dev.plumbline.registry.run.RunJournal;
import dev.plumbline.registry.run.Verdict;
import dev.plumbline.registry.s3.S3Settings;
import dev.plumbline.registry.s3.S3Stores;
import dev.plumbline.registry.store.Stores;
import dev.plumbline.tests.parts.RealCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Measures how {@code plumbline controller}, a process of its own, keeps up with recording: Workflows and their pods are written to a
 * real API server at a steady rate, as Argo writes them, every fifth with a model whose evidence is signed. Prints Markdown.
 */
public final class RecordingBenchmark {

    private static final String SYNC = "pipelines";
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final KubeCluster cluster;
    private final int runs;
    private final double perMinute;
    private final int nodes;
    private final List<String> namespaces;
    private final RecordedLoad load;
    private final List<Long> durable = new ArrayList<>();
    private long matches;
    private final Path root;
    private final String store;
    private final GitFolder repository;

    private RecordingBenchmark(KubeCluster cluster, int runs, double perMinute, String store, int syncs, int nodes)
            throws Exception {
        this.cluster = cluster;
        this.runs = runs;
        this.perMinute = perMinute;
        this.nodes = nodes;
        this.namespaces = IntStream.range(0, syncs)
                .mapToObj(number -> syncs == 1 ? "recorded" : "recorded-" + number)
                .toList();
        this.load = new RecordedLoad(cluster, namespaces, runs, perMinute, nodes);
        this.root = Files.createTempDirectory("plumbline-recording-");
        this.store = store.isEmpty() ? root.resolve("store").toString() : store;
        this.repository = new GitFolder(root.resolve("repository"));
    }

    /** Records so many runs at so many per minute, into a bucket if one is named, of so many syncs, each of so many nodes. */
    public static void main(String[] arguments) throws Exception {
        RealCluster real = RealCluster.bare();
        real.installPlumbline();
        try (KubeCluster cluster = real.connect()) {
            int runs = Integer.parseInt(arguments[0]);
            String store = arguments.length > 2 ? arguments[2] : "";
            int syncs = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 1;
            int nodes = arguments.length > 4 ? Integer.parseInt(arguments[4]) : 1;
            new RecordingBenchmark(cluster, runs, Double.parseDouble(arguments[1]), store, syncs, nodes)
                    .measure(real.kubeconfig());
        }
        System.exit(0);
    }

    private void measure(Path kubeconfig) throws Exception {
        for (String namespace : namespaces) {
            cluster.apply(BenchmarkObjects.object("v1", "Namespace", "", namespace, Map.of()), "b", true, false);
            cluster.apply(
                    BenchmarkObjects.object("v1", "ServiceAccount", namespace, "default", Map.of()), "b", true, false);
            repository.write(namespace + "/train.yaml", RecordedLoad.TEMPLATE);
            repository.write(
                    namespace + "/kustomization.yaml", "namespace: " + namespace + "\nresources: [train.yaml]\n");
        }
        repository.commit("Begin");
        new KeyFolder(root.resolve("keys")).create(Instant.now());
        try (MeasuredProcess controller = MeasuredProcess.controller(
                        kubeconfig,
                        namespaces.getFirst(),
                        root,
                        "--watch-namespaces",
                        String.join(",", namespaces),
                        "--store",
                        store,
                        "--keys",
                        root.resolve("keys").toString());
                ApiRequests requests = new ApiRequests(kubeconfig)) {
            for (String namespace : namespaces) {
                begin(namespace);
            }
            TimeUnit.SECONDS.sleep(5);
            Map<String, Long> before = requests.byVerbAndResource();
            double cpu = controller.cpuSeconds();
            long start = System.nanoTime();
            Thread writer = Thread.ofPlatform().name("load").start(() -> load.write(start));
            long highest = follow(controller);
            writer.join();
            double seconds = (System.nanoTime() - start) / 1e9;
            cpu = controller.cpuSeconds() - cpu;
            Map<String, Long> asked = ApiRequests.since(before, requests.byVerbAndResource());
            report(asked, seconds, cpu, highest, controller.rss());
        }
    }

    private void begin(String namespace) throws Exception {
        cluster.apply(BenchmarkObjects.sync(namespace, SYNC, repository.folder(), namespace), "benchmark", true, false);
        ObjectKey key = new ObjectKey("argoproj.io", "WorkflowTemplate", namespace, "train");
        BenchmarkObjects.await(() -> cluster.get(key).isPresent());
        load.template(namespace, Tree.map(cluster.get(key).orElseThrow(), "spec"));
    }

    private Stores stores() throws Exception {
        return store.startsWith("s3:") ? S3Stores.open(S3Settings.parse(store)) : FileStores.open(Path.of(store));
    }

    /** Reads the logs of runs until all stand in them; answers the most memory that the controller had meanwhile, in MiB. */
    private long follow(MeasuredProcess controller) throws Exception {
        Stores stores = stores();
        Map<String, RunJournal> journals = new LinkedHashMap<>();
        Map<String, Long> numbers = new HashMap<>();
        for (String namespace : namespaces) {
            journals.put(namespace, new RunJournal(stores, cluster.clusterId(), new SyncId(namespace, SYNC)));
            numbers.put(namespace, 1L);
        }
        long end = System.nanoTime() + PATIENCE.toNanos() + (long) (runs / perMinute * 60e9);
        long highest = 0;
        while (durable.size() + load.failed() < runs && System.nanoTime() < end) {
            int found = 0;
            for (Map.Entry<String, RunJournal> journal : journals.entrySet()) {
                List<RunEntry> page = journal.getValue().entries(numbers.get(journal.getKey()), 500);
                take(journal.getKey(), page);
                numbers.merge(journal.getKey(), (long) page.size(), Long::sum);
                found += page.size();
            }
            if (found == 0) {
                highest = Math.max(highest, controller.rss());
                TimeUnit.MILLISECONDS.sleep(20L * namespaces.size());
            }
        }
        return highest;
    }

    private void take(String namespace, List<RunEntry> page) {
        long now = System.nanoTime();
        for (RunEntry entry : page) {
            durable.add(now - load.ended().getOrDefault(namespace + "/" + entry.name(), now));
            matches += entry.verdict() == Verdict.MATCH ? 1 : 0;
        }
    }

    private void report(Map<String, Long> asked, double seconds, double cpu, long highest, long rss) throws Exception {
        List<Long> took = durable.stream().sorted().toList();
        long writes = asked.getOrDefault("PATCH workflows", 0L)
                + asked.getOrDefault("PUT workflows", 0L)
                + asked.getOrDefault("APPLY workflows", 0L)
                + asked.getOrDefault("DELETE workflows", 0L)
                - load.ended().size();
        asked.keySet().removeIf(OperatorTest::ofTheServerItself);
        System.err.println("requests, those of the load among them: " + asked);
        System.err.println("checks: " + wrong());
        System.out.println(
                "| runs | rate of the load | recorded, with the verdict MATCH | end of a run → durable record: median,"
                        + " 95th percentile, longest | CPU of the controller | RSS: highest, at the end | writes to a"
                        + " Workflow |");
        System.out.println("|---|---|---|---|---|---|---|");
        System.out.printf(
                Locale.ROOT,
                "| %d of %d syncs, every %dth with a model, %d nodes each | %.0f/min | %d, %d, in %.0f s | %d ms, %d ms,"
                        + " %d ms | %.1f s, %.0f %% of one core | %d MiB, %d MiB | %d |%n",
                runs,
                namespaces.size(),
                RecordedLoad.MODEL_EVERY,
                nodes,
                perMinute,
                took.size(),
                matches,
                seconds,
                millis(took, 50),
                millis(took, 95),
                millis(took, 100),
                cpu,
                100 * cpu / seconds,
                highest,
                rss,
                writes);
    }

    private static long millis(List<Long> took, int percentile) {
        return took.isEmpty() ? -1 : took.get(Math.max(0, took.size() * percentile / 100 - 1)) / 1_000_000;
    }

    /** What is wrong with what was sealed; empty when all is in order. */
    private List<Check> wrong() throws Exception {
        List<Check> wrong = new ArrayList<>();
        for (String namespace : namespaces) {
            StoredSync sync = new StoredSync(cluster.clusterId(), new SyncId(namespace, SYNC));
            LogCheck.of(stores(), new KeyFolder(root.resolve("keys")).keyring(), sync, List.of()).stream()
                    .filter(check -> check.state() == Check.State.WRONG)
                    .forEach(wrong::add);
        }
        return wrong;
    }
}
