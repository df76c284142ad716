package dev.plumbline.tests.golden;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
    void shippedFoldersRenderTheSame() throws Exception {
        Path repository = Path.of("..").toAbsolutePath().normalize();
        Kustomize kustomize = Kustomize.required();
        for (String folder : kustomizations(repository)) {
            Kustomize.Result result = kustomize.build(repository.resolve(folder));
            assertEquals(0, result.exit(), result.error());
            Rendering rendering = new Renderer().render(shipped(repository), folder);
            assertEquals(
                    List.of(),
                    rendering.findings().stream().map(Finding::toString).toList(),
                    folder);
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
                    folder);
        }
    }

    /** Every folder with a kustomization below {@code overlays} and {@code pipelines}; components are rendered by who lists them. */
    private static List<String> kustomizations(Path repository) throws IOException {
        List<String> folders = new ArrayList<>();
        for (String root : List.of("overlays", "pipelines")) {
            try (Stream<Path> files = Files.walk(repository.resolve(root))) {
                for (Path file : files.filter(path -> path.endsWith("kustomization.yaml"))
                        .sorted()
                        .toList()) {
                    if (!Files.readString(file).contains("kind: Component")) {
                        folders.add(repository.relativize(file.getParent()).toString());
                    }
                }
            }
        }
        assertTrue(folders.contains("overlays/production") && folders.contains("pipelines/platform/argo"));
        return folders;
    }

    private static MapSnapshot shipped(Path repository) throws IOException {
        return MapSnapshot.read(repository, List.of("pipelines", "overlays"));
    }
}
