package dev.plumbline.tests.differential;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An object that a case holds, as it was written before any transformation.
 *
 * @param tree its content
 */
record Made(Map<String, @Nullable Object> tree) {

    String apiVersion() {
        return String.valueOf(tree.get("apiVersion"));
    }

    String kind() {
        return String.valueOf(tree.get("kind"));
    }

    String group() {
        String apiVersion = apiVersion();
        return apiVersion.contains("/") ? apiVersion.substring(0, apiVersion.indexOf('/')) : "";
    }

    String version() {
        return apiVersion().substring(apiVersion().indexOf('/') + 1);
    }

    String name() {
        return tree.get("metadata") instanceof Map<?, ?> metadata ? String.valueOf(metadata.get("name")) : "";
    }

    String namespace() {
        return tree.get("metadata") instanceof Map<?, ?> metadata && metadata.get("namespace") instanceof String text
                ? text
                : "";
    }

    boolean is(String kind) {
        return kind().equals(kind);
    }
}
