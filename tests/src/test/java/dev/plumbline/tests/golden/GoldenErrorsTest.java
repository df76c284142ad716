package dev.plumbline.tests.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.plumbline.registry.finding.Finding;
import dev.plumbline.registry.render.Renderer;
import dev.plumbline.registry.render.Rendering;
import dev.plumbline.registry.source.MapSnapshot;
import dev.plumbline.registry.source.SourceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What kustomize refuses, so do we, with the place to blame; nothing is rendered then. */
class GoldenErrorsTest {

    private final Renderer renderer = new Renderer();

    @TestFactory
    List<DynamicTest> saysWhereAndRendersNothing() throws IOException {
        List<DynamicTest> tests = GoldenFolders.refused().stream()
                .map(golden -> DynamicTest.dynamicTest(golden.getFileName().toString(), () -> compare(golden)))
                .toList();
        assertFalse(tests.isEmpty(), "no golden folders found");
        return tests;
    }

    private void compare(Path golden) throws IOException, SourceException {
        Rendering rendering = renderer.render(MapSnapshot.read(golden.resolve("given")), GoldenFolders.entry(golden));
        assertEquals(
                Files.readString(golden.resolve("errors.txt")),
                rendering.findings().stream().map(GoldenErrorsTest::line).collect(Collectors.joining()));
        assertEquals(List.of(), rendering.objects());
    }

    private static String line(Finding finding) {
        return finding.location() + " " + finding.severity() + " " + finding.rule() + "\n";
    }
}
