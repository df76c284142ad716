package dev.plumbline.registry.render;

import dev.plumbline.registry.yaml.YamlMap;
import dev.plumbline.registry.yaml.YamlNode;
import dev.plumbline.registry.yaml.YamlScalar;
import java.util.LinkedHashMap;
import java.util.Map;

/** Labels and annotations as texts. */
final class MetadataTexts {

    private MetadataTexts() {}

    /** Labels or annotations of an object, in written order. */
    static Map<String, String> of(YamlMap object, String field) {
        Map<String, String> texts = new LinkedHashMap<>();
        if (object.child("metadata") instanceof YamlMap metadata && metadata.child(field) instanceof YamlMap map) {
            map.entries().forEach((key, value) -> {
                if (value instanceof YamlScalar scalar) {
                    texts.put(key, scalar.text());
                }
            });
        }
        return texts;
    }

    /** The text of one annotation; another where the object has none of this name. */
    static String annotation(YamlMap object, String name, String otherwise) {
        YamlNode metadata = object.child("metadata");
        return metadata instanceof YamlMap map
                        && map.child("annotations") instanceof YamlMap annotations
                        && annotations.child(name) instanceof YamlScalar scalar
                ? scalar.text()
                : otherwise;
    }
}
