package dev.plumbline.controller.local.cluster;

import dev.plumbline.registry.json.Tree;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the API server fills into new objects of built-in kinds. Kinds that are not here are kept as they were written. */
final class KindDefaults {

    private KindDefaults() {}

    static void fill(KindFacts facts, Map<String, @Nullable Object> object) {
        switch (facts.kind()) {
            case "Namespace" ->
                Tree.set(
                        object,
                        Tree.text(object, "metadata", "name"),
                        "metadata",
                        "labels",
                        "kubernetes.io/metadata.name");
            case "Secret" -> {
                if (Tree.text(object, "type").isEmpty()) {
                    object.put("type", "Opaque");
                }
            }
            default -> {}
        }
    }
}
