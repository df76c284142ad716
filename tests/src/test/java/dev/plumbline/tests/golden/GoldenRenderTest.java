package dev.plumbline.tests.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.plumbline.registry.finding.Finding;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.render.Renderer;
import dev.plumbline.registry.render.Rendering;
import dev.plumbline.registry.source.MapSnapshot;
import dev.plumbline.registry.source.SourceException;
import dev.plumbline.registry.yaml.YamlDocuments;
import dev.plumbline.registry.yaml.YamlParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every golden folder: what we render equals what the real kustomize rendered, object by object and field by field. */
class GoldenRenderTest {

    private final Renderer renderer = new Renderer();

    @TestFactory
    List<DynamicTest> equalsWhatKustomizeRendered() throws IOException {
        List<DynamicTest> tests = GoldenFolders.rendered().stream()
                .map(golden -> DynamicTest.dynamicTest(golden.toString(), () -> compare(golden)))
                .toList();
        assertFalse(tests.isEmpty(), "no golden folders found");
        return tests;
    }

    private void compare(Path golden) throws IOException, SourceException {
        Rendering rendering = renderer.render(MapSnapshot.read(golden.resolve("given")), GoldenFolders.entry(golden));
        assertEquals(
                List.of(),
                rendering.findings().stream().filter(Finding::isError).toList(),
                "errors where kustomize has none");
        YamlDocuments expected = YamlParser.parse("expected.yaml", Files.readAllBytes(golden.resolve("expected.yaml")));
        assertEquals(
                expected.documents().stream()
                        .map(node -> Json.pretty(node.value()))
                        .collect(Collectors.joining("\n---\n")),
                rendering.objects().stream()
                        .map(Manifest::content)
                        .map(Json::pretty)
                        .collect(Collectors.joining("\n---\n")));
    }
}
