package dev.plumbline.registry.provenance;

import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.manifest.CanonicalForm;
import dev.plumbline.registry.model.Digest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Step code is content: ConfigMaps that an executed definition mounts or reads into its environment or inputs. Finds their
 * names, and makes the digest by which a ConfigMap in the cluster and one from Git are compared: of its {@code data} and
 * {@code binaryData}, each left out when empty.
 */
public final class StepCode {

    private static final Set<String> REFERENCES = Set.of("configMap", "configMapKeyRef", "configMapRef");
    // Caches and locks are state of the cluster that Argo itself writes or counts, not content that is executed.
    private static final Set<String> STATE = Set.of("memoize", "synchronization");

    private StepCode() {}

    /**
     * What the cluster held under one name while a run went on.
     *
     * @param first digest at the first sight of the run; null when there was no such ConfigMap
     * @param last digest at its end; null when there was no such ConfigMap
     * @param firstAtEnd whether the run was first seen only when it had ended
     */
    public record Sighting(@Nullable Digest first, @Nullable Digest last, boolean firstAtEnd) {}

    /** The digest of a ConfigMap's content. */
    public static Digest digest(Map<String, @Nullable Object> configMap) {
        Map<String, @Nullable Object> content = new TreeMap<>();
        for (String part : List.of("data", "binaryData")) {
            Map<String, @Nullable Object> entries = Tree.map(configMap, part);
            if (!entries.isEmpty()) {
                content.put(part, entries);
            }
        }
        return CanonicalForm.digest(content);
    }

    /** The files of a ConfigMap with the digest of each one's text. */
    static Map<String, Digest> files(Map<String, @Nullable Object> configMap) {
        Map<String, Digest> files = new TreeMap<>();
        for (String part : List.of("data", "binaryData")) {
            Tree.map(configMap, part).forEach((name, text) -> files.put(name, Digest.of(String.valueOf(text))));
        }
        return files;
    }

    /**
     * Names of ConfigMaps that a plain tree of a spec or template refers to, each with whether every reference to it is
     * optional. A name that is computed ({@code {{…}}}) is in it as written.
     */
    public static Map<String, Boolean> names(@Nullable Object tree) {
        Map<String, Boolean> names = new TreeMap<>();
        collect(tree, names);
        return names;
    }

    private static void collect(@Nullable Object tree, Map<String, Boolean> names) {
        if (tree instanceof List<?> list) {
            list.forEach(element -> collect(element, names));
        } else if (tree instanceof Map<?, ?> map) {
            Tree.cast(map).forEach((key, value) -> {
                String name = REFERENCES.contains(key) ? Tree.text(value, "name") : "";
                if (!name.isEmpty()) {
                    boolean optional = Boolean.TRUE.equals(Tree.at(value, "optional"));
                    names.merge(name, optional, Boolean::logicalAnd);
                } else if (!STATE.contains(key)) {
                    collect(value, names);
                }
            });
        }
    }
}
