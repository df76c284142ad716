package dev.plumbline.tests.benchmark;

import dev.plumbline.registry.render.Renderer;
import dev.plumbline.registry.render.Rendering;
import dev.plumbline.registry.source.Snapshot;
import dev.plumbline.registry.source.SourceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Measures rendering beside the real kustomize in one run, on the same files, and prints Markdown. Ours is warm, with a new
 * renderer and nothing kept at each run; kustomize is a program that starts. Arguments: the programs of kustomize and plumbline, and how
 * often.
 */
public final class RenderBenchmark {

    private static final int LARGE_FROM = 2_000;
    private static final int COMMANDS = 15;
    private static final double COMMAND_BAR = 400;

    private final Path work;
    private final String kustomize;
    private final int runs;

    private RenderBenchmark(Path work, String kustomize, int runs) {
        this.work = work;
        this.kustomize = kustomize;
        this.runs = runs;
    }

    /** Runs it. */
    public static void main(String[] arguments) throws Exception {
        Path work = Files.createTempDirectory("plumbline-benchmark");
        RenderBenchmark benchmark = new RenderBenchmark(work, arguments[0], Integer.parseInt(arguments[2]));
        System.out.println("| what | kustomize | CPU | runs | Plumbline | CPU | runs | ratio | held |");
        System.out.println("|---|---|---|---|---|---|---|---|---|");
        benchmark.compare("1,000 objects, 200 patches", RenderCases.mixed(1_000, 200), List.of("overlay"), 1_000);
        List<String> overlays = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            overlays.add("overlays/" + i);
        }
        benchmark.compare("50 overlays over 40 templates", RenderCases.overlays(50, 40, 10), overlays, 40);
        benchmark.compare("one small overlay, warm", RenderCases.small(), List.of("overlay"), 2);
        benchmark.compare("4,000 objects, 50 patches", RenderCases.mixed(4_000, 50), List.of("overlay"), 4_000);
        System.out.println("\n| objects, 50 patches | Plumbline | per object |\n|---|---|---|");
        for (int objects : List.of(5_000, 10_000, 20_000, 40_000)) {
            benchmark.grow(objects);
        }
        benchmark.commandLine(arguments[1]);
    }

    private void commandLine(String plumbline) throws Exception {
        try (BenchmarkRepository repository = new BenchmarkRepository(work, "command-line")) {
            repository.commit(List.of(RenderCases.small()));
            String overlay = repository.folder().resolve("overlay").toString();
            List<Double> theirs = new ArrayList<>();
            List<Double> ours = new ArrayList<>();
            // In turn, so that both see the same machine.
            for (int i = 0; i < COMMANDS; i++) {
                theirs.add(
                        Started.run(List.of(kustomize, "build", overlay), null).millis());
                ours.add(
                        Started.run(List.of(plumbline, "render", overlay), null).millis());
            }
            double median = Timing.median(ours);
            System.out.println(
                    "\n| from the command line | kustomize | Plumbline | bar | held |\n|---|---|---|---|---|");
            System.out.printf(
                    "| one small overlay, start to end | %.0f ms | %.0f ms | ≤ %.0f ms | %s |%n",
                    Timing.median(theirs), median, COMMAND_BAR, median <= COMMAND_BAR ? "yes" : "**no**");
        }
    }

    private void compare(String what, Map<String, String> files, List<String> paths, int objects) throws Exception {
        try (BenchmarkRepository repository = new BenchmarkRepository(work, "case-" + objects)) {
            repository.commit(List.of(files));
            int theirRuns = objects > LARGE_FROM ? 1 : Math.min(runs, 3);
            Timing theirs = kustomize(repository.folder(), paths, theirRuns);
            Timing ours = Timing.of(runs, runs, () -> render(repository, paths));
            double ratio = theirs.medianWall() / ours.medianWall();
            boolean good = ratio >= 10 && (objects <= LARGE_FROM || ours.medianWall() <= 1_000);
            System.out.printf(
                    "| %s | %.0f ms | %.0f ms | %d | %.1f ms | %.1f ms | %d | %.0f × | %s |%n",
                    what,
                    theirs.medianWall(),
                    theirs.medianCpu(),
                    theirRuns,
                    ours.medianWall(),
                    ours.medianCpu(),
                    runs,
                    ratio,
                    good ? "yes" : "**no**");
        }
    }

    private void grow(int objects) throws Exception {
        try (BenchmarkRepository repository = new BenchmarkRepository(work, "grow-" + objects)) {
            repository.commit(List.of(RenderCases.mixed(objects, 50)));
            Timing ours = Timing.of(2, 3, () -> render(repository, List.of("overlay")));
            System.out.printf("| %,d | %.0f ms | %.3f ms |%n", objects, ours.medianWall(), ours.medianWall() / objects);
        }
    }

    private static int render(BenchmarkRepository repository, List<String> paths) throws SourceException {
        Snapshot snapshot = repository.head();
        Renderer renderer = new Renderer();
        int objects = 0;
        for (String path : paths) {
            Rendering rendering = renderer.render(snapshot, path);
            if (rendering.broken()) {
                throw new IllegalStateException(rendering.findings().toString());
            }
            objects += rendering.objects().size();
        }
        return objects;
    }

    private Timing kustomize(Path folder, List<String> paths, int times) throws IOException, InterruptedException {
        List<Double> wall = new ArrayList<>();
        List<Double> cpu = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            StringBuilder commands = new StringBuilder("TIMEFORMAT='%R %U %S'; time {\n");
            paths.forEach(path -> commands.append(kustomize)
                    .append(" build ")
                    .append(folder.resolve(path))
                    .append(" >/dev/null || exit 1\n"));
            Process process = new ProcessBuilder(
                            "bash", "-c", commands.append("}").toString())
                    .redirectErrorStream(true)
                    .start();
            String output =
                    new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException("kustomize failed: " + output);
            }
            String[] lines = output.strip().split("\n", -1);
            String[] seconds = lines[lines.length - 1].split(" ", -1);
            wall.add(Double.parseDouble(seconds[0]) * 1_000);
            cpu.add((Double.parseDouble(seconds[1]) + Double.parseDouble(seconds[2])) * 1_000);
        }
        return new Timing(wall, cpu);
    }
}
