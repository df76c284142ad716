package dev.plumbline.registry.argo;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What Argo's decoder takes for a field. Read from a table that Argo's own types were printed to. */
public final class ArgoType {

    /** Kinds of content. */
    public enum Form {
        /** Text. */
        STRING,
        /** True or false. */
        BOOL,
        /** A whole number. */
        INT,
        /** A number. */
        FLOAT,
        /** A whole number of 32 bits, or text. */
        INT_OR_STRING,
        /** Text, number or boolean: Argo makes text of it. */
        ANY_STRING,
        /** An amount such as {@code 500m}, or a number. */
        QUANTITY,
        /** A time of RFC 3339. */
        TIME,
        /** Anything. */
        ANY,
        /** A map with exactly one key. */
        ONE_KEY,
        /** A list of {@link #element()}. */
        LIST,
        /** A map with free keys to {@link #element()}. */
        MAP,
        /** A map with the keys of {@link #fields()}. */
        STRUCT
    }

    private final Form form;
    private final String name;
    private final @Nullable ArgoType element;
    private Map<String, ArgoType> fields = Map.of();

    ArgoType(Form form, String name, @Nullable ArgoType element) {
        this.form = form;
        this.name = name;
        this.element = element;
    }

    /** Structs refer to each other, so their fields come later. */
    void fields(Map<String, ArgoType> all) {
        fields = all;
    }

    /** Its kind of content. */
    public Form form() {
        return form;
    }

    /** The name of Argo's or Kubernetes' own type; empty unless it is a struct. */
    public String name() {
        return name;
    }

    /** What its elements are; itself unless it is a list or a map. */
    public ArgoType element() {
        return element == null ? this : element;
    }

    /** Its fields; empty unless it is a struct. */
    public Map<String, ArgoType> fields() {
        return fields;
    }
}
