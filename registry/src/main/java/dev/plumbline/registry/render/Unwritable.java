package dev.plumbline.registry.render;

import dev.plumbline.registry.model.Location;
import dev.plumbline.registry.yaml.YamlList;
import dev.plumbline.registry.yaml.YamlMap;
import dev.plumbline.registry.yaml.YamlNode;
import dev.plumbline.registry.yaml.YamlScalar;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What kustomize cannot write: a text that does not fit the type of its place, DEL and the C1 control characters, which it refuses,
 * and U+0085, a line break to its YAML, of which it makes a blank.
 *
 * @param place where the text with it stands, or the map with the key
 * @param rule the rule that it breaks
 * @param reason what is wrong
 * @param fix what to do
 */
record Unwritable(Location place, String rule, String reason, String fix) {

    private static final char FIRST = 0x7F;
    private static final char LAST = 0x9F;

    /** The first one in an object; null where there is none. */
    static @Nullable Unwritable in(YamlNode node) {
        return first(node, Unwritable::in);
    }

    /** The first text in an object that does not fit the type of its place; null where there is none. */
    static @Nullable Unwritable unfitIn(YamlNode node) {
        return first(node, Unwritable::unfit);
    }

    private static @Nullable Unwritable first(YamlNode node, Function<YamlScalar, @Nullable Unwritable> look) {
        return switch (node) {
            case YamlScalar scalar -> look.apply(scalar);
            case YamlList list -> {
                Unwritable found = null;
                for (int i = 0; i < list.items().size() && found == null; i++) {
                    found = first(list.items().get(i), look);
                }
                yield found;
            }
            case YamlMap map -> {
                for (Map.Entry<String, YamlNode> entry : map.entries().entrySet()) {
                    Unwritable key = character(entry.getKey(), map.location());
                    Unwritable found = key == null ? first(entry.getValue(), look) : key;
                    if (found != null) {
                        yield found;
                    }
                }
                yield null;
            }
        };
    }

    private static @Nullable Unwritable in(YamlScalar scalar) {
        Unwritable unfit = unfit(scalar);
        return unfit == null && scalar.value() instanceof String text ? character(text, scalar.location()) : unfit;
    }

    private static @Nullable Unwritable unfit(YamlScalar scalar) {
        return scalar.form() == YamlScalar.Form.UNFIT
                ? new Unwritable(
                        scalar.location(),
                        "render-replacement",
                        WrittenText.misfit(scalar),
                        "correct the selector, the path or the object")
                : null;
    }

    private static @Nullable Unwritable character(String text, Location place) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= FIRST && c <= LAST) {
                return new Unwritable(
                        place,
                        "render-control-character",
                        "it holds the control character U+" + String.format("%04X", (int) c)
                                + ", which kustomize refuses or makes a blank of",
                        "remove it, or keep the bytes as binaryData, in base64");
            }
        }
        return null;
    }
}
