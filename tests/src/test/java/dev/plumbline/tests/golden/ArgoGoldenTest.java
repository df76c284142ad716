package dev.plumbline.tests.golden;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.render.RenderOptions;
import dev.plumbline.registry.render.Renderer;
import dev.plumbline.registry.render.Rendering;
import dev.plumbline.registry.source.MapSnapshot;
import dev.plumbline.registry.source.SourceException;
import dev.plumbline.registry.yaml.YamlDocuments;
import dev.plumbline.registry.yaml.YamlParser;
import dev.plumbline.registry.yaml.YamlWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/**
 * The golden folders {@code argo-*}: {@code expected-argo.yaml} is the rendering with Argo awareness, {@code findings.txt} what
 * is said without and with it. What a warning says to mend plain kustomize with is given to the real kustomize, which then
 * renders the same as we do with Argo awareness.
 *
 * <p>{@code -Dplumbline.golden.write=true} writes both files, to be read before they are committed.
 */
class ArgoGoldenTest {

    private static final boolean WRITE = Boolean.getBoolean("plumbline.golden.write");

    /** Damages tried on each folder. */
    private static final int DAMAGES = 40;

    private final Renderer renderer = new Renderer();

    @TestFactory
    List<DynamicTest> differsFromKustomizeAsItSays() throws IOException {
        List<DynamicTest> tests = folders().stream()
                .map(golden -> DynamicTest.dynamicTest(golden.getFileName().toString(), () -> compare(golden)))
                .toList();
        assertTrue(tests.size() >= 15, "golden folders are missing");
        return tests;
    }

    private static List<Path> folders() throws IOException {
        try (Stream<Path> folders = Files.list(GoldenFolders.root())) {
            return folders.filter(path -> path.getFileName().toString().startsWith("argo-"))
                    .sorted()
                    .toList();
        }
    }

    private void compare(Path golden) throws IOException, SourceException {
        Rendering plain = render(golden, RenderOptions.PLAIN);
        Rendering argo = render(golden, RenderOptions.ARGO);
        String findings = lines("plain", plain) + lines("argo", argo);
        Path said = golden.resolve("findings.txt");
        Path expected = golden.resolve("expected-argo.yaml");
        if (WRITE) {
            Files.writeString(said, findings);
            Files.writeString(expected, yaml(argo));
        }
        assertEquals(Files.readString(said), findings);
        assertEquals(Files.readString(expected), yaml(argo));
        boolean equal = yaml(argo).equals(yaml(plain));
        boolean told =
                argo.findings().stream().anyMatch(finding -> finding.rule().equals("render-argo-difference"));
        assertEquals(!equal, told, "a difference is said, and nothing else is");
        assertFalse(told && plain.findings().isEmpty(), "damage without a warning");
    }

    private Rendering render(Path golden, RenderOptions options) throws IOException, SourceException {
        return renderer.render(MapSnapshot.read(golden.resolve("given")), GoldenFolders.entry(golden), options);
    }

    private static String yaml(Rendering rendering) {
        return YamlWriter.writeAll(
                rendering.objects().stream().map(Manifest::content).toList());
    }

    private static String lines(String mode, Rendering rendering) {
        return rendering.findings().stream()
                .map(finding -> mode + ": " + finding + "\n")
                .collect(Collectors.joining());
    }

    @Test
    void damagedObjectsGiveFindingsOnly() throws IOException, SourceException {
        Random random = new Random(4);
        for (Path golden : folders()) {
            Path given = golden.resolve("given");
            List<Path> files;
            try (Stream<Path> paths = Files.walk(given)) {
                files = paths.filter(Files::isRegularFile).sorted().toList();
            }
            for (int i = 0; i < DAMAGES; i++) {
                Map<String, String> texts = new HashMap<>();
                for (Path file : files) {
                    texts.put(given.relativize(file).toString(), Files.readString(file));
                }
                List<String> names = texts.keySet().stream().sorted().toList();
                texts.computeIfPresent(names.get(random.nextInt(names.size())), (_, text) -> damaged(text, random));
                for (RenderOptions options : List.of(RenderOptions.PLAIN, RenderOptions.ARGO)) {
                    Rendering rendering = renderer.render(MapSnapshot.of(texts), GoldenFolders.entry(golden), options);
                    assertEquals(rendering.objects().isEmpty(), rendering.broken(), texts.toString());
                }
            }
        }
    }

    /** A line goes, doubles, or gets another value or another depth. */
    private static String damaged(String text, Random random) {
        List<String> lines = new ArrayList<>(text.lines().toList());
        int at = random.nextInt(lines.size());
        String line = lines.get(at);
        switch (random.nextInt(6)) {
            case 0 -> lines.remove(at);
            case 1 -> lines.add(at, line);
            case 2 -> lines.set(at, "  " + line);
            case 3 -> lines.set(at, line.replaceFirst("^  ", ""));
            case 4 -> lines.set(at, line.replaceFirst(": .*", ": [1, {a: b}]"));
            default -> lines.set(at, line.replaceFirst(":.*", ":"));
        }
        return String.join("\n", lines) + "\n";
    }

    @Test
    void whatIsToBeMendedCanBeMended(@TempDir Path scratch) throws Exception {
        Kustomize kustomize = Kustomize.required();
        List<Executable> checks = new ArrayList<>();
        for (Path golden : folders()) {
            Mending mending = Mending.of(render(golden, RenderOptions.PLAIN).findings());
            if (!mending.complete()) {
                continue;
            }
            Path copy = scratch.resolve(golden.getFileName());
            mending.copy(golden.resolve("given"), copy, GoldenFolders.entry(golden));
            Kustomize.Result result = kustomize.build(copy.resolve(GoldenFolders.entry(golden)));
            String expected = Files.readString(golden.resolve("expected-argo.yaml"));
            checks.add(() -> assertEquals(expected, normal(result.output()), golden + result.error()));
            Rendering mended = renderer.render(MapSnapshot.read(copy), GoldenFolders.entry(golden));
            checks.add(() -> assertEquals(List.of(), mended.findings(), golden + " still warns"));
        }
        assertTrue(checks.size() >= 15, "too few folders say how to mend them: " + checks.size());
        assertAll(checks);
    }

    private static String normal(String output) {
        YamlDocuments documents = YamlParser.parse("kustomize", output.getBytes(StandardCharsets.UTF_8));
        return YamlWriter.writeAll(
                documents.documents().stream().map(node -> node.value()).toList());
    }
}
