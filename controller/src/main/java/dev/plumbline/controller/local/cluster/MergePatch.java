package dev.plumbline.controller.local.cluster;

import dev.plumbline.registry.json.Tree;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON merge patch (RFC 7386) on plain trees. */
final class MergePatch {

    private MergePatch() {}

    /** The patched tree, as a new one. */
    static Map<String, @Nullable Object> apply(
            Map<String, @Nullable Object> target, Map<String, @Nullable Object> patch) {
        Map<String, @Nullable Object> result = new LinkedHashMap<>(target);
        patch.forEach((key, value) -> {
            if (value == null) {
                result.remove(key);
            } else if (value instanceof Map<?, ?> map) {
                Map<String, @Nullable Object> inner =
                        result.get(key) instanceof Map<?, ?> old ? Tree.cast(old) : Map.of();
                result.put(key, apply(inner, Tree.cast(map)));
            } else {
                result.put(key, value);
            }
        });
        return result;
    }
}
