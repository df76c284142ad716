package dev.plumbline.registry.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.schema.Schemas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Each shipped policy judges its own examples as their folders say. */
class ShippedPoliciesTest {

    private static final Path ROOT = Path.of("..");

    @TestFactory
    Stream<DynamicTest> examplesAreJudgedAsTheirFoldersSay() throws IOException {
        List<Path> folders;
        try (Stream<Path> list = Files.list(ROOT.resolve("policies"))) {
            folders = list.filter(Files::isDirectory).sorted().toList();
        }
        assertTrue(folders.size() >= 14, folders::toString);
        return folders.stream()
                .map(folder -> DynamicTest.dynamicTest(folder.getFileName().toString(), () -> check(folder)));
    }

    private static void check(Path path) throws IOException {
        PolicyFolder folder = read(path);
        PolicyExamples.Report report = PolicyExamples.run(folder);
        assertEquals(List.of(), report.findings());
        assertEquals(
                List.of(),
                report.results().stream().filter(result -> !result.passed()).toList());
        assertFalse(folder.allowed().isEmpty() || folder.denied().isEmpty());
        assertTrue(Files.size(path.resolve("README.md")) > 0);
        Stream.concat(folder.allowed().values().stream(), folder.denied().values().stream())
                .flatMap(List::stream)
                .forEach(object -> assertEquals(List.of(), Schemas.check(object)));
    }

    private static PolicyFolder read(Path folder) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path file : walk.filter(Files::isRegularFile).toList()) {
                files.put(folder.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
        return PolicyFolder.of(ROOT.relativize(folder).toString(), files);
    }
}
