package dev.plumbline.tests.operator;

import dev.plumbline.controller.kube.KubeCluster;
import dev.plumbline.registry.evidence.Check;
import dev.plumbline.registry.evidence.LogCheck;
import dev.plumbline.registry.evidence.StoredSync;
import dev.plumbline.registry.file.FileStores;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.keys.KeyFolder;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.model.Digest;
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
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Measures how {@code plumbline controller}, a process of its own, keeps up with recording: Workflows and their pods are written to a
 * real API server at a steady rate, as Argo writes them, every fifth with a model whose evidence is signed. Prints Markdown.
 */
public final class RecordingBenchmark {

    private static final String NAMESPACE = "recorded";
    private static final String SYNC = "pipelines";
    private static final int MODEL_EVERY = 5;
    private static final Duration GOES_ON = Duration.ofSeconds(3);
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final String TEMPLATE = """
        apiVersion: argoproj.io/v1alpha1
        kind: WorkflowTemplate
        metadata: {name: train}
        spec:
          entrypoint: train
          arguments: {parameters: [{name: rounds, value: "10"}]}
          templates:
          - name: train
            container: {image: "example/train:1", command: [train], args: ["--rounds", "{{workflow.parameters.rounds}}"]}
            outputs: {parameters: [{name: model-name, valueFrom: {path: /tmp/name}}]}
        """;

    private final KubeCluster cluster;
    private final int runs;
    private final double perMinute;
    private final Map<String, Long> ended = new ConcurrentHashMap<>();
    private final List<Long> durable = new ArrayList<>();
    private final AtomicInteger failed = new AtomicInteger();
    private final Path root;
    private final String store;
    private final GitFolder repository;
    private Map<String, @Nullable Object> template = Map.of();

    private RecordingBenchmark(KubeCluster cluster, int runs, double perMinute, String store) throws Exception {
        this.cluster = cluster;
        this.runs = runs;
        this.perMinute = perMinute;
        this.root = Files.createTempDirectory("plumbline-recording-");
        this.store = store.isEmpty() ? root.resolve("store").toString() : store;
        this.repository = new GitFolder(root.resolve("repository"));
    }

    /** Records so many runs at so many per minute, into a bucket if one is named. */
    public static void main(String[] arguments) throws Exception {
        RealCluster real = RealCluster.bare();
        real.installPlumbline();
        try (KubeCluster cluster = real.connect()) {
            int runs = Integer.parseInt(arguments[0]);
            String store = arguments.length > 2 ? arguments[2] : "";
            new RecordingBenchmark(cluster, runs, Double.parseDouble(arguments[1]), store).measure(real.kubeconfig());
        }
        System.exit(0);
    }

    private void measure(Path kubeconfig) throws Exception {
        cluster.apply(BenchmarkObjects.object("v1", "Namespace", "", NAMESPACE, Map.of()), "benchmark", true, false);
        cluster.apply(
                BenchmarkObjects.object("v1", "ServiceAccount", NAMESPACE, "default", Map.of()), "b", true, false);
        repository.write("overlay/train.yaml", TEMPLATE);
        repository.write("overlay/kustomization.yaml", "namespace: " + NAMESPACE + "\nresources: [train.yaml]\n");
        repository.commit("Begin");
        new KeyFolder(root.resolve("keys")).create(Instant.now());
        try (MeasuredProcess controller = MeasuredProcess.controller(
                        kubeconfig,
                        NAMESPACE,
                        root,
                        "--store",
                        store,
                        "--keys",
                        root.resolve("keys").toString());
                ApiRequests requests = new ApiRequests(kubeconfig)) {
            cluster.apply(
                    BenchmarkObjects.sync(NAMESPACE, SYNC, repository.folder(), "overlay"), "benchmark", true, false);
            ObjectKey key = new ObjectKey("argoproj.io", "WorkflowTemplate", NAMESPACE, "train");
            BenchmarkObjects.await(() -> cluster.get(key).isPresent());
            template = Tree.map(cluster.get(key).orElseThrow(), "spec");
            TimeUnit.SECONDS.sleep(5);
            Map<String, Long> before = requests.byVerbAndResource();
            double cpu = controller.cpuSeconds();
            long start = System.nanoTime();
            Thread load = Thread.ofPlatform().name("load").start(() -> load(start));
            RunJournal journal = journal();
            long highest = follow(journal, controller);
            load.join();
            double seconds = (System.nanoTime() - start) / 1e9;
            cpu = controller.cpuSeconds() - cpu;
            Map<String, Long> asked = ApiRequests.since(before, requests.byVerbAndResource());
            report(journal, asked, seconds, cpu, highest, controller.rss());
        }
    }

