package dev.plumbline.tests.runner;

import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.yaml.YamlParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The small Workflows that both execute. What their pods do stands in {@code outputs.json}: the harness of the real controller
 * reads it, and so does {@code outcome}, the program that the local steps run.
 */
final class RunCases {

    static final Path GIVEN = Path.of("runner/given");
    static final Path EXPECTED = Path.of("runner/expected");

    private RunCases() {}

    /** The names of all cases. */
    static List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(GIVEN)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".yaml"))
                    .map(file -> file.substring(0, file.length() - ".yaml".length()))
                    .sorted()
                    .toList();
        }
    }

    /** The objects of a case; the Workflow has its name. */
    static List<Map<String, @Nullable Object>> objects(String name) throws IOException {
        List<Map<String, @Nullable Object>> objects = new ArrayList<>();
        YamlParser.parse(name, Files.readAllBytes(GIVEN.resolve(name + ".yaml")))
                .documents()
                .forEach(document -> objects.add(Tree.cast((Map<?, ?>) document.value())));
        return objects;
    }

    /** What became of it under the real controller. */
    static String expected(String name) throws IOException {
        return Files.readString(EXPECTED.resolve(name + ".txt"));
    }
}
