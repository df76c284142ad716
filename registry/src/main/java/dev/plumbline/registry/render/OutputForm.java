package dev.plumbline.registry.render;

import dev.plumbline.registry.yaml.FoldedText;
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

    /** The written form of an object, which is left as it is. */
    static YamlMap of(YamlMap object) {
        YamlMap sorted = (YamlMap) sorted(object, false);
        if (object.child("metadata") instanceof YamlMap metadata
                && sorted.child("metadata") instanceof YamlMap sortedMetadata) {
            if (metadata.child("annotations") instanceof YamlMap written
                    && sortedMetadata.child("annotations") instanceof YamlMap annotations) {
                annotations.entries().replaceAll((name, value) -> {
                    YamlNode old = written.child(name);
                    return text(old == null ? value : old);
                });
            }
            removeIfEmpty(sortedMetadata);
        }
        return sorted;
    }

    /** kustomize reads and writes all annotations as texts; where there is none, not even a field stays. */
    static void annotations(YamlMap object) {
        if (object.child("metadata") instanceof YamlMap metadata) {
            if (metadata.child("annotations") instanceof YamlMap annotations) {
                annotations.entries().replaceAll((_, value) -> text(value));
            }
            removeIfEmpty(metadata);
        }
    }

    private static void removeIfEmpty(YamlMap metadata) {
        if (!(metadata.child("annotations") instanceof YamlMap annotations)
                || annotations.entries().isEmpty()) {
            metadata.entries().remove("annotations");
        }
    }

    /** A scalar as text; whatever else stands there is empty text. */
    static YamlNode text(YamlNode node) {
        return new YamlScalar(node instanceof YamlScalar scalar ? scalar.text() : "", node.location());
    }

    /** What kustomize reads again of a value: a null that is not spelled out is empty text between braces or brackets. */
    static YamlScalar between(YamlScalar scalar, boolean flow) {
        return flow && scalar.value() == null && scalar.text().isEmpty()
                ? new YamlScalar("", scalar.location())
                : scalar;
    }

    private static YamlNode sorted(YamlNode node, boolean flow) {
        return switch (node) {
            case YamlMap map -> {
                List<String> names = new ArrayList<>(map.entries().keySet());
                sort(names);
                Map<String, YamlNode> entries = LinkedHashMap.newLinkedHashMap(names.size());
                for (String name : names) {
                    YamlNode child = map.child(name);
                    if (child != null) {
                        entries.put(name, sorted(child, flow || map.flow()));
                    }
                }
                yield new YamlMap(entries, map.location());
            }
            case YamlList list -> {
                List<YamlNode> items = new ArrayList<>(list.items().size());
                list.items().forEach(item -> items.add(sorted(item, flow || list.flow())));
                yield new YamlList(items, list.location());
            }
            case YamlScalar scalar -> whole(between(scalar, flow));
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
        if (scalar.form() == YamlScalar.Form.FOLDED && scalar.value() instanceof String text) {
            String again = FoldedText.again(text);
            return again.equals(text) ? scalar : new YamlScalar(again, scalar.location());
        }
        if (scalar.value() instanceof Double number
                && number == Math.rint(number)
                && number >= SMALLEST_WHOLE
                && number < PAST_LARGEST_WHOLE) {
            // The fewest digits that name the number, as Go writes them.
            BigInteger whole = new BigDecimal(Double.toString(number)).toBigInteger();
            Object value = whole.bitLength() < Long.SIZE ? (Object) whole.longValue() : whole;
            return new YamlScalar(value, scalar.location());
        }
        return scalar;
    }

    /** The order of Go's YAML writer: letters behind other signs, runs of digits by value. */
    static int compare(String one, String other) {
        int shorter = Math.min(one.length(), other.length());
        int i = 0;
        while (i < shorter && one.charAt(i) == other.charAt(i)) {
            i++;
        }
        if (i == shorter) {
            return Integer.compare(one.length(), other.length());
        }
        if (i > 0 && Character.isHighSurrogate(one.charAt(i - 1))) {
            i--;
        }
        int a = one.codePointAt(i);
        int b = other.codePointAt(i);
        boolean letterA = Character.isLetter(a);
        boolean letterB = Character.isLetter(b);
        if (letterA && letterB) {
            return Integer.compare(a, b);
        }
        return letterA || letterB ? Boolean.compare(letterA, letterB) : numbers(one, other, i);
    }

    private static int numbers(String one, String other, int from) {
        boolean insideNumber = false;
        if (one.charAt(from) == '0' || other.charAt(from) == '0') {
            for (int j = from - 1; j >= 0 && Character.isDigit(one.charAt(j)) && !insideNumber; j--) {
                insideNumber = one.charAt(j) != '0';
            }
        }
        int endA = endOfDigits(one, from);
        int endB = endOfDigits(other, from);
        long valueA = value(one, from, endA, insideNumber);
        long valueB = value(other, from, endB, insideNumber);
        if (valueA != valueB) {
            return Long.compare(valueA, valueB);
        }
        return endA != endB
                ? Integer.compare(endA, endB)
                : Integer.compare(one.codePointAt(from), other.codePointAt(from));
    }

    private static int endOfDigits(String text, int from) {
        int end = from;
        while (end < text.length() && Character.isDigit(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static long value(String text, int from, int end, boolean insideNumber) {
        long value = insideNumber ? 1 : 0;
        for (int i = from; i < end; i++) {
            value = value * 10 + (text.charAt(i) - '0');
        }
        return value;
    }
}
