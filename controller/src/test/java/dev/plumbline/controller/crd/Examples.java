package dev.plumbline.controller.crd;

import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.yaml.YamlNode;
import dev.plumbline.registry.yaml.YamlParser;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Custom resources that are good: between them they hold every field, with another value than its default. */
public final class Examples {

    private static final String FILE = "good.yaml";

    private Examples() {}

    /** All of them; the caller may change them. */
    public static List<Map<String, @Nullable Object>> good() throws IOException {
        try (InputStream file = Objects.requireNonNull(Examples.class.getResourceAsStream(FILE))) {
            List<Map<String, @Nullable Object>> examples = new ArrayList<>();
            for (YamlNode document : YamlParser.parse(FILE, file.readAllBytes()).documents()) {
                examples.add(Tree.copy(Tree.cast((Map<?, ?>) Objects.requireNonNull(document.value()))));
            }
            return examples;
        }
    }
}
