package dev.plumbline.controller.diff;

import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.Digest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts salted digests in the place of a Secret's values, so that they can be compared and are never stored or shown. */
final class SecretMask {

    private static final String PREFIX = "salted:";

    private SecretMask() {}

    /**
     * A Secret with digests for values, {@code stringData} as {@code data}; any other object as it is.
     *
     * @param salt what makes digests of equal values differ between objects: the uid
     */
    static Map<String, @Nullable Object> of(Map<String, @Nullable Object> object, String salt) {
        if (!"Secret".equals(object.get("kind")) || !"v1".equals(object.get("apiVersion"))) {
            return object;
        }
        Map<String, @Nullable Object> masked = new LinkedHashMap<>(object);
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        Tree.map(object, "data").forEach((key, value) -> data.put(key, digest(salt, String.valueOf(value))));
        Tree.map(object, "stringData").forEach((key, value) -> {
            byte[] bytes = String.valueOf(value).getBytes(StandardCharsets.UTF_8);
            data.put(key, digest(salt, Base64.getEncoder().encodeToString(bytes)));
        });
        masked.remove("stringData");
        masked.put("data", data);
        return masked;
    }

    /** Whether a value is a digest in the place of one that nobody knows any more. */
    static boolean isMasked(@Nullable Object value) {
        return value instanceof String text && text.startsWith(PREFIX + "sha256:");
    }

    private static String digest(String salt, String value) {
        return PREFIX + Digest.of(salt + "\n" + value).value();
    }
}
