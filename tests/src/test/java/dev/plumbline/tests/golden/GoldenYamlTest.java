package dev.plumbline.tests.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.render.Renderer;
import dev.plumbline.registry.render.Rendering;
import dev.plumbline.registry.source.MapSnapshot;
import dev.plumbline.registry.source.SourceException;
import dev.plumbline.registry.yaml.GoYamlWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every golden folder: what is printed is what the real kustomize printed, byte for byte. */
class GoldenYamlTest {

    private final Renderer renderer = new Renderer();

    @TestFactory
    List<DynamicTest> printsTheBytesOfKustomize() throws IOException {
        List<DynamicTest> tests = GoldenFolders.rendered().stream()
                .map(golden -> DynamicTest.dynamicTest(golden.getFileName().toString(), () -> compare(golden)))
                .toList();
        assertTrue(tests.size() >= 30, "golden folders are missing");
        return tests;
    }

    private void compare(Path golden) throws IOException, SourceException {
        Rendering rendering = renderer.render(MapSnapshot.read(golden.resolve("given")), GoldenFolders.entry(golden));
        assertEquals(
                Files.readString(golden.resolve("expected.yaml")),
                GoYamlWriter.writeAll(
                        rendering.objects().stream().map(Manifest::content).toList()));
    }
}
