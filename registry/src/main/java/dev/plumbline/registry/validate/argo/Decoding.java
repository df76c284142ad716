package dev.plumbline.registry.validate.argo;

import dev.plumbline.registry.argo.ArgoType;
import dev.plumbline.registry.argo.ArgoTypes;
import dev.plumbline.registry.argo.ArgoVersion;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.Tree;
import java.math.BigInteger;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Whether Argo's strict decoder takes an object: known fields only, each with content of its type. */
final class Decoding {

    static final String UNKNOWN_FIELD = "unknown-field";
    static final String FIELD_TYPE = "field-type";

    private static final Pattern QUANTITY =
            Pattern.compile("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)(Ki|Mi|Gi|Ti|Pi|Ei|n|u|m|k|M|G|T|P|E|[eE][+-]?[0-9]+)?");
    private static final int MAX_SHOWN = 60;
    private static final Set<String> IDENTITY = Set.of("apiVersion", "kind");

    private final Problems problems;
    private final ArgoVersion version;
    private boolean anyUnknown;

    Decoding(Problems problems, ArgoVersion version) {
        this.problems = problems;
        this.version = version;
    }

    /** Checks an object; what the decoder leaves of it, without the fields that it does not know. */
    Map<String, @Nullable Object> object(Map<String, @Nullable Object> content, String kind, Place place) {
        ArgoType type = ArgoTypes.of(kind);
        if (type == null) {
            return content;
        }
        struct(content, type, place);
        Object known = anyUnknown ? known(content, type) : content;
        return known instanceof Map<?, ?> map ? Tree.cast(map) : content;
    }

    private static @Nullable Object known(@Nullable Object value, ArgoType type) {
        if (value instanceof Map<?, ?> map
                && (type.form() == ArgoType.Form.STRUCT || type.form() == ArgoType.Form.MAP)) {
            Map<String, @Nullable Object> copy = new LinkedHashMap<>();
            Tree.cast(map).forEach((key, child) -> {
                ArgoType field = type.form() == ArgoType.Form.MAP
                        ? type.element()
                        : type.fields().get(key);
                if (field != null) {
                    copy.put(key, known(child, field));
                }
            });
            return copy;
        }
        if (value instanceof List<?> list && type.form() == ArgoType.Form.LIST) {
            List<@Nullable Object> copy = new ArrayList<>();
            list.forEach(child -> copy.add(known(child, type.element())));
            return copy;
        }
        return value;
    }

    private void struct(Map<String, @Nullable Object> map, ArgoType type, Place place) {
        Map<String, ArgoType> fields = type.fields();
        map.forEach((key, value) -> {
            ArgoType field = fields.get(key);
            if (field == null || !version.isAtLeast(Added.since(type.name(), key))) {
                unknown(key, type, place);
            } else if (value != null && !isRight(value, field) && !IDENTITY.contains(key)) {
                value(value, field, place.at(key));
            }
        });
    }

    private void unknown(String key, ArgoType type, Place place) {
        anyUnknown = true;
        String rewrite = Removed.rewrite(type.name(), key);
        ArgoVersion since = Added.since(type.name(), key);
        if (Removed.isKnown(version, type.name(), key)) {
            return;
        }
        if (!rewrite.isEmpty()) {
            problems.add(Removed.RULE, place.at(key), "Argo Workflows v4 no longer has '" + key + "' here", rewrite);
        } else if (!version.isAtLeast(since)) {
            problems.add(
                    UNKNOWN_FIELD,
                    place.at(key),
                    "Argo Workflows " + version + " has no field '" + key + "' here, which came with " + since,
                    "remove it, or run Argo Workflows " + since);
        } else {
            problems.add(
                    UNKNOWN_FIELD,
                    place.at(key),
                    "Argo Workflows v4 has no field '" + key + "' here",
                    Fixes.closest(key, type.fields().keySet(), "remove it"));
        }
    }

    private void value(Object value, ArgoType type, Place place) {
        switch (type.form()) {
            case STRUCT -> {
                if (value instanceof Map<?, ?> map) {
                    struct(Tree.cast(map), type, place);
                } else {
                    wrong(value, "a map", place);
                }
            }
            case LIST -> {
                if (value instanceof List<?> list) {
                    list(list, type.element(), place);
                } else {
                    wrong(value, "a list", place);
                }
            }
            case MAP -> {
                if (value instanceof Map<?, ?> map) {
                    Tree.cast(map).forEach((key, element) -> {
                        if (element != null && !isRight(element, type.element())) {
                            value(element, type.element(), place.at(key));
                        }
                    });
                } else {
                    wrong(value, "a map", place);
                }
            }
            default -> leaf(value, type.form(), place);
        }
    }

    /** Whether a scalar is what it must be: most are, and need no place. */
    private static boolean isRight(Object value, ArgoType type) {
        return switch (type.form()) {
            case STRING -> value instanceof String;
            case BOOL -> value instanceof Boolean;
            case ANY, ANY_STRING -> true;
            default -> false;
        };
    }

    private void list(List<?> list, ArgoType element, Place place) {
        for (int i = 0; i < list.size(); i++) {
            Object item = list.get(i);
            if (item != null && !isRight(item, element)) {
                value(item, element, place.at(i));
            }
        }
    }

    private void leaf(Object value, ArgoType.Form form, Place place) {
        String wanted = switch (form) {
            case STRING -> value instanceof String ? null : "text";
            case BOOL -> value instanceof Boolean ? null : "true or false";
            case INT -> isWhole(value) ? null : "a whole number";
            case FLOAT -> value instanceof Number ? null : "a number";
            case INT_OR_STRING -> value instanceof String || isInt(value) ? null : "a whole number or text";
            case QUANTITY -> isQuantity(value) ? null : "an amount such as 500m or 2Gi";
            case TIME -> isTime(value) ? null : "a time such as 2026-01-31T12:00:00Z";
            case ONE_KEY -> value instanceof Map<?, ?> map && map.size() == 1 ? null : "a map with exactly one key";
            default -> null;
        };
        if (wanted != null) {
            wrong(value, wanted, place);
        }
    }

    private void wrong(Object value, String wanted, Place place) {
        String shown = switch (value) {
            case Map<?, ?> _ -> "a map";
            case List<?> _ -> "a list";
            default -> Fixes.shorten(Json.write(value), MAX_SHOWN);
        };
        boolean quote = wanted.equals("text") && !(value instanceof Map || value instanceof List);
        problems.add(
                FIELD_TYPE,
                place,
                place.path().getLast() + " must be " + wanted + ", but is " + shown,
                quote ? "put it in quotes" : "write " + wanted);
    }

    private static boolean isWhole(Object value) {
        return value instanceof Long
                || value instanceof Integer
                || (value instanceof Double number && number == Math.rint(number));
    }

    private static boolean isInt(Object value) {
        return isWhole(value)
                && !(value instanceof BigInteger)
                && ((Number) value).longValue() == ((Number) value).intValue();
    }

    private static boolean isQuantity(Object value) {
        return value instanceof Number
                || (value instanceof String text && QUANTITY.matcher(text).matches());
    }

    private static boolean isTime(Object value) {
        if (!(value instanceof String text)) {
            return false;
        }
        try {
            OffsetDateTime.parse(text);
            return true;
        } catch (DateTimeParseException e) {
            return false;
        }
    }
}
