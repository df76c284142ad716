package dev.plumbline.registry.render;

import dev.plumbline.registry.model.Location;
import dev.plumbline.registry.yaml.YamlList;
import dev.plumbline.registry.yaml.YamlMap;
import dev.plumbline.registry.yaml.YamlNode;
import dev.plumbline.registry.yaml.YamlScalar;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A character that kustomize cannot write: it refuses DEL and the C1 control characters, and makes a blank of U+0085, which is a
 * line break to its YAML.
 *
 * @param place where the text with it stands, or the map with the key
 * @param character the character
 */
record Unwritable(Location place, char character) {

    private static final char FIRST = 0x7F;
    private static final char LAST = 0x9F;

    /** The first one in an object; null where there is none. */
    static @Nullable Unwritable in(YamlNode node) {
        return switch (node) {
            case YamlScalar scalar -> in(scalar.value() instanceof String text ? text : "", scalar.location());
            case YamlList list -> {
                Unwritable found = null;
                for (int i = 0; i < list.items().size() && found == null; i++) {
                    found = in(list.items().get(i));
                }
                yield found;
            }
            case YamlMap map -> {
                for (Map.Entry<String, YamlNode> entry : map.entries().entrySet()) {
                    Unwritable key = in(entry.getKey(), map.location());
                    Unwritable found = key == null ? in(entry.getValue()) : key;
                    if (found != null) {
                        yield found;
                    }
                }
                yield null;
            }
        };
    }

    private static @Nullable Unwritable in(String text, Location place) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= FIRST && c <= LAST) {
                return new Unwritable(place, c);
            }
        }
        return null;
    }
}
