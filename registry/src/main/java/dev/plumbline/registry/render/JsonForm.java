package dev.plumbline.registry.render;

import dev.plumbline.registry.yaml.YamlList;
import dev.plumbline.registry.yaml.YamlMap;
import dev.plumbline.registry.yaml.YamlNode;
import dev.plumbline.registry.yaml.YamlScalar;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An object as kustomize has it after it went through JSON for a JSON patch: how scalars were written is forgotten, every
 * number is a float64, and nothing is shared any more.
 */
final class JsonForm {

    /** Whole numbers up to this one are exact in a float64. */
    private static final long EXACT = 1L << 53;

    private final boolean allQuoted;

    private JsonForm(boolean allQuoted) {
        this.allQuoted = allQuoted;
    }

    /** An object after a JSON patch. */
    static YamlMap of(YamlMap object) {
        return (YamlMap) new JsonForm(false).again(object);
    }

    /** An item of a list of objects, which stays JSON: all its texts are quoted. */
    static YamlNode ofItem(YamlNode item) {
        return new JsonForm(true).again(item);
    }

    private YamlNode again(YamlNode node) {
        return switch (node) {
            case YamlMap map -> {
                Map<String, YamlNode> entries =
                        LinkedHashMap.newLinkedHashMap(map.entries().size());
                map.entries().forEach((key, child) -> entries.put(key, again(child)));
                yield new YamlMap(entries, map.location());
            }
            case YamlList list -> {
                List<YamlNode> items = new ArrayList<>(list.items().size());
                list.items().forEach(item -> items.add(again(item)));
                yield new YamlList(items, list.location());
            }
            case YamlScalar scalar -> again(scalar);
        };
    }

    private YamlScalar again(YamlScalar scalar) {
        return switch (scalar.value()) {
            case null -> new YamlScalar(null, "null", scalar.location());
            case String text ->
                new YamlScalar(text, text, scalar.location(), allQuoted || YamlScalar.needsQuotes(text), null);
            case Long number when Math.abs(number) > EXACT -> new YamlScalar((double) number, scalar.location());
            case BigInteger number -> new YamlScalar(number.doubleValue(), scalar.location());
            default -> new YamlScalar(scalar.value(), scalar.location());
        };
    }
}
