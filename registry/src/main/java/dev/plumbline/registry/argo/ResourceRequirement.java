package dev.plumbline.registry.argo;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One requirement of a {@link ResourceCondition}, with the meaning that label selectors of Kubernetes give it: what is not there
 * fulfils {@code !}, {@code !=} and {@code notin}, and nothing else.
 *
 * @param key path in the object: names and positions of lists, joined by dots
 * @param operator {@code in}, {@code notin}, {@code <}, {@code >}, {@code !}, or empty for "is there"
 * @param values what it compares with, in written order
 */
public record ResourceRequirement(String key, String operator, List<String> values) {

    private static final Pattern POSITION = Pattern.compile("[0-9]{1,9}");
    private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]+");

    /** Keeps its own copy of the values. */
    public ResourceRequirement {
        values = List.copyOf(values);
    }

    /** Whether an object fulfils it. */
    public boolean holds(Map<String, @Nullable Object> object) {
        String found = find(object);
        return switch (operator) {
            case "in" -> found != null && values.contains(found);
            case "notin" -> found == null || !values.contains(found);
            case "<" -> order(found) < 0;
            case ">" -> order(found) > 0;
            case "!" -> found == null;
            default -> found != null;
        };
    }

    private @Nullable String find(Map<String, @Nullable Object> object) {
        Object at = object;
        for (String step : key.split("\\.", -1)) {
            if (at instanceof Map<?, ?> map && map.containsKey(step)) {
                at = map.get(step);
            } else if (at instanceof List<?> list
                    && POSITION.matcher(step).matches()
                    && Integer.parseInt(step) < list.size()) {
                at = list.get(Integer.parseInt(step));
            } else {
                return null;
            }
        }
        return at == null ? "" : ArgoText.of(at);
    }

    /** How what was found stands to the number that it is compared with; 0 where they cannot be compared, too. */
    private int order(@Nullable String found) {
        Long left = found == null ? null : integer(found);
        Long right = integer(values.getFirst());
        return left == null || right == null ? 0 : left.compareTo(right);
    }

    /** A whole number of 64 bits, as Kubernetes reads them; null for any other text. */
    static @Nullable Long integer(String text) {
        if (!INTEGER.matcher(text).matches()) {
            return null;
        }
        BigInteger number = new BigInteger(text);
        return number.bitLength() < Long.SIZE ? Long.valueOf(number.longValueExact()) : null;
    }
}
