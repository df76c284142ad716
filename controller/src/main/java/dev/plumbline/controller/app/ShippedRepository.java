package dev.plumbline.controller.app;

import dev.plumbline.registry.git.GitInit;
import dev.plumbline.registry.model.Person;
import dev.plumbline.registry.source.SourceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Makes a real Git repository of the shipped pipelines, for people to edit: once per data folder. */
final class ShippedRepository {

    /** Where the shipped local overlay expects MLflow. */
    static final int MLFLOW_PORT = 5000;

    private static final List<String> FOLDERS = List.of("pipelines", "overlays", "policies");

    private ShippedRepository() {}

    /**
     * Makes the repository unless it is there.
     *
     * @param home folder that holds the shipped pipelines
     * @param target the repository
     * @param mlflowPort port of the local MLflow; written into the local overlay where it is not the usual one
     * @throws StartException when it cannot be made
     */
    static void ensure(Path home, Path target, int mlflowPort, Instant now) throws StartException {
        if (Files.isDirectory(target.resolve(".git"))) {
            return;
        }
        if (!Files.isDirectory(home.resolve("pipelines"))) {
            throw new StartException("cannot find the shipped pipelines in " + home
                    + "; start Plumbline by its script, or name a repository with --repo");
        }
        Path staging = target.resolveSibling(target.getFileName() + ".staging");
        try {
            delete(staging);
            List<Path> sources = new ArrayList<>();
            for (String folder : FOLDERS) {
                if (Files.isDirectory(home.resolve(folder))) {
                    copy(home.resolve(folder), staging.resolve(folder));
                    sources.add(staging.resolve(folder));
                }
            }
            if (mlflowPort != MLFLOW_PORT) {
                replace(staging.resolve("overlays/local"), ":" + MLFLOW_PORT, ":" + mlflowPort);
            }
            GitInit.create(
                    target,
                    sources,
                    new Person("Plumbline", "plumbline@localhost"),
                    now,
                    "Start with the shipped pipelines");
            delete(staging);
        } catch (IOException | SourceException e) {
            throw new StartException("cannot make the repository " + target + ": " + e.getMessage());
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

    private static void replace(Path folder, String what, String with) throws IOException {
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path file : walk.filter(Files::isRegularFile).toList()) {
                String text = Files.readString(file);
                if (text.contains(what)) {
                    Files.writeString(file, text.replace(what, with));
                }
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> walk = Files.walk(folder)) {
                for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }
}
