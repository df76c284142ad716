package dev.plumbline.registry.validate;

import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.manifest.Origin;
import dev.plumbline.registry.yaml.YamlDocuments;
import dev.plumbline.registry.yaml.YamlMap;
import dev.plumbline.registry.yaml.YamlParser;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Objects from YAML, as tests write them. */
public final class Examples {

    private Examples() {}

    /** The objects of a file, each knowing its place. */
    public static List<Manifest> objects(String file, String yaml) {
        YamlDocuments documents = YamlParser.parse(file, yaml.getBytes(StandardCharsets.UTF_8));
        if (documents.broken()) {
            throw new IllegalArgumentException(documents.findings().toString());
        }
        return documents.documents().stream()
                .map(document -> Manifest.of((YamlMap) document, Origin.of(document.location())))
                .toList();
    }

    /** The objects of a text. */
    public static List<Manifest> objects(String yaml) {
        return objects("test.yaml", yaml);
    }
}
