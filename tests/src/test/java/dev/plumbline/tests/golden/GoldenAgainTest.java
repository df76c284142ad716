package dev.plumbline.tests.golden;

import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.plumbline.registry.render.Renderer;
import dev.plumbline.registry.render.RenderingText;
import dev.plumbline.registry.source.MapSnapshot;
import dev.plumbline.registry.source.SourceException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every golden folder as a history of small edits: a renderer that keeps what earlier commits made gives at each commit exactly
 * what a new one gives, objects, order, origins, findings and read set.
 */
class GoldenAgainTest {

    private final Renderer kept = new Renderer();

    @TestFactory
    List<DynamicTest> theNextCommitRendersAsFromScratch() throws IOException {
        List<DynamicTest> tests = Stream.concat(GoldenFolders.rendered().stream(), GoldenFolders.refused().stream())
                .map(golden -> DynamicTest.dynamicTest(golden.toString(), () -> editEachFile(golden)))
                .toList();
        assertFalse(tests.isEmpty(), "no golden folders found");
        return tests;
    }

    private static boolean hasLink(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.anyMatch(Files::isSymbolicLink);
        }
    }

    private void editEachFile(Path golden) throws IOException, SourceException {
        Path given = golden.resolve("given");
        if (hasLink(given)) {
            compare(golden, MapSnapshot.read(given), "unchanged");
            compare(golden, MapSnapshot.read(given), "unchanged again");
            return;
        }
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(given)) {
            for (Path path : (Iterable<Path>) paths.filter(Files::isRegularFile)::iterator) {
                files.put(
                        given.relativize(path).toString(),
                        new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1));
            }
        }
        for (String file : files.keySet()) {
            compare(golden, snapshot(files), "unchanged");
            for (String text : edits(files, file)) {
                Map<String, String> edited = new TreeMap<>(files);
                edited.put(file, text);
                compare(golden, snapshot(edited), file + ":\n" + text);
            }
            Map<String, String> without = new TreeMap<>(files);
            without.remove(file);
            compare(golden, snapshot(without), "without " + file);
        }
        compare(golden, snapshot(files), "unchanged at the end");
    }

    private static List<String> edits(Map<String, String> files, String file) {
        String text = files.get(file);
        List<String> edits = new ArrayList<>();
        edits.add(text + "\n# a comment\n");
        edits.add("# a comment\n" + text);
        edits.add(text.replaceFirst("1", "2"));
        edits.add(text.replaceFirst("name: ([a-z])", "name: other-$1"));
        edits.add(text.replaceFirst("value: ([a-z])", "value: other-$1"));
        edits.add(text.replace("namePrefix: ", "namePrefix: x").replace("namespace: ", "namespace: x"));
        edits.add(text.replaceFirst("(?m)^- [^\n]*\n", ""));
        return edits;
    }

    private static MapSnapshot snapshot(Map<String, String> files) {
        return MapSnapshot.ofBytes(files, StandardCharsets.ISO_8859_1);
    }

    private void compare(Path golden, MapSnapshot snapshot, String edit) throws SourceException {
        String entry = GoldenFolders.entry(golden);
        Assertions.assertEquals(
                RenderingText.of(new Renderer().render(snapshot, entry)),
                RenderingText.of(kept.render(snapshot, entry)),
                golden + ", " + edit);
    }
}
