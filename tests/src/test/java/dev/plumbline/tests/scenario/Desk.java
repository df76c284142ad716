package dev.plumbline.tests.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.JsonException;
import dev.plumbline.registry.json.Tree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A person's desk: a pipeline repository, a program that keeps it applied, and a command line. */
final class Desk implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** A private Python environment that is not in the cache takes minutes. */
    private static final Duration LONG_PATIENCE = Duration.ofMinutes(15);

    private static final Path SHELL = Path.of("src/test/resources/scenario/shell");

    private final Path root;
    private final Path repository;
    private final Program program;
    private final Duration patience;

    private Desk(Path root, Path repository, Program program, Duration patience) {
        this.root = root;
        this.repository = repository;
        this.program = program;
        this.patience = patience;
    }

    /** A desk on which {@code up} runs without a repository of its own, so that it makes one of the shipped pipelines. */
    static Desk shipped(Path root) throws Exception {
        return new Desk(root, root.resolve("data/repository"), LocalProgram.shipped(root), LONG_PATIENCE).started();
    }

    /** A desk with the small pipeline whose steps are shell scripts, committed once, and nothing running yet. */
    static Desk prepared(Path root, Program program) throws IOException {
        Desk desk = new Desk(root, root.resolve("repository"), program, PATIENCE);
        copy(SHELL, desk.repository);
        desk.replace("overlays/local/namespace.yaml", "name: ml", "name: " + program.namespace());
        desk.replace("overlays/local/kustomization.yaml", "namespace: ml", "namespace: " + program.namespace());
        desk.git("init", "-q", "-b", "main");
        desk.commit("Begin with the train pipeline");
        return desk;
    }

    /** The same for {@code plumbline up}. */
    static Desk prepared(Path root) throws IOException {
        return prepared(root, new LocalProgram(root, root.resolve("repository")));
    }

    /** The same with {@code up} running, and the first commit applied. */
    static Desk ready(Path root) throws Exception {
        return prepared(root).started();
    }

    /** This desk with its program running, and the first commit applied. */
    Desk started() throws Exception {
        try {
            start();
            awaitHistory("APPLIED", 1);
            return this;
        } catch (Exception | AssertionError e) {
            close();
            throw e;
        }
    }

    Path repository() {
        return repository;
    }

    Path data() {
        return root.resolve("data");
    }

    void start() throws Exception {
        program.start();
    }

    void stop() {
        program.stop();
    }

    @Override
    public void close() {
        program.close();
    }

    /** Everything that the program has said, a line per notice. */
    String said() {
        return program.said();
    }

    /** The runs that were written as OpenLineage events until now. */
    String lineage() {
        try {
            return Files.readString(root.resolve("openlineage.jsonl"));
        } catch (IOException e) {
            return ""; // Nothing is written yet.
        }
    }

    void write(String file, String text) throws IOException {
        Path path = repository.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    void replace(String file, String what, String with) throws IOException {
        String text = Files.readString(repository.resolve(file));
        assertEquals(true, text.contains(what), file + " does not contain " + what);
        write(file, text.replace(what, with));
    }

    /** Commits everything and answers the commit's id. */
    String commit(String message) throws IOException {
        git("add", "-A");
        git("-c", "user.name=Ann", "-c", "user.email=ann@example.org", "commit", "-q", "--allow-empty", "-m", message);
        return head();
    }

    String head() throws IOException {
        return git("rev-parse", "HEAD").strip();
    }

    /** {@code git revert} of the newest commit; answers the new commit's id. */
    String revert() throws IOException {
        git("-c", "user.name=Ann", "-c", "user.email=ann@example.org", "revert", "--no-edit", "HEAD");
        return head();
    }

    String git(String... arguments) throws IOException {
        boolean commits =
                List.of(arguments).contains("commit") || List.of(arguments).contains("revert");
        if (commits) {
            program.committing();
        }
        String out = run(arguments);
        if (commits) {
            program.committed();
        }
        return out;
    }

    private String run(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("git", "-C", repository.toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                fail(String.join(" ", command) + ": " + out);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return out;
    }

    /** What a command line prints, on both streams, and its exit code. */
    record Answer(int code, String text) {}

    Answer plumbline(String... arguments) {
        return program.plumbline(arguments);
    }

    /** The JSON that a command prints. */
    Map<String, @Nullable Object> json(String... arguments) {
        List<String> line = new ArrayList<>(List.of(arguments));
        line.addAll(List.of("-o", "json"));
        Answer answer = plumbline(line.toArray(String[]::new));
        try {
            return Json.parseObject(answer.text());
        } catch (JsonException e) {
            return fail(String.join(" ", line) + " printed no JSON: " + answer.text() + "\n" + said());
        }
    }

    /** Runs a template to its end and answers the run as `runs` shows it once it is recorded. */
    Map<String, @Nullable Object> run(String template, String... parameters) {
        String name = begin(template, parameters);
        return recorded(name);
    }

    String begin(String template, String... parameters) {
        List<String> line = new ArrayList<>(List.of("run", template));
        for (String parameter : parameters) {
            line.addAll(List.of("-p", parameter));
        }
        return Tree.text(json(line.toArray(String[]::new)), "name");
    }

    Map<String, @Nullable Object> recorded(String name) {
        await(
                "run " + name + " is recorded",
                () -> !Tree.text(find(name), "verdict").isEmpty());
        return find(name);
    }

    private Map<String, @Nullable Object> find(String name) {
        return Tree.maps(json("runs"), "runs").stream()
                .filter(run -> Tree.text(run, "name").equals(name))
                .findFirst()
                .orElse(Map.of());
    }

    /** History entries, newest first. */
    List<Map<String, @Nullable Object>> history() {
        return Tree.maps(json("history", "--limit", "1000"), "entries");
    }

    /** Waits until so many entries have an outcome. */
    void awaitHistory(String outcome, int count) {
        await(
                count + " × " + outcome,
                () -> history().stream()
                                .filter(entry -> Tree.text(entry, "outcome").equals(outcome))
                                .count()
                        >= count);
    }

    /** Waits until the newest entry is of a commit and has an outcome. */
    void awaitHead(String commit, String outcome) {
        await(commit + " " + outcome, () -> {
            List<Map<String, @Nullable Object>> entries = history();
            return !entries.isEmpty()
                    && Tree.text(entries.getFirst(), "commit").equals(commit)
                    && Tree.text(entries.getFirst(), "outcome").equals(outcome);
        });
    }

    void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                fail("waited in vain until " + what + "\n" + said());
            }
            try {
                TimeUnit.MILLISECONDS.sleep(program.pause().toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> walk = Files.walk(from)) {
            for (Path path : walk.toList()) {
                Path place = to.resolve(from.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(place);
                } else {
                    Files.copy(path, place);
                }
            }
        }
    }
}
