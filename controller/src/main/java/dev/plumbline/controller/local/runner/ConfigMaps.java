package dev.plumbline.controller.local.runner;

import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.live.ClusterReader;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.ObjectKey;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the ConfigMaps of one namespace, and the Secrets that its artifacts need.
 *
 * @param reader the cluster
 * @param namespace the namespace
 */
record ConfigMaps(ClusterReader reader, String namespace) {

    /** The content of a ConfigMap, binary data included; null when it is optional and absent. */
    @Nullable
    Map<String, byte[]> files(String name, boolean optional) throws NodeProblem {
        Map<String, @Nullable Object> object = object(name, optional);
        if (object == null) {
            return null;
        }
        Map<String, byte[]> files = new LinkedHashMap<>();
        Tree.map(object, "data")
                .forEach((key, value) -> files.put(key, String.valueOf(value).getBytes(StandardCharsets.UTF_8)));
        try {
            Tree.map(object, "binaryData")
                    .forEach((key, value) -> files.put(key, Base64.getDecoder().decode(String.valueOf(value))));
        } catch (IllegalArgumentException e) {
            throw new NodeProblem("ConfigMap '" + name + "' has binaryData that is not base64: " + e.getMessage());
        }
        return files;
    }

    /** The text values of a ConfigMap; empty when it is optional and absent. */
    Map<String, String> texts(String name, boolean optional) throws NodeProblem {
        Map<String, String> texts = new LinkedHashMap<>();
        Tree.map(object(name, optional), "data").forEach((key, value) -> texts.put(key, String.valueOf(value)));
        return texts;
    }

    /** The value that a {@code configMapKeyRef} names; null when it is optional and absent. */
    @Nullable
    String value(Map<String, @Nullable Object> ref) throws NodeProblem {
        boolean optional = Boolean.TRUE.equals(ref.get("optional"));
        String name = Tree.text(ref, "name");
        String key = Tree.text(ref, "key");
        String value = texts(name, optional).get(key);
        if (value == null && !optional) {
            throw new NodeProblem("ConfigMap '" + name + "' has no key '" + key + "'");
        }
        return value;
    }

    /**
     * The value that a reference to a key of a Secret names; null when it is optional and absent.
     *
     * @throws NodeProblem when it is not there, or is no base64; without the value
     */
    @Nullable
    String secret(Map<String, @Nullable Object> ref) throws NodeProblem {
        boolean optional = Boolean.TRUE.equals(ref.get("optional"));
        String name = Tree.text(ref, "name");
        String key = Tree.text(ref, "key");
        Map<String, @Nullable Object> object = object("Secret", name, optional);
        String plain = Tree.string(object, "stringData", key);
        String coded = Tree.string(object, "data", key);
        if (plain == null && coded == null && !optional) {
            throw new NodeProblem("Secret '" + name + "' has no key '" + key + "'");
        }
        try {
            return plain != null || coded == null
                    ? plain
                    : new String(Base64.getDecoder().decode(coded), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new NodeProblem("Secret '" + name + "' has under '" + key + "' data that is not base64");
        }
    }

    /** A ConfigMap; null when it is optional and absent. */
    @Nullable
    Map<String, @Nullable Object> object(String name, boolean optional) throws NodeProblem {
        return object("ConfigMap", name, optional);
    }

    private @Nullable Map<String, @Nullable Object> object(String kind, String name, boolean optional)
            throws NodeProblem {
        try {
            Optional<Map<String, @Nullable Object>> found = reader.get(new ObjectKey("", kind, namespace, name));
            if (found.isEmpty() && !optional) {
                throw new NodeProblem(kind + " '" + name + "' not found in namespace '" + namespace + "'");
            }
            return found.orElse(null);
        } catch (ClusterException e) {
            throw new NodeProblem("tried to read " + kind + " '" + name + "', failed because " + e.getMessage());
        }
    }
}