    /** Workflows begin at a steady rate, and each ends some seconds later. */
    private void load(long start) {
        double period = 60e9 / perMinute;
        try (ExecutorService workers = Executors.newFixedThreadPool(24)) {
            for (int i = 0; i < runs + GOES_ON.toNanos() / period; i++) {
                long due = start + (long) (i * period);
                TimeUnit.NANOSECONDS.sleep(Math.max(0, due - System.nanoTime()));
                int begins = i;
                int ends = (int) (i - GOES_ON.toNanos() / period);
                if (begins < runs) {
                    workers.execute(() -> tried(() -> begin(begins)));
                }
                if (ends >= 0 && ends < runs) {
                    workers.execute(() -> tried(() -> end(ends)));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tried(Write write) {
        try {
            write.run();
        } catch (Exception e) {
            failed.incrementAndGet();
            System.err.println("a write of the load failed: " + e.getMessage());
        }
    }

    private interface Write {
        void run() throws Exception;
    }

    private void begin(int number) throws Exception {
        String name = "train-" + number;
        String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
        Map<String, @Nullable Object> run = Json.parseObject("""
            {"apiVersion": "argoproj.io/v1alpha1", "kind": "Workflow",
             "metadata": {"name": "%1$s", "namespace": "%2$s", "labels": {"workflows.argoproj.io/phase": "Running"}},
             "spec": {"workflowTemplateRef": {"name": "train"}},
             "status": {"phase": "Running", "startedAt": "%3$s", "progress": "0/1",
               "artifactRepositoryRef": {"default": true, "artifactRepository": {}},
               "nodes": {"%1$s": {"id": "%1$s", "name": "%1$s", "displayName": "%1$s", "type": "Pod", "progress": "0/1",
                 "templateName": "train", "templateScope": "local/%1$s", "phase": "Running", "startedAt": "%3$s"}}}}
            """.formatted(name, NAMESPACE, now));
        Map<String, @Nullable Object> stored = Tree.copy(template);
        Tree.set(stored, "train", "workflowTemplateRef", "name");
        Tree.set(run, stored, "status", "storedWorkflowTemplateSpec");
        String uid = Tree.text(cluster.create(run, "argo"), "metadata", "uid");
        Map<String, @Nullable Object> pod = Json.parseObject("""
            {"apiVersion": "v1", "kind": "Pod",
             "metadata": {"name": "%1$s", "namespace": "%2$s",
               "labels": {"workflows.argoproj.io/workflow": "%1$s", "workflows.argoproj.io/completed": "false"},
               "annotations": {"workflows.argoproj.io/node-id": "%1$s", "workflows.argoproj.io/node-name": "%1$s"},
               "ownerReferences": [{"apiVersion": "argoproj.io/v1alpha1", "kind": "Workflow", "name": "%1$s",
                 "uid": "%3$s", "controller": true}]},
             "spec": {"restartPolicy": "Never", "automountServiceAccountToken": false, "containers": [
               {"name": "main", "image": "example/train:1",
                "command": ["/var/run/argo/argoexec", "emissary", "--", "train"], "args": ["--rounds", "10"]}]}}
            """.formatted(name, NAMESPACE, uid));
        Map<String, @Nullable Object> made = cluster.create(pod, "argo");
        Map<String, @Nullable Object> status =
                Json.parseObject("""
                    {"phase": "Running", "startTime": "%s", "containerStatuses": [
                      {"name": "main", "image": "example/train:1", "imageID": "registry.example/train@%s", "ready": true,
                       "restartCount": 0, "state": {"running": {"startedAt": "%1$s"}}}]}
                    """.formatted(now, Digest.of("train").value()));
        cluster.status(Manifest.keyOf(made), Tree.text(made, "metadata", "uid"), status, "kubelet");
    }

    private void end(int number) throws Exception {
        String name = "train-" + number;
        String outputs = number % MODEL_EVERY == 0
                ? ", \"outputs\": {\"parameters\": [{\"name\": \"model-name\", \"value\": \"churn\"},"
                        + " {\"name\": \"model-version\", \"value\": \"" + number + "\"}]}"
                : "";
        Map<String, @Nullable Object> patch =
                Json.parseObject("""
                    {"metadata": {"labels": {"workflows.argoproj.io/completed": "true", "workflows.argoproj.io/phase": "Succeeded"}},
                     "status": {"phase": "Succeeded", "finishedAt": "%2$s", "progress": "1/1"%3$s,
                       "nodes": {"%1$s": {"phase": "Succeeded", "progress": "1/1", "finishedAt": "%2$s", "hostNodeName": "node"}}}}
                    """.formatted(name, Instant.now().truncatedTo(ChronoUnit.SECONDS), outputs));
        ended.put(name, System.nanoTime());
        cluster.mergePatch(new ObjectKey("argoproj.io", "Workflow", NAMESPACE, name), patch, "argo");
    }

    private Stores stores() throws Exception {
        return store.startsWith("s3:") ? S3Stores.open(S3Settings.parse(store)) : FileStores.open(Path.of(store));
    }

    private RunJournal journal() throws Exception {
        return new RunJournal(stores(), cluster.clusterId(), new SyncId(NAMESPACE, SYNC));
    }

    /** Reads the log of runs until all stand in it; answers the most memory that the controller had meanwhile, in MiB. */
    private long follow(RunJournal journal, MeasuredProcess controller) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos() + (long) (runs / perMinute * 60e9);
        long number = 1;
        long highest = 0;
        while (durable.size() + failed.get() < runs && System.nanoTime() < end) {
            List<RunEntry> page = journal.entries(number, 500);
            long now = System.nanoTime();
            for (RunEntry entry : page) {
                durable.add(now - ended.getOrDefault(entry.name(), now));
            }
            number += page.size();
            if (page.isEmpty()) {
                highest = Math.max(highest, controller.rss());
                TimeUnit.MILLISECONDS.sleep(20);
            }
        }
        return highest;
    }

    private void report(RunJournal journal, Map<String, Long> asked, double seconds, double cpu, long highest, long rss)
            throws Exception {
        List<Long> took = durable.stream().sorted().toList();
        long matches = journal.entries(1, runs).stream()
                .filter(entry -> entry.verdict() == Verdict.MATCH)
                .count();
        long writes = asked.getOrDefault("PATCH workflows", 0L)
                + asked.getOrDefault("PUT workflows", 0L)
                + asked.getOrDefault("APPLY workflows", 0L)
                + asked.getOrDefault("DELETE workflows", 0L)
                - ended.size();
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
                "| %d, every %dth with a model | %.0f/min | %d, %d, in %.0f s | %d ms, %d ms, %d ms | %.1f s, %.0f %%"
                        + " of one core | %d MiB, %d MiB | %d |%n",
                runs,
                MODEL_EVERY,
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
        StoredSync sync = new StoredSync(cluster.clusterId(), new SyncId(NAMESPACE, SYNC));
        return LogCheck.of(stores(), new KeyFolder(root.resolve("keys")).keyring(), sync, List.of()).stream()
                .filter(check -> check.state() == Check.State.WRONG)
                .toList();
    }
}
