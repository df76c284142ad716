package dev.plumbline.tests.benchmark;

import dev.plumbline.registry.blame.Timelines;
import dev.plumbline.registry.render.Renderer;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** Measures what the next commit costs, in rendering 5,000 pipelines and in blame of 1,000 commits, and prints Markdown. */
public final class NextCommitBenchmark {

    private static final int PIPELINES = 5_000;
    private static final int COMMITS = 1_000;
    private static final int OBJECTS = 500;
    private static final int WARM_UPS = 20;
    private static final int MEASURED = 30;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private NextCommitBenchmark() {}

    /** Wall and thread CPU milliseconds of each. */
    private record Times(List<Double> wall, List<Double> cpu) {

        Times() {
            this(new ArrayList<>(), new ArrayList<>());
        }

        void measure(boolean counts, Callable<?> work) throws Exception {
            long cpuBegun = THREADS.getCurrentThreadCpuTime();
            long begun = System.nanoTime();
            work.call();
            if (counts) {
                wall.add((System.nanoTime() - begun) / 1e6);
                cpu.add((THREADS.getCurrentThreadCpuTime() - cpuBegun) / 1e6);
            }
        }

        void row(String what, double bar) {
            double median = Timing.median(wall);
            System.out.printf(
                    "| %s | median %.1f ms, 95th percentile %.1f ms | median %.1f ms | ≤ %.0f ms | %s |%n",
                    what, median, Timing.percentile95(wall), Timing.median(cpu), bar, median <= bar ? "yes" : "**no**");
        }
    }

    /** Runs it. */
    public static void main(String[] arguments) throws Exception {
        Path work = Files.createTempDirectory("plumbline-benchmark");
        System.out.println("| what | wall | CPU of the thread | bar | held |\n|---|---|---|---|---|");
        render(work);
        blame(work);
    }

    private static void render(Path work) throws Exception {
        try (BenchmarkRepository repository = new BenchmarkRepository(work, "pipelines")) {
            repository.commit(List.of(RenderCases.pipelines(PIPELINES)));
            Renderer renderer = new Renderer();
            renderer.render(repository.head(), "overlay");
            Times templates = new Times();
            Times steps = new Times();
            for (int i = 0; i < WARM_UPS + MEASURED; i++) {
                String folder = "pipelines/pipeline-" + i * 7 + "/";
                boolean counts = i >= WARM_UPS;
                repository.commit(List.of(
                        Map.of(folder + "template.yaml", RenderCases.template("pipeline-" + i * 7, "new" + i, 3))));
                templates.measure(counts, () -> renderer.render(repository.head(), "overlay"));
                repository.commit(List.of(Map.of(folder + "steps/step.py", "print(" + i + ")\n")));
                steps.measure(counts, () -> renderer.render(repository.head(), "overlay"));
            }
            templates.row("next commit, one template of 5,000 pipelines (10,000 objects) changed", 50);
            steps.row("next commit, the step code of one of them changed", 50);
        }
    }

    private static void blame(Path work) throws Exception {
        try (BenchmarkRepository repository = new BenchmarkRepository(work, "blame")) {
            List<Map<String, String>> commits = new ArrayList<>();
            commits.add(RenderCases.overlays(1, OBJECTS, 2));
            for (int i = 1; i < COMMITS; i++) {
                commits.add(change(i * 7 % OBJECTS, "team-" + i));
            }
            repository.commit(commits);
            Timelines timelines = new Timelines(repository.repository(), new Renderer());
            Times first = new Times();
            first.measure(true, () -> blame(timelines, repository));
            first.row("blame of 1,000 commits × 500 objects, first answer", 5_000);
            Times next = new Times();
            for (int i = 0; i < MEASURED; i++) {
                repository.commit(List.of(change(i, "new-" + i)));
                next.measure(true, () -> blame(timelines, repository));
            }
            next.row("blame, each next commit", 100);
        }
    }

    private static Map<String, String> change(int template, String team) {
        return Map.of("base/template-" + template + ".yaml", RenderCases.template("pipeline-" + template, team, 2));
    }

    private static int blame(Timelines timelines, BenchmarkRepository repository) throws Exception {
        return timelines
                .of(repository.commits().getLast(), "overlays/0", COMMITS)
                .blame()
                .size();
    }
}
