package dev.plumbline.tests.benchmark;

import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.local.cluster.EmbeddedCluster;
import dev.plumbline.controller.local.runner.Runner;
import dev.plumbline.controller.local.runner.StepEnvironment;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.registry.s3.S3Buckets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Measures what the embedded runner adds to each step, in a chain of steps that do nothing, and prints Markdown. What the same
 * command takes as a child of this JVM is measured beside it and taken off; the interpreter that starts a step's session is the
 * runner's own, and counts.
 */
public final class RunnerBenchmark {

    private static final int STEPS = 40;
    private static final int WARM_UPS = 3;
    private static final int RUNS = 5;
    private static final double BAR = 50;

    private RunnerBenchmark() {}

    /**
     * The programs of this machine as they are.
     *
     * @param python the interpreter itself, not a script that looks for one
     */
    private record Plain(String python) implements StepEnvironment {

        @Override
        public Map<String, String> variables() {
            return Map.of();
        }

        @Override
        public List<String> resolve(List<String> command) {
            return command.getFirst().equals("python3") ? List.of(python) : command;
        }
    }

    /** Runs it with the interpreter that is named. */
    public static void main(String[] arguments) throws Exception {
        Path data = Files.createTempDirectory("plumbline-runner-benchmark");
        try (EmbeddedCluster cluster = EmbeddedCluster.open(data.resolve("cluster"), InstantSource.system());
                Runner runner = new Runner(
                        cluster,
                        cluster,
                        data,
                        new Plain(arguments.length == 0 ? "python3" : arguments[0]),
                        new S3Buckets(),
                        InstantSource.system(),
                        _ -> {})) {
            runner.start();
            int[] number = {0};
            Timing chain = Timing.of(WARM_UPS, RUNS, () -> run(cluster, "chain-" + number[0]++));
            Timing child = Timing.of(
                    WARM_UPS * STEPS,
                    RUNS * STEPS,
                    () -> new ProcessBuilder("true").start().waitFor());
            double each = chain.medianWall() / STEPS - child.medianWall();
            System.out.printf(
                    "| a chain of %d steps | %s |%n| the command alone | %s |%n"
                            + "| overhead per step | %.1f ms, bar %.0f ms, %s |%n",
                    STEPS, chain, child, each, BAR, each <= BAR ? "held" : "**not held**");
        }
    }

    private static String run(EmbeddedCluster cluster, String name) throws Exception {
        List<String> tasks = new ArrayList<>();
        for (int i = 0; i < STEPS; i++) {
            tasks.add("{\"name\": \"s%d\", \"template\": \"nothing\"%s}"
                    .formatted(i, i == 0 ? "" : ", \"depends\": \"s" + (i - 1) + "\""));
        }
        cluster.create(Json.parseObject("""
                        {"apiVersion": "argoproj.io/v1alpha1", "kind": "Workflow",
                         "metadata": {"name": "%s", "namespace": "default"},
                         "spec": {"entrypoint": "main", "templates": [{"name": "main", "dag": {"tasks": [%s]}},
                           {"name": "nothing", "container": {"image": "i", "command": ["true"]}}]}}
                        """.formatted(name, String.join(", ", tasks))), "benchmark");
        ObjectKey key = new ObjectKey("argoproj.io", "Workflow", "default", name);
        while (true) {
            String phase = Tree.text(cluster.get(key).orElseThrow(), "status", "phase");
            if (phase.equals("Succeeded")) {
                return phase;
            }
            if (phase.equals("Failed") || phase.equals("Error")) {
                throw new ClusterException(ClusterException.Reason.INVALID, key, "the chain ended " + phase);
            }
            Thread.sleep(1);
        }
    }
}
