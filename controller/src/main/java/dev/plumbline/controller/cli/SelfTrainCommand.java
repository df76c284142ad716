package dev.plumbline.controller.cli;

import com.sun.net.httpserver.HttpServer;
import dev.plumbline.controller.app.StartException;
import dev.plumbline.controller.app.Up;
import dev.plumbline.controller.app.UpOptions;
import dev.plumbline.controller.status.Notice;
import dev.plumbline.registry.git.GitInit;
import dev.plumbline.registry.model.Person;
import dev.plumbline.registry.source.SourceException;
import dev.plumbline.registry.validate.Rule;
import dev.plumbline.registry.validate.RuleExamples;
import dev.plumbline.registry.validate.Rules;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * {@code plumbline self-train}: does once what later starts do, so that the start-up cache that the JVM writes meanwhile holds the
 * classes they need. Started by the script after a build, once for {@code up} and once for the commands that read a clone (on a
 * repository of one object in a temporary folder), and once for all other commands (against a server that answers nothing of
 * interest): a cache costs time for what it holds and a start does not need.
 */
@Command(name = "self-train", hidden = true)
final class SelfTrainCommand implements Callable<Integer> {

    private static final int SECONDS = 20;
    private static final List<String> QUESTIONS = List.of("history", "runs", "models", "templates", "plan", "blame");

    @Parameters(paramLabel = "WHAT", defaultValue = "up")
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    String what;

    @Override
    public Integer call() throws IOException, StartException, SourceException, InterruptedException {
        Path folder = Files.createTempDirectory("plumbline-self-train");
        try {
            switch (what) {
                case "up" -> use(folder, repository(folder));
                case "local" -> read(repository(folder), examples(folder));
                default -> ask(folder);
            }
            return 0;
        } finally {
            delete(folder);
        }
    }

    private static Path repository(Path folder) throws IOException, SourceException {
        Path sources = Files.createDirectories(folder.resolve("sources/overlays/local"));
        Files.writeString(
                sources.resolve("kustomization.yaml"),
                "namespace: train\n"
                        + "resources: [object.yaml]\n"
                        + "patches:\n"
                        + "- patch: |-\n"
                        + "    {apiVersion: v1, kind: ConfigMap, metadata: {name: one}, data: {other: value}}\n");
        Files.writeString(
                sources.resolve("object.yaml"),
                "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: one}\ndata: {key: value}\n");
        Path repository = folder.resolve("repository");
        GitInit.create(
                repository,
                List.of(folder.resolve("sources/overlays")),
                new Person("Plumbline", "plumbline@localhost"),
                Instant.now(),
                "One object");
        return repository;
    }

    /** Files that make lint use all of itself. */
    private static Path examples(Path folder) throws IOException {
        Path examples = Files.createDirectories(folder.resolve("examples"));
        for (Rule rule : Rules.standard()) {
            Files.writeString(examples.resolve(rule.id() + ".yaml"), RuleExamples.bad(rule));
        }
        return examples;
    }

    private static void read(Path repository, Path examples) {
        PrintWriter nowhere = new PrintWriter(new StringWriter());
        String repo = repository.toString();
        Main.run(nowhere, nowhere, "render", "overlays/local", "--repo", repo);
        Main.run(nowhere, nowhere, "render", "overlays/local", "--repo", repo, "--at", "HEAD");
        Main.run(nowhere, nowhere, "blame", "overlays/local", "ConfigMap/one", "--repo", repo);
        Main.run(nowhere, nowhere, "diff", "HEAD", "--repo", repo);
        Main.run(nowhere, nowhere, "lint", "--repo", repo);
        Main.run(nowhere, nowhere, "lint", examples.toString());
        Main.run(nowhere, nowhere, "review", "--base", "HEAD", "--repo", repo);
    }

    private static void use(Path folder, Path repository) throws StartException, InterruptedException {
        CountDownLatch applied = new CountDownLatch(1);
        Path data = folder.resolve("data");
        UpOptions options = new UpOptions(
                repository.toString(),
                "",
                "overlays/local",
                Duration.ofMillis(200),
                0,
                data,
                folder,
                true,
                false,
                null);
        try (Up up = Up.start(options, notice -> {
            if (notice.kind() == Notice.Kind.APPLIED) {
                applied.countDown();
            }
        })) {
            if (!applied.await(SECONDS, TimeUnit.SECONDS)) {
                throw new StartException("nothing was applied from " + up.repository() + " within " + SECONDS + " s");
            }
            PrintWriter nowhere = new PrintWriter(new StringWriter());
            QUESTIONS.forEach(question -> Main.run(nowhere, nowhere, question, "--data", data.toString()));
        }
    }

    private static void ask(Path data) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] answer =
                    "{\"runs\":[{\"name\":\"a\"}],\"entries\":[{\"number\":1}]}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        try {
            Files.writeString(
                    data.resolve("up.json"), "{\"port\":" + server.getAddress().getPort() + "}");
            PrintWriter nowhere = new PrintWriter(new StringWriter());
            Main.run(nowhere, nowhere, "--help");
            for (String question : QUESTIONS) {
                Main.run(nowhere, nowhere, question, "--data", data.toString());
                Main.run(nowhere, nowhere, question, "-o", "json", "--data", data.toString());
            }
        } finally {
            server.stop(0);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
