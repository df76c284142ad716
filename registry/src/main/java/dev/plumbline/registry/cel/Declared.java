package dev.plumbline.registry.cel;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import dev.cel.common.types.StructTypeReference;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What an API server declares beside the object: the admission request, the namespace, and the variables of one policy, which grow
 * while it is compiled. A field that is not declared does not compile, as on the server.
 */
// The library marks providers as immutable; this one belongs to one compiler, which asks it anew for each expression.
@SuppressWarnings("Immutable")
final class Declared implements CelTypeProvider {

    static final CelType REQUEST = StructTypeReference.create("kubernetes.AdmissionRequest");
    static final CelType NAMESPACE = StructTypeReference.create("kubernetes.Namespace");
    static final CelType VARIABLES = StructTypeReference.create("kubernetes.variables");

    private static final CelType TEXTS = MapType.create(SimpleType.STRING, SimpleType.STRING);

    private static final Map<String, Map<String, CelType>> FIXED = fixed();

    private final Map<String, CelType> variables = new LinkedHashMap<>();

    void variable(String name, CelType type) {
        variables.put(name, type);
    }

    @Override
    public ImmutableCollection<CelType> types() {
        return ImmutableList.of();
    }

    @Override
    public Optional<CelType> findType(String name) {
        Map<String, CelType> fields = name.equals(VARIABLES.name()) ? variables : FIXED.get(name);
        return Optional.ofNullable(fields)
                .map(found -> StructType.create(
                        name, ImmutableSet.copyOf(found.keySet()), field -> Optional.ofNullable(found.get(field))));
    }

    private static Map<String, Map<String, CelType>> fixed() {
        Map<String, Map<String, CelType>> all = new LinkedHashMap<>();
        CelType text = SimpleType.STRING;
        all.put("kubernetes.GroupVersionKind", Map.of("group", text, "version", text, "kind", text));
        all.put("kubernetes.GroupVersionResource", Map.of("group", text, "version", text, "resource", text));
        all.put(
                "kubernetes.UserInfo",
                Map.of(
                        "username",
                        text,
                        "uid",
                        text,
                        "groups",
                        Types.STRINGS,
                        "extra",
                        MapType.create(text, Types.STRINGS)));
        Map<String, CelType> request = new LinkedHashMap<>();
        CelType kind = StructTypeReference.create("kubernetes.GroupVersionKind");
        CelType resource = StructTypeReference.create("kubernetes.GroupVersionResource");
        request.put("kind", kind);
        request.put("resource", resource);
        request.put("subResource", text);
        request.put("requestKind", kind);
        request.put("requestResource", resource);
        request.put("requestSubResource", text);
        request.put("name", text);
        request.put("namespace", text);
        request.put("operation", text);
        request.put("userInfo", StructTypeReference.create("kubernetes.UserInfo"));
        request.put("dryRun", SimpleType.BOOL);
        request.put("options", SimpleType.DYN);
        all.put(REQUEST.name(), request);
        namespace(all);
        return all;
    }

    private static void namespace(Map<String, Map<String, CelType>> all) {
        CelType text = SimpleType.STRING;
        all.put(
                NAMESPACE.name(),
                Map.of(
                        "metadata", StructTypeReference.create("kubernetes.NamespaceMetadata"),
                        "spec", StructTypeReference.create("kubernetes.NamespaceSpec"),
                        "status", StructTypeReference.create("kubernetes.NamespaceStatus")));
        Map<String, CelType> metadata = new LinkedHashMap<>();
        metadata.put("name", text);
        metadata.put("generateName", text);
        metadata.put("namespace", text);
        metadata.put("labels", TEXTS);
        metadata.put("annotations", TEXTS);
        metadata.put("UID", text);
        metadata.put("creationTimestamp", SimpleType.TIMESTAMP);
        metadata.put("deletionGracePeriodSeconds", SimpleType.INT);
        metadata.put("deletionTimestamp", SimpleType.TIMESTAMP);
        metadata.put("generation", SimpleType.INT);
        metadata.put("resourceVersion", text);
        metadata.put("finalizers", ListType.create(text));
        all.put("kubernetes.NamespaceMetadata", metadata);
        all.put("kubernetes.NamespaceSpec", Map.of("finalizers", ListType.create(text)));
        all.put("kubernetes.NamespaceStatus", Map.of("phase", text));
    }
}
