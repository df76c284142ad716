package dev.plumbline.registry.render;

import dev.plumbline.registry.yaml.YamlDocuments;
import dev.plumbline.registry.yaml.YamlMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Entries of {@code generators}, {@code transformers} and {@code validators} that hold the plugin itself and no path. */
final class InlinePlugins {

    private InlinePlugins() {}

    /** The plugins that an entry holds; null where it is a path. */
    static @Nullable List<Resource> read(LocatedText entry, Problems problems) {
        String text = entry.value();
        boolean severalLines = text.strip().contains("\n");
        YamlDocuments documents = entry.documents(text);
        boolean objects = !documents.broken()
                && documents.documents().stream()
                        .allMatch(node -> node instanceof YamlMap map && map.child("kind") != null);
        if (!severalLines && !objects) {
            return null;
        }
        problems.addAll(documents.findings());
        return documents.broken() ? List.of() : new ResourceReader(problems).read(documents.documents());
    }
}
