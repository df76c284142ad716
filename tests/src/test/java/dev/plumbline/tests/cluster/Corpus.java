package dev.plumbline.tests.cluster;

import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.schema.Schemas;
import dev.plumbline.registry.yaml.YamlDocuments;
import dev.plumbline.registry.yaml.YamlParser;
import dev.plumbline.tests.parts.RealCluster;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Objects of known kinds from the released Argo module's examples and from everything in this repository. */
final class Corpus {

    private static final String MODULE = "github.com/argoproj/argo-workflows/v4";

    private Corpus() {}

    /** By file and position, in the order of the paths. */
    static Map<String, Map<String, @Nullable Object>> read() throws Exception {
        Path parts = RealCluster.folder();
        Path root = parts.getParent().getParent();
        Map<String, Map<String, @Nullable Object>> objects = new LinkedHashMap<>();
        for (Path folder : List.of(
                argo(parts).resolve("examples"),
                root.resolve("pipelines"),
                root.resolve("overlays"),
                root.resolve("policies"),
                root.resolve("tests/golden"),
                root.resolve("tests/parts/example"),
                root.resolve("registry/src/test/resources"))) {
            for (Path file : yaml(folder)) {
                objects(file, objects);
            }
        }
        return objects;
    }

    private static void objects(Path file, Map<String, Map<String, @Nullable Object>> objects) throws IOException {
        YamlDocuments documents = YamlParser.parse(file.toString(), Files.readAllBytes(file));
        if (documents.broken()) {
            return;
        }
        for (int i = 0; i < documents.documents().size(); i++) {
            if (documents.documents().get(i).value() instanceof Map<?, ?> map) {
                Map<String, @Nullable Object> content = Tree.cast(map);
                if (Schemas.find(Tree.text(content, "apiVersion"), Tree.text(content, "kind"))
                        .isPresent()) {
                    objects.put(file.getFileName() + "#" + objects.size(), content);
                }
            }
        }
    }

    private static List<Path> yaml(Path folder) throws IOException {
        List<Path> found = new ArrayList<>();
        if (!Files.isDirectory(folder)) {
            return found;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            // The golden folders of facts hold kinds that nobody applies, such as reviews of access.
            files.filter(file -> file.toString().endsWith(".yaml")
                            && !file.toString().contains("/golden/facts-"))
                    .sorted()
                    .forEach(found::add);
        }
        return found;
    }

    private static Path argo(Path parts) throws Exception {
        Process process = new ProcessBuilder("go", "list", "-m", "-f", "{{.Dir}}", MODULE)
                .directory(parts.resolve("argo").toFile())
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("go list says nothing about " + MODULE);
        }
        return Path.of(out.strip());
    }
}
