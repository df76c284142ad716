package dev.plumbline.tests.benchmark;

import dev.plumbline.controller.cli.AllCores;
import dev.plumbline.registry.file.FolderSnapshot;
import dev.plumbline.registry.lint.LintOptions;
import dev.plumbline.registry.lint.LintReport;
import dev.plumbline.registry.lint.Linter;
import dev.plumbline.registry.release.ObjectChecks;
import dev.plumbline.registry.release.Release;
import dev.plumbline.registry.release.Releases;
import dev.plumbline.registry.render.Renderer;
import dev.plumbline.registry.render.Rendering;
import dev.plumbline.registry.validate.LongTemplate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Measures lint of 1,000 templates beside Argo's own lint of the same files, and after a change of one; prints Markdown. */
public final class LintBenchmark {

    private static final int TEMPLATES = 1_000;
    private static final int WARM_UPS = 10;
    private static final int MEASURED = 30;
    private static final double COLD_BAR = 2_000;
    private static final double CHANGE_BAR = 200;
    private static final double MEMORY_BAR = 300;
    private static final double ARGO_BAR = 10;

    private LintBenchmark() {}

    /**
     * Runs it.
     *
     * @param arguments the program {@code plumbline}, the program {@code argo-validate}, and how often each is run
     */
    public static void main(String[] arguments) throws Exception {
        Path work = Files.createTempDirectory("plumbline-benchmark");
        int runs = Integer.parseInt(arguments[2]);
        Map<String, String> files = new TreeMap<>(LintCases.repository(TEMPLATES));
        long lines = LongTemplate.yaml(0, "s3://data/").lines().count();
        if (lines < LintCases.LINES) {
            throw new IllegalStateException("a template has only " + lines + " lines");
        }
        System.out.println("| what | measured | bar | held |\n|---|---|---|---|");
        cold(work.resolve("files"), files, arguments[0], arguments[1], runs, lines);
        nextCommit(work, files);
    }

    private static void cold(
            Path folder, Map<String, String> files, String plumbline, String argo, int runs, long lines)
            throws Exception {
        Path paths = write(folder, files);
        List<Started> ours = new ArrayList<>();
        List<Started> theirs = new ArrayList<>();
        List<Started> validation = new ArrayList<>();
        // In turn, so that both see the same machine.
        for (int i = 0; i < runs; i++) {
            ours.add(Started.run(
                    List.of(plumbline, "lint", folder.resolve("templates").toString()), null));
            theirs.add(Started.run(
                    List.of(argo, "lint", folder.resolve("templates").toString()), null));
            validation.add(Started.run(List.of(argo, "check"), paths));
        }
        double cold = median(ours);
        double lint = median(theirs);
        double validate = median(validation);
        double memory = most(ours);
        row(
                "cold lint of " + TEMPLATES + " templates of " + lines + " lines, from the command line",
                "median %.0f ms".formatted(cold),
                "≤ %.0f ms".formatted(COLD_BAR),
                cold <= COLD_BAR);
        row(
                "its memory (largest resident set)",
                "%.0f MiB".formatted(memory),
                "≤ %.0f MiB".formatted(MEMORY_BAR),
                memory <= MEMORY_BAR);
        row(
                "Argo's own lint of the same files (`argo lint --offline`), the whole process",
                "median %.0f ms, %.0f MiB, %.1f × the cold lint above".formatted(lint, most(theirs), lint / cold),
                "ratio ≥ %.0f".formatted(ARGO_BAR),
                lint / cold >= ARGO_BAR);
        System.out.printf(
                "| its validation alone, each file read once, the whole process | median %.0f ms | | |%n", validate);
        warm(folder, lint, runs);
    }

    private static double most(List<Started> runs) {
        return runs.stream().mapToDouble(Started::megabytes).max().orElse(0);
    }

    private static double median(List<Started> runs) {
        return Timing.median(runs.stream().map(Started::millis).toList());
    }

    private static void warm(Path folder, double argo, int runs) throws Exception {
        double warm = Timing.of(
                        WARM_UPS,
                        runs,
                        () -> Linter.once(new Renderer(), new AllCores())
                                .lint(FolderSnapshot.of(folder), LintOptions.STANDARD.withRoots(List.of("templates"))))
                .medianWall();
        row(
                "lint of them in a warm process, with nothing remembered (Argo's process above has little to warm up)",
                "median %.0f ms, %.1f × faster".formatted(warm, argo / warm),
                "Argo's ratio ≥ %.0f".formatted(ARGO_BAR),
                argo / warm >= ARGO_BAR);
    }

    /** Writes the templates, and a list of their paths for the program that wants one. */
    private static Path write(Path folder, Map<String, String> files) throws IOException {
        StringBuilder list = new StringBuilder();
        for (Map.Entry<String, String> file : files.entrySet()) {
            if (file.getKey().contains("pipeline-")) {
                Path path = folder.resolve(file.getKey());
                Files.createDirectories(path.getParent());
                Files.writeString(path, file.getValue());
                list.append(path).append('\n');
            }
        }
        return Files.writeString(folder.resolve("paths"), list);
    }

    private static void nextCommit(Path work, Map<String, String> files) throws Exception {
        try (BenchmarkRepository repository = new BenchmarkRepository(work, "commits")) {
            repository.commit(List.of(files));
            Renderer renderer = new Renderer();
            Linter linter = new Linter(renderer);
            ObjectChecks checks = new ObjectChecks();
            List<Double> lint = new ArrayList<>();
            List<Double> release = new ArrayList<>();
            for (int i = 0; i < WARM_UPS + MEASURED; i++) {
                int number = i * 7 % TEMPLATES;
                repository.commit(List.of(Map.of(
                        "templates/pipeline-%04d.yaml".formatted(number),
                        LongTemplate.yaml(number, "s3://data/" + i))));
                long begun = System.nanoTime();
                LintReport report = linter.lint(repository.head(), LintOptions.STANDARD);
                long linted = System.nanoTime();
                Rendering rendering = renderer.render(repository.head(), "templates");
                Release made =
                        Releases.release("templates", rendering.objects(), rendering.findings(), checks, List.of());
                long released = System.nanoTime();
                if (report.anyError() || report.checked() != TEMPLATES || !made.valid()) {
                    throw new IllegalStateException("the templates have errors");
                }
                if (i >= WARM_UPS) {
                    lint.add((linted - begun) / 1e6);
                    release.add((released - linted) / 1e6);
                }
            }
            times("lint after a commit that changes one of them, in the controller", lint);
            times("the same as a Release, with versions", release);
        }
    }

    private static void times(String what, List<Double> times) {
        double worst = Timing.percentile95(times);
        row(
                what,
                "median %.0f ms, 95th percentile %.0f ms".formatted(Timing.median(times), worst),
                "≤ %.0f ms".formatted(CHANGE_BAR),
                worst <= CHANGE_BAR);
    }

    private static void row(String what, String measured, String bar, boolean held) {
        System.out.printf("| %s | %s | %s | %s |%n", what, measured, bar, held ? "yes" : "**no**");
    }
}
