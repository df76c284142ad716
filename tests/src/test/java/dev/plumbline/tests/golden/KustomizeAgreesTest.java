package dev.plumbline.tests.golden;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.plumbline.registry.finding.Finding;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.render.Renderer;
import dev.plumbline.registry.render.Rendering;
import dev.plumbline.registry.source.MapSnapshot;
import dev.plumbline.registry.yaml.YamlDocuments;
import dev.plumbline.registry.yaml.YamlParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Asks the real kustomize again: the golden files are still what it gives, and the shipped overlays render the same. */
class KustomizeAgreesTest {

    @Test
    void goldenFilesAreStillWhatItGives() throws IOException, InterruptedException {
        Kustomize kustomize = Kustomize.required();
        List<Executable> checks = new ArrayList<>();
        for (Path golden : GoldenFolders.rendered()) {
            String expected = Files.readString(golden.resolve("expected.yaml"));
            Kustomize.Result result = kustomize.build(golden.resolve("given").resolve(GoldenFolders.entry(golden)));
            checks.add(() -> assertEquals(expected, result.output(), golden + result.error()));
        }
        assertAll(checks);
    }

    @Test
    void refusesWhatItRefuses() throws IOException, InterruptedException {
        Kustomize kustomize = Kustomize.required();
        List<Executable> checks = new ArrayList<>();
        for (Path golden : GoldenFolders.refused()) {
            if (Files.exists(golden.resolve("kustomize-not-asked.txt"))) {
                continue;
            }
            Kustomize.Result result = kustomize.build(golden.resolve("given").resolve(GoldenFolders.entry(golden)));
            boolean accepts = Files.exists(golden.resolve("kustomize-accepts.txt"));
            checks.add(() -> assertEquals(accepts, result.exit() == 0, golden + ": " + result.error()));
        }
        assertAll(checks);
    }

    @Test
    void shippedOverlaysRenderTheSame() throws Exception {
        Path repository = Path.of("..").toAbsolutePath().normalize();
        List<Path> overlays;
        try (Stream<Path> folders = Files.list(repository.resolve("overlays"))) {
            overlays = folders.filter(Files::isDirectory).sorted().toList();
        }
        Kustomize kustomize = Kustomize.required();
        for (Path overlay : overlays) {
            Kustomize.Result result = kustomize.build(overlay);
            assertEquals(0, result.exit(), result.error());
            Rendering rendering = new Renderer().render(shipped(repository), "overlays/" + overlay.getFileName());
            assertEquals(
                    List.of(),
                    rendering.findings().stream().map(Finding::toString).toList(),
                    overlay.toString());
            YamlDocuments expected =
                    YamlParser.parse("kustomize", result.output().getBytes(StandardCharsets.UTF_8));
            assertEquals(
                    expected.documents().stream()
                            .map(node -> Json.pretty(node.value()))
                            .collect(Collectors.joining("\n---\n")),
                    rendering.objects().stream()
                            .map(Manifest::content)
                            .map(Json::pretty)
                            .collect(Collectors.joining("\n---\n")),
                    overlay.toString());
        }
    }

    private static MapSnapshot shipped(Path repository) throws IOException {
        return MapSnapshot.read(repository, List.of("pipelines", "overlays"));
    }
}
