package dev.plumbline.controller.spec;

import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.SyncId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the API server says about a custom resource.
 *
 * @param namespace its namespace
 * @param name its name
 * @param uid its uid; empty before it is persisted
 * @param resourceVersion the version that was read; empty before it is persisted
 * @param generation counts the changes of its spec; 0 before it is persisted
 * @param deleting whether it has a deletionTimestamp
 * @param finalizers what must be done before it goes
 * @param annotations its annotations
 */
public record ObjectMetadata(
        String namespace,
        String name,
        String uid,
        String resourceVersion,
        long generation,
        boolean deleting,
        List<String> finalizers,
        Map<String, String> annotations) {

    /** Keeps its own copies. */
    public ObjectMetadata {
        finalizers = List.copyOf(finalizers);
        annotations = Map.copyOf(annotations);
    }

    /** Reads the {@code metadata} of an object as the API server returns it; what is absent is empty. */
    static ObjectMetadata read(Map<String, @Nullable Object> object) {
        Map<String, String> annotations = new LinkedHashMap<>();
        Tree.map(object, "metadata", "annotations").forEach((key, value) -> {
            if (value instanceof String text) {
                annotations.put(key, text);
            }
        });
        return new ObjectMetadata(
                Tree.text(object, "metadata", "namespace"),
                Tree.text(object, "metadata", "name"),
                Tree.text(object, "metadata", "uid"),
                Tree.text(object, "metadata", "resourceVersion"),
                Tree.at(object, "metadata", "generation") instanceof Number number ? number.longValue() : 0,
                Tree.string(object, "metadata", "deletionTimestamp") != null,
                Tree.list(object, "metadata", "finalizers").stream()
                        .filter(String.class::isInstance)
                        .map(String.class::cast)
                        .toList(),
                annotations);
    }

    /** {@code namespace/name} as the name of a sync. */
    public SyncId id() {
        return new SyncId(namespace, name);
    }

    /** The value of an annotation; empty without one. */
    public String annotation(String key) {
        return annotations.getOrDefault(key, "");
    }
}
