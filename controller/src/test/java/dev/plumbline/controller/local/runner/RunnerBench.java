package dev.plumbline.controller.local.runner;

import com.sun.management.HotSpotDiagnosticMXBean;
import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.local.cluster.EmbeddedCluster;
import dev.plumbline.registry.argo.NodeIds;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.JsonException;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.registry.s3.S3Buckets;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A real embedded cluster and a runner on one data folder, and short ways to run Workflows on them. */
final class RunnerBench implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(30);

    final Path data;
    final EmbeddedCluster cluster;
    final Runner runner;
    final BlockingQueue<RunEvent> events = new LinkedBlockingQueue<>();

    private RunnerBench(Path data) throws ClusterException {
        this.data = data;
        this.cluster = EmbeddedCluster.open(data.resolve("cluster"), InstantSource.system());
        this.runner = new Runner(
                cluster, cluster, data, new SystemPython(), new S3Buckets(), InstantSource.system(), events::add);
    }

    /** Opens them; the runner runs. */
    static RunnerBench open(Path data) throws ClusterException, IOException {
        RunnerBench bench = new RunnerBench(data);
        bench.runner.start();
        return bench;
    }

    /** Opens them; the runner does not run. */
    static RunnerBench idle(Path data) throws ClusterException {
        return new RunnerBench(data);
    }

    /** The interpreter of this machine, and nothing more. */
    static final class SystemPython implements StepEnvironment {

        /** A program whose start is an Error. */
        static final String WITH_ERROR = "no-such-class";

        private static final String PYTHON = find();

        @Override
        public Map<String, String> variables() {
            return Map.of("FROM_ENVIRONMENT", "yes");
        }

        @Override
        public List<String> resolve(List<String> command) {
            if (command.getFirst().equals(WITH_ERROR)) {
                throw new LinkageError("no such program");
            }
            List<String> resolved = new ArrayList<>(command);
            if (List.of("python", "python3").contains(command.getFirst())) {
                resolved.set(0, PYTHON);
            }
            return resolved;
        }

        private static String find() {
            try {
                Process python = new ProcessBuilder("python3", "-c", "import sys; print(sys.executable)").start();
                return new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }

    Map<String, @Nullable Object> create(String kind, String name, String rest) throws ClusterException, JsonException {
        boolean argo = !List.of("ConfigMap", "Secret").contains(kind);
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        object.put("apiVersion", argo ? "argoproj.io/v1alpha1" : "v1");
        object.put("kind", kind);
        object.put("metadata", new LinkedHashMap<>(Map.of("name", name, "namespace", "default")));
        Map<String, @Nullable Object> more = Json.parseObject(rest);
        Tree.map(more, "metadata").forEach((key, value) -> Tree.set(object, value, "metadata", key));
        more.remove("metadata");
        object.putAll(more);
        return cluster.create(object, "test");
    }

    /** Creates a Workflow with this spec and waits until it has ended. */
    Map<String, @Nullable Object> run(String name, String spec) throws Exception {
        create("Workflow", name, "{\"spec\": " + spec + "}");
        return await(name);
    }

    /** Waits until a Workflow has ended. */
    Map<String, @Nullable Object> await(String name) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            Map<String, @Nullable Object> workflow = workflow(name);
            if (WorkflowRun.isFinal(workflow)) {
                return workflow;
            }
            events.poll(100, TimeUnit.MILLISECONDS);
        }
        throw new AssertionError("did not end: " + Json.pretty(workflow(name).get("status")) + "\n" + threads());
    }

    /** What every thread does, virtual ones too: the first question when something hangs. */
    private static String threads() throws IOException {
        Path file = Files.createTempDirectory("threads").resolve("dump");
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                .dumpThreads(file.toString(), HotSpotDiagnosticMXBean.ThreadDumpFormat.TEXT_PLAIN);
        return Files.readString(file);
    }

    /** Waits for an event of a node. */
    RunEvent awaitNode(String node, String phase) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            RunEvent event = events.poll(1, TimeUnit.SECONDS);
            if (event != null && event.node().equals(node) && event.phase().equals(phase)) {
                return event;
            }
        }
        throw new AssertionError("no event " + node + " " + phase);
    }

    Map<String, @Nullable Object> workflow(String name) throws ClusterException {
        Optional<Map<String, @Nullable Object>> found =
                cluster.get(new ObjectKey("argoproj.io", "Workflow", "default", name));
        return found.orElseThrow();
    }

    /** The node of a run whose name is the Workflow's name and this. */
    static Map<String, @Nullable Object> node(Map<String, @Nullable Object> workflow, String rest) {
        String name = Tree.text(workflow, "metadata", "name");
        return Tree.map(workflow, "status", "nodes", NodeIds.of(name, name + rest));
    }

    static String phase(Map<String, @Nullable Object> workflow, String rest) {
        return Tree.text(node(workflow, rest), "phase");
    }

    /** The value of an output parameter of the run. */
    static @Nullable String output(Map<String, @Nullable Object> workflow, String name) {
        return Tree.string(Tree.named(name, workflow, "status", "outputs", "parameters"), "value");
    }

    String log(Map<String, @Nullable Object> workflow, String rest) throws IOException {
        String name = Tree.text(workflow, "metadata", "name");
        return Files.readString(runner.log(Tree.text(workflow, "metadata", "uid"), NodeIds.of(name, name + rest)));
    }

    @Override
    public void close() {
        runner.close();
        cluster.close();
    }
}
