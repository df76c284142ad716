package dev.plumbline.registry.render;

import dev.plumbline.registry.json.Json;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes what mends Argo's objects for plain kustomize too, ready to be put into a file. */
final class ArgoFix {

    /** Most names that a message lists. */
    private static final int MAX_NAMES = 5;

    private ArgoFix() {}

    /** A {@code configurations:} file for images, as flow YAML. */
    static String images(Collection<FieldSpec> specs) {
        return "{images: [" + specs(specs) + "]}";
    }

    /** A {@code configurations:} file for references to objects of one kind, as flow YAML. */
    static String references(Gvk target, Collection<FieldSpec> specs) {
        String group = target.group().isEmpty() ? "" : "group: " + target.group() + ", ";
        return "{nameReference: [{kind: " + target.kind() + ", " + group + "version: " + target.version()
                + ", fieldSpecs: [" + specs(specs) + "]}]}";
    }

    private static String specs(Collection<FieldSpec> specs) {
        List<String> written = new ArrayList<>();
        for (FieldSpec spec : specs) {
            written.add("{path: " + spec.path() + ", kind: " + spec.selector().kind() + "}");
        }
        return String.join(", ", written);
    }

    /** An {@code openapi:} file that lets lists of a kind merge, as JSON. */
    static String openApi(Gvk gvk, Map<String, @Nullable Object> schema) {
        Map<String, @Nullable Object> definition = new LinkedHashMap<>();
        Map<String, @Nullable Object> kind = new LinkedHashMap<>();
        kind.put("group", gvk.group());
        kind.put("version", gvk.version());
        kind.put("kind", gvk.kind());
        definition.put("type", "object");
        definition.put("x-kubernetes-group-version-kind", List.of(kind));
        definition.putAll(schema);
        Map<String, @Nullable Object> root = Map.of("definitions", Map.of(gvk.kind(), definition));
        return Json.write(root);
    }

    /** An object in a message. */
    static String title(Resource resource) {
        return resource.kind() + "/" + resource.name();
    }

    /** A few of many names. */
    static String some(Collection<String> names) {
        List<String> few = names.stream().limit(MAX_NAMES).toList();
        return String.join(", ", few)
                + (names.size() > MAX_NAMES ? " and " + (names.size() - MAX_NAMES) + " more" : "");
    }
}
