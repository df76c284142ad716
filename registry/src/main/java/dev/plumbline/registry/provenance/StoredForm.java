package dev.plumbline.registry.provenance;

import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.manifest.CanonicalForm;
import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.provenance.ArgoTypes.Field;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The form in which a definition from Git and one that Argo stored are compared, version 2. Argo reads a definition into Go
 * structs and writes it again; both sides are brought to what that gives, by the table of its types:
 *
 * <ol>
 *   <li><b>Zero values.</b> What Go cannot tell from absent is left out: null, and the empty text, {@code false}, 0, and
 *       empty lists and objects of a field that is no pointer. {@code inputs: {}} of a template is nothing;
 *       {@code archive: {none: {}}} of an artifact, whose fields are pointers, stays.
 *   <li><b>Any-string.</b> Values of parameters are text: {@code value: 5} is {@code value: "5"}.
 *   <li><b>Quantities.</b> Amounts are compared as exact numbers: {@code memory: 1024Mi} is {@code memory: 1Gi}.
 *   <li><b>Stamps.</b> Labels and annotations that begin with {@code plumbline.dev/} are left out of metadata that is handed
 *       on, and metadata that this leaves empty; nothing else is.
 *   <li><b>Unknown fields.</b> A field that Argo's types do not have is left out, because Argo drops it, and named: in
 *       something that was executed it means a form that is not known.
 * </ol>
 *
 * <p>Whole numbers and text keep the rest to {@link CanonicalForm}.
 */
public final class StoredForm {

    /** Names this form in stored values. A change of the form is a new name. */
    public static final String VERSION = "plumbline-stored-v2+argo-" + ArgoTypes.ARGO;

    private static final String STAMP = "plumbline.dev/";
    private static final Set<String> HANDED_ON = Set.of(ArgoTypes.METADATA, ArgoTypes.WORKFLOW_METADATA);
    private static final Set<String> STAMPED = Set.of("labels", "annotations", "labelsFrom");

    private final Set<String> unknown = new TreeSet<>();

    private StoredForm() {}

    /**
     * A definition in this form.
     *
     * @param content the plain tree
     * @param unknownFields paths of fields that Argo's types do not have, sorted
     */
    record Formed(Map<String, @Nullable Object> content, Set<String> unknownFields) {

        Digest digest() {
            return CanonicalForm.digest(content);
        }
    }

    /** A {@code spec} in this form. */
    static Formed spec(Map<String, @Nullable Object> spec) {
        return form(ArgoTypes.SPEC, spec);
    }

    /** A template in this form. */
    static Formed template(Map<String, @Nullable Object> template) {
        return form(ArgoTypes.TEMPLATE, template);
    }

    private static Formed form(String type, Map<String, @Nullable Object> tree) {
        StoredForm form = new StoredForm();
        return new Formed(form.struct(type, tree, ""), form.unknown);
    }

    private Map<String, @Nullable Object> struct(String type, Map<String, @Nullable Object> tree, String path) {
        Map<String, @Nullable Object> formed = new TreeMap<>();
        boolean handedOn = HANDED_ON.contains(type);
        tree.forEach((name, value) -> {
            Field field = ArgoTypes.field(type, name);
            if (field == null) {
                unknown.add(path + name);
            } else if (value != null) {
                Object content = handedOn && STAMPED.contains(name) ? unstamped(value) : value;
                Object result = value(field.type(), content, path + name);
                boolean mayBeZero = !field.pointer() || HANDED_ON.contains(field.type());
                if (!(mayBeZero && isZero(result))) {
                    formed.put(name, result);
                }
            }
        });
        return formed;
    }

    private @Nullable Object value(String type, @Nullable Object value, String path) {
        if (type.startsWith("list:") && value instanceof List<?> list) {
            List<@Nullable Object> elements = new ArrayList<>(list.size());
            for (Object element : list) {
                elements.add(value(type.substring("list:".length()), element, path + "[]"));
            }
            return elements;
        }
        if (type.startsWith("map:") && value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> entries = new TreeMap<>();
            Tree.cast(map)
                    .forEach((key, entry) ->
                            entries.put(key, value(type.substring("map:".length()), entry, path + "." + key)));
            return entries;
        }
        if (ArgoTypes.isStruct(type) && value instanceof Map<?, ?> map) {
            return struct(type, Tree.cast(map), path + ".");
        }
        return switch (type) {
            case "anyString" -> anyString(value);
            case "quantity" -> quantity(value);
            default -> value;
        };
    }

    private static Object unstamped(Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            return value;
        }
        Map<String, @Nullable Object> rest = new TreeMap<>();
        Tree.cast(map).forEach((key, entry) -> {
            if (!key.startsWith(STAMP)) {
                rest.put(key, entry);
            }
        });
        return rest;
    }

    private static boolean isZero(@Nullable Object value) {
        return switch (value) {
            case null -> true;
            case String text -> text.isEmpty();
            case Boolean flag -> !flag;
            case Number number -> number.doubleValue() == 0;
            case Map<?, ?> map -> map.isEmpty();
            case List<?> list -> list.isEmpty();
            default -> false;
        };
    }

    /** As Go writes it: a number is read as a 64-bit float and written without an exponent. */
    private static @Nullable Object anyString(@Nullable Object value) {
        return switch (value) {
            case Number number -> decimal(new BigDecimal(Double.toString(number.doubleValue())));
            case Boolean flag -> flag.toString();
            case Map<?, ?> map -> "";
            case List<?> list -> "";
            case null, default -> value;
        };
    }

    private static @Nullable Object quantity(@Nullable Object value) {
        if (value == null) {
            return null;
        }
        BigDecimal amount = Quantity.parse(value.toString().strip());
        return amount == null ? value : amount.signum() == 0 ? 0L : decimal(amount);
    }

    private static String decimal(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }
}
