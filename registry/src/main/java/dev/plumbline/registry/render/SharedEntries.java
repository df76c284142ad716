package dev.plumbline.registry.render;

import dev.plumbline.registry.yaml.YamlList;
import dev.plumbline.registry.yaml.YamlMap;
import dev.plumbline.registry.yaml.YamlNode;
import dev.plumbline.registry.yaml.YamlScalar;
import java.util.HashMap;
import java.util.Map;

/**
 * Keeps equal what kustomize holds as one node: a label that was added to several maps of an object at once. An overlay that
 * changes it in one of them, also where it means only the metadata, changes it in all, selectors included.
 */
final class SharedEntries {

    private final Map<String, YamlScalar> newest = new HashMap<>();
    private boolean uneven;

    private SharedEntries() {}

    /** Puts the newest of each name in the place of the others. */
    static void spread(YamlNode object) {
        SharedEntries entries = new SharedEntries();
        entries.collect(object);
        if (entries.uneven) {
            entries.put(object);
        }
    }

    private void collect(YamlNode node) {
        switch (node) {
            case YamlMap map -> map.entries().values().forEach(this::collect);
            case YamlList list -> list.items().forEach(this::collect);
            case YamlScalar scalar
            when scalar.shared() != null -> {
                YamlScalar known = newest.get(name(scalar));
                uneven |= known != null && generation(known) != generation(scalar);
                if (known == null || generation(known) <= generation(scalar)) {
                    newest.put(name(scalar), scalar);
                }
            }
            case YamlScalar _ -> {}
        }
    }

    private void put(YamlNode node) {
        switch (node) {
            case YamlMap map ->
                map.entries().replaceAll((_, child) -> {
                    put(child);
                    return newestOf(child);
                });
            case YamlList list -> list.items().forEach(this::put);
            case YamlScalar _ -> {}
        }
    }

    private YamlNode newestOf(YamlNode node) {
        return node instanceof YamlScalar scalar && scalar.shared() != null
                ? newest.getOrDefault(name(scalar), scalar)
                : node;
    }

    private static String name(YamlScalar scalar) {
        return scalar.shared() == null ? "" : scalar.shared().name();
    }

    private static int generation(YamlScalar scalar) {
        return scalar.shared() == null ? 0 : scalar.shared().generation();
    }
}
