package dev.plumbline.registry.cel;

import dev.cel.common.values.NullValue;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Plain trees as CEL reads them. */
public final class Values {

    private Values() {}

    /**
     * A deep copy of a plain tree for expressions: CEL reads a Java null as "unknown" and cannot compute with other widths of
     * numbers. Convert an object once and use it for many expressions.
     */
    public static Object of(@Nullable Object tree) {
        return switch (tree) {
            case null -> NullValue.NULL_VALUE;
            case Map<?, ?> map -> {
                Map<Object, Object> converted = LinkedHashMap.newLinkedHashMap(map.size());
                map.forEach((key, value) -> converted.put(key, of(value)));
                yield converted;
            }
            case List<?> list -> {
                List<Object> converted = new ArrayList<>(list.size());
                for (Object element : list) {
                    converted.add(of(element));
                }
                yield converted;
            }
            case Integer number -> number.longValue();
            case BigInteger number -> number.doubleValue();
            default -> tree;
        };
    }

    /** A result: what CEL calls null as Java's. */
    static @Nullable Object back(Object value) {
        return value instanceof NullValue ? null : value;
    }
}
