package dev.plumbline.tests.differential;

import static dev.plumbline.tests.differential.Trees.list;
import static dev.plumbline.tests.differential.Trees.listIn;
import static dev.plumbline.tests.differential.Trees.map;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Random {@code openapi} and {@code crds} files for the custom kinds that cases hold. */
final class Schemas {

    private final Dice dice;
    private final Features.Files files;

    Schemas(Dice dice, Features.Files files) {
        this.dice = dice;
        this.files = files;
    }

    void addTo(Layer layer) {
        if (dice.one(20)) {
            files.yaml(layer.path("openapi.yaml"), openApi());
            layer.kustomization.put("openapi", map("path", "openapi.yaml"));
        } else if (dice.one(40)) {
            layer.kustomization.put("openapi", map("version", "v1.21.2"));
        }
        if (dice.one(16)) {
            files.yaml(layer.path("crds.yaml"), types());
            listIn(layer.kustomization, "crds").add("crds.yaml");
        }
    }

    /** The list spec.items merges by name; sometimes pods within, by reference or not at all. */
    private Map<String, @Nullable Object> openApi() {
        Map<String, @Nullable Object> items = map("type", "array", "items", map("type", "object"));
        if (!dice.one(4)) {
            items.put("x-kubernetes-patch-strategy", "merge");
            items.put("x-kubernetes-patch-merge-key", "name");
        }
        Map<String, @Nullable Object> spec = map("items", items);
        if (dice.one(3)) {
            spec.put("template", map("$ref", "#/definitions/io.k8s.api.core.v1.PodTemplateSpec"));
        }
        Map<String, @Nullable Object> definitions = map(
                "com.example.v1.Widget",
                map(
                        "type",
                        "object",
                        "properties",
                        map("spec", map("$ref", "#/definitions/com.example.v1.WidgetSpec")),
                        "x-kubernetes-group-version-kind",
                        list(map("group", "example.com", "version", "v1", "kind", dice.pick("Widget", "Gadget")))),
                "com.example.v1.WidgetSpec",
                map("type", "object", "properties", spec));
        return map("definitions", definitions);
    }

    private Map<String, @Nullable Object> types() {
        Map<String, @Nullable Object> spec = map(
                "configRef",
                map("x-kubernetes-object-ref-api-version", "v1", "x-kubernetes-object-ref-kind", "ConfigMap"));
        if (dice.one(2)) {
            spec.put("image", map("x-kubernetes-identity", ""));
        }
        if (dice.one(2)) {
            spec.put("notes", map("x-kubernetes-annotation", ""));
        }
        if (dice.one(2)) {
            spec.put("selector", map("x-kubernetes-label-selector", ""));
        }
        Map<String, @Nullable Object> widget = map(
                "kind",
                map("type", "string"),
                "apiVersion",
                map("type", "string"),
                "metadata",
                map("$ref", "k8s.io/apimachinery/pkg/apis/meta/v1.ObjectMeta"),
                "spec",
                map("$ref", "example.com/v1.Spec"));
        return map(
                "example.com/v1." + dice.pick("Widget", "Gadget"),
                map("Schema", map("properties", widget)),
                "example.com/v1.Spec",
                map("Schema", map("properties", spec)));
    }
}
