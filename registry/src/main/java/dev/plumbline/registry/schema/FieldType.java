package dev.plumbline.registry.schema;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a field may hold. Set up once while its file is read, never changed after. */
final class FieldType {

    /** Sorts of values. */
    enum Sort {
        ANY,
        OBJECT,
        ARRAY,
        STRING,
        INTEGER,
        NUMBER,
        BOOLEAN,
        INT_OR_STRING,
        QUANTITY
    }

    Sort sort = Sort.ANY;

    /** Whether the API server decodes it into a Go structure, which reads null as absent. */
    boolean go;

    /** Whether fields that are not listed are kept as they are. */
    boolean open;

    boolean nullable;
    boolean hasDefault;

    @Nullable
    Object defaultValue;

    Map<String, FieldType> fields = Map.of();

    @Nullable
    FieldType values;

    @Nullable
    FieldType items;

    List<String> required = List.of();
    List<String> keys = List.of();
    boolean set;
    List<@Nullable Object> allowed = List.of();
    String format = "";

    @Nullable
    Pattern pattern;

    @Nullable
    BigDecimal minimum;

    @Nullable
    BigDecimal maximum;

    int minLength;
    int maxLength = Integer.MAX_VALUE;
    int minItems;
    int maxItems = Integer.MAX_VALUE;
    List<ObjectRule> rules = new ArrayList<>();

    /** The sort in the words of the API server. */
    String words() {
        return switch (sort) {
            case ANY -> "any";
            case OBJECT -> "object";
            case ARRAY -> "array";
            case STRING -> "string";
            case INTEGER -> "integer";
            case NUMBER -> "number";
            case BOOLEAN -> "boolean";
            case INT_OR_STRING -> "integer or string";
            case QUANTITY -> "quantity";
        };
    }
}
