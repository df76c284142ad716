package dev.plumbline.tests.golden;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folders under {@code tests/golden}: {@code given} is a repository, {@code overlay} in it (or its root) is rendered;
 * {@code expected.yaml} is what kustomize made of it, {@code errors.txt} what we say where kustomize refuses.
 */
final class GoldenFolders {

    private static final Path ROOT = Path.of("golden").toAbsolutePath();

    private GoldenFolders() {}

    static Path root() {
        return ROOT;
    }

    /** Folders that render. */
    static List<Path> rendered() throws IOException {
        return with("expected.yaml");
    }

    /** Folders that are refused. */
    static List<Path> refused() throws IOException {
        return with("errors.txt");
    }

    private static List<Path> with(String file) throws IOException {
        try (Stream<Path> paths = Files.walk(ROOT)) {
            return paths.filter(path -> path.endsWith(file))
                    .map(Path::getParent)
                    .sorted()
                    .toList();
        }
    }

    /** The folder to render, from the root of {@code given}. */
    static String entry(Path golden) {
        return Files.isDirectory(golden.resolve("given/overlay")) ? "overlay" : "";
    }
}
