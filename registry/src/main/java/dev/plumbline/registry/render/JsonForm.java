package dev.plumbline.registry.render;

import dev.plumbline.registry.yaml.ShortestDecimal;
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

    private static final BigInteger MOST_EXACT_IN_ITEM = BigInteger.ONE.shiftLeft(64);

    /** Whether it is an item of a list: all texts are quoted, and whole numbers that fit 64 bits stay exact. */
    private final boolean item;

    private JsonForm(boolean item) {
        this.item = item;
    }

    /** An object after a JSON patch. */
    static YamlMap of(YamlMap object) {
        return (YamlMap) new JsonForm(false).again(object, false);
    }

    /** An item of a list of objects, which stays JSON. */
    static YamlNode ofItem(YamlNode item) {
        return new JsonForm(true).again(item, false);
    }

    private YamlNode again(YamlNode node, boolean flow) {
        return switch (node) {
            case YamlMap map -> {
                Map<String, YamlNode> entries =
                        LinkedHashMap.newLinkedHashMap(map.entries().size());
                map.entries().forEach((key, child) -> entries.put(key, again(child, flow || map.flow())));
                yield new YamlMap(entries, map.location(), this.item);
            }
            case YamlList list -> {
                List<YamlNode> items = new ArrayList<>(list.items().size());
                list.items().forEach(item -> items.add(again(item, flow || list.flow())));
                yield new YamlList(items, list.location(), this.item);
            }
            case YamlScalar scalar -> again(OutputForm.between(scalar, flow));
        };
    }

    private YamlScalar again(YamlScalar scalar) {
        return switch (scalar.value()) {
            case null -> new YamlScalar(null, "null", scalar.location());
            case String text ->
                new YamlScalar(
                        text,
                        text,
                        scalar.location(),
                        item || YamlScalar.needsQuotes(text) ? YamlScalar.Form.QUOTED : YamlScalar.Form.PLAIN,
                        null);
            case Long number when item -> new YamlScalar(number, scalar.location());
            case BigInteger number
            when item && number.signum() > 0 && number.compareTo(MOST_EXACT_IN_ITEM) < 0 ->
                new YamlScalar(number, scalar.location());
            case Long number when Math.abs(number) > EXACT -> number((double) number, number.doubleValue(), scalar);
            case Long number -> number(number, number.doubleValue(), scalar);
            case BigInteger number -> number(number.doubleValue(), number.doubleValue(), scalar);
            case Double number -> number(number, number, scalar);
            default -> new YamlScalar(scalar.value(), scalar.location());
        };
    }

    /** Written as Go writes a float64: with an exponent from a million on, which shows where it becomes text later. */
    private static YamlScalar number(Object value, double number, YamlScalar old) {
        if (Double.compare(number, -0.0) == 0) {
            return new YamlScalar(0L, "-0", old.location()); // Read again, it is a whole number.
        }
        return new YamlScalar(value, ShortestDecimal.text(number), old.location());
    }
}
