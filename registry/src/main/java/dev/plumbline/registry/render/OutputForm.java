package dev.plumbline.registry.render;

import dev.plumbline.registry.yaml.YamlList;
import dev.plumbline.registry.yaml.YamlMap;
import dev.plumbline.registry.yaml.YamlNode;
import dev.plumbline.registry.yaml.YamlScalar;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The form in which kustomize writes objects: fields sorted (digits in names by value), numbers without a fraction as whole
 * ones, annotations as text.
 */
final class OutputForm {

    private static final double SMALLEST_WHOLE = -0x1p63;
    private static final double PAST_LARGEST_WHOLE = 0x1p64;

    private OutputForm() {}

    static YamlMap of(YamlMap object) {
        if (object.child("metadata") instanceof YamlMap metadata
                && metadata.child("annotations") instanceof YamlMap annotations) {
            annotations.entries().replaceAll((_, value) -> text(value));
        }
        return (YamlMap) sorted(object);
    }

    private static YamlNode text(YamlNode node) {
        return node instanceof YamlScalar scalar ? new YamlScalar(scalar.text(), scalar.location()) : node;
    }

    private static YamlNode sorted(YamlNode node) {
        return switch (node) {
            case YamlMap map -> {
                List<String> names = new ArrayList<>(map.entries().keySet());
                sort(names);
                Map<String, YamlNode> entries = LinkedHashMap.newLinkedHashMap(names.size());
                for (String name : names) {
                    YamlNode child = map.child(name);
                    if (child != null) {
                        entries.put(name, sorted(child));
                    }
                }
                yield new YamlMap(entries, map.location());
            }
            case YamlList list -> {
                list.items().replaceAll(OutputForm::sorted);
                yield list;
            }
            case YamlScalar scalar -> whole(scalar);
        };
    }

    /** Go's order is not one for some odd sets of names, which Java's sort notices; they get the plain order. */
    private static void sort(List<String> names) {
        try {
            names.sort(OutputForm::compare);
        } catch (IllegalArgumentException e) {
            names.sort(GoJson::compareCodePoints);
        }
    }

    private static YamlNode whole(YamlScalar scalar) {
        if (scalar.value() instanceof Double number
                && number == Math.rint(number)
                && number >= SMALLEST_WHOLE
                && number < PAST_LARGEST_WHOLE) {
            BigInteger whole = new BigDecimal(number).toBigInteger();
            Object value = whole.bitLength() < Long.SIZE ? (Object) whole.longValue() : whole;
            return new YamlScalar(value, scalar.location());
        }
        return scalar;
    }

    /** The order of Go's YAML writer: letters behind other signs, runs of digits by value. */
    static int compare(String one, String other) {
        int[] a = one.codePoints().toArray();
        int[] b = other.codePoints().toArray();
        for (int i = 0; i < a.length && i < b.length; i++) {
            if (a[i] == b[i]) {
                continue;
            }
            boolean letterA = Character.isLetter(a[i]);
            boolean letterB = Character.isLetter(b[i]);
            if (letterA && letterB) {
                return Integer.compare(a[i], b[i]);
            }
            return letterA || letterB ? Boolean.compare(letterA, letterB) : numbers(a, b, i);
        }
        return Integer.compare(a.length, b.length);
    }

    private static int numbers(int[] a, int[] b, int from) {
        boolean insideNumber = false;
        if (a[from] == '0' || b[from] == '0') {
            for (int j = from - 1; j >= 0 && Character.isDigit(a[j]) && !insideNumber; j--) {
                insideNumber = a[j] != '0';
            }
        }
        int endA = from;
        int endB = from;
        long valueA = insideNumber ? 1 : 0;
        long valueB = valueA;
        while (endA < a.length && Character.isDigit(a[endA])) {
            valueA = valueA * 10 + (a[endA++] - '0');
        }
        while (endB < b.length && Character.isDigit(b[endB])) {
            valueB = valueB * 10 + (b[endB++] - '0');
        }
        if (valueA != valueB) {
            return Long.compare(valueA, valueB);
        }
        return endA != endB ? Integer.compare(endA, endB) : Integer.compare(a[from], b[from]);
    }
}
