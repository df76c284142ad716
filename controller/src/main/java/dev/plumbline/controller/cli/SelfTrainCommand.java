package dev.plumbline.controller.cli;

import dev.plumbline.controller.app.StartException;
import dev.plumbline.controller.app.Up;
import dev.plumbline.controller.app.UpOptions;
import dev.plumbline.controller.status.Notice;
import dev.plumbline.registry.git.GitInit;
import dev.plumbline.registry.model.Person;
import dev.plumbline.registry.source.SourceException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
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

/**
 * {@code plumbline self-train}: does once what later starts do, on a repository of one object in a temporary folder, so that the
 * start-up cache that the JVM writes meanwhile holds the classes they need. Started by the script after a build.
 */
@Command(name = "self-train", hidden = true)
final class SelfTrainCommand implements Callable<Integer> {

    private static final int SECONDS = 20;
    private static final List<String> QUESTIONS = List.of("history", "runs", "models", "templates", "plan", "blame");

    @Override
    public Integer call() throws IOException, StartException, SourceException, InterruptedException {
        Path folder = Files.createTempDirectory("plumbline-self-train");
        try {
            Path sources = Files.createDirectories(folder.resolve("sources/overlays/local"));
            Files.writeString(sources.resolve("kustomization.yaml"), "namespace: train\nresources: [object.yaml]\n");
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
            use(folder, repository);
            return 0;
        } finally {
            delete(folder);
        }
    }

    private static void use(Path folder, Path repository) throws StartException, InterruptedException {
        CountDownLatch applied = new CountDownLatch(1);
        Path data = folder.resolve("data");
        UpOptions options = new UpOptions(
                repository.toString(), "", "overlays/local", Duration.ofMillis(200), 0, data, folder, true);
        try (Up up = Up.start(options, notice -> {
            if (notice.kind() == Notice.Kind.APPLIED) {
                applied.countDown();
            }
        })) {
            if (!applied.await(SECONDS, TimeUnit.SECONDS)) {
                throw new StartException("nothing was applied from " + up.repository() + " within " + SECONDS + " s");
            }
            PrintWriter nowhere = new PrintWriter(new StringWriter());
            Main.run(nowhere, nowhere, "--help");
            for (String question : QUESTIONS) {
                Main.run(nowhere, nowhere, question, "--data", data.toString());
                Main.run(nowhere, nowhere, question, "--help");
            }
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
