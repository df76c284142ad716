package dev.plumbline.registry.render;

import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.yaml.YamlList;
import dev.plumbline.registry.yaml.YamlMap;
import dev.plumbline.registry.yaml.YamlNode;
import dev.plumbline.registry.yaml.YamlScalar;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The suffix that generated names get: the first ten hexadecimal digits of a SHA-256 over kind and data as compact JSON
 * with sorted keys, in an alphabet without vowels. kustomize means to hash the name too but always finds it empty. The JSON is
 * Go's, which escapes {@code < > &} and U+2028, U+2029.
 */
final class ContentHash {

    private static final int LENGTH = 10;

    private ContentHash() {}

    /** Appends the suffix to every object that wants one. */
    static void apply(Resources resources) {
        resources.list().stream().filter(resource -> resource.hashed).forEach(ContentHash::apply);
    }

    /** Appends the suffix to one object. */
    static void apply(Resource resource) {
        String name = resource.name() + "-" + suffix(resource);
        resource.storePreviousId();
        resource.setName(name, resource.place);
    }

    static String suffix(Resource resource) {
        YamlMap node = resource.node();
        TreeMap<String, @Nullable Object> content = new TreeMap<>();
        String kind = resource.kind();
        content.put("kind", kind);
        content.put("name", "");
        content.put("data", dataOf(node, "data"));
        if (kind.equals("Secret")) {
            content.put("type", node.child("type") instanceof YamlScalar type ? type.text() : "");
        }
        String more = kind.equals("Secret") ? "stringData" : "binaryData";
        if (node.child(more) instanceof YamlMap || (kind.equals("Secret") && node.child(more) instanceof YamlList)) {
            content.put(more, dataOf(node, more));
        }
        String digits = Digest.of(GoJson.write(content)).hex().substring(0, LENGTH);
        return digits.replace('0', 'g')
                .replace('1', 'h')
                .replace('3', 'k')
                .replace('a', 'm')
                .replace('e', 't');
    }

    /** A list, which has no place there, counts as null. */
    private static @Nullable Object dataOf(YamlMap node, String field) {
        YamlNode data = node.child(field);
        if (data instanceof YamlList) {
            return null;
        }
        if (data instanceof YamlScalar scalar) {
            return scalar.text();
        }
        Object value = data == null ? null : data.value();
        return value == null ? "" : value;
    }
}
