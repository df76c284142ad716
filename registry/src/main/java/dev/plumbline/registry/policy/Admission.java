package dev.plumbline.registry.policy;

import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.registry.schema.KindSchema;
import dev.plumbline.registry.schema.Schemas;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request as an API server would admit it.
 *
 * @param object the object after the request
 * @param oldObject the object before it; null for a creation
 */
public record Admission(
        Map<String, @Nullable Object> object, @Nullable Map<String, @Nullable Object> oldObject) {

    /** The creation of an object. */
    public static Admission create(Map<String, @Nullable Object> object) {
        return new Admission(object, null);
    }

    /** CREATE or UPDATE. */
    public String operation() {
        return oldObject == null ? "CREATE" : "UPDATE";
    }

    String group() {
        return ObjectKey.groupOf(apiVersion());
    }

    String version() {
        return apiVersion().substring(apiVersion().indexOf('/') + 1);
    }

    String apiVersion() {
        return Tree.text(object, "apiVersion");
    }

    String kind() {
        return Tree.text(object, "kind");
    }

    String name() {
        return Tree.text(object, "metadata", "name");
    }

    /** Empty for what lives in no namespace; of a Namespace its own name, as requests say it. */
    String namespace() {
        return isNamespace() ? name() : Tree.text(object, "metadata", "namespace");
    }

    boolean isNamespace() {
        return kind().equals("Namespace") && apiVersion().equals("v1");
    }

    /** The collection's name; of an unknown kind the usual plural. */
    String resource() {
        return Schemas.find(apiVersion(), kind()).map(KindSchema::resource).orElseGet(() -> plural(kind()));
    }

    private static String plural(String kind) {
        String lower = kind.toLowerCase(Locale.ROOT);
        if (lower.endsWith("s") || lower.endsWith("x") || lower.endsWith("ch") || lower.endsWith("sh")) {
            return lower + "es";
        }
        return lower.endsWith("y") && !lower.matches(".*[aeiou]y")
                ? lower.substring(0, lower.length() - 1) + "ies"
                : lower + "s";
    }
}
