package dev.plumbline.registry.schema;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One kind that an API server serves. Immutable. */
public final class KindSchema {

    private final String apiVersion;
    private final String kind;
    private final String resource;
    private final boolean namespaced;
    private final FieldType type;

    KindSchema(String apiVersion, String kind, String resource, boolean namespaced, FieldType type) {
        this.apiVersion = apiVersion;
        this.kind = kind;
        this.resource = resource;
        this.namespaced = namespaced;
        this.type = type;
    }

    /** {@code group/version}; only the version in the core group. */
    public String apiVersion() {
        return apiVersion;
    }

    /** The kind's name. */
    public String kind() {
        return kind;
    }

    /** The name of its collection, such as {@code workflowtemplates}. */
    public String resource() {
        return resource;
    }

    /** Whether its objects live in namespaces. */
    public boolean namespaced() {
        return namespaced;
    }

    /**
     * Everything in an object that a strict API server would refuse, in the order of the object's fields; at most
     * {@link SchemaCheck#MAX_FAULTS}.
     */
    public List<Fault> check(Map<String, @Nullable Object> content) {
        return new SchemaCheck().check(type, content);
    }
}
