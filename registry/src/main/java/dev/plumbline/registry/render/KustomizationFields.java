package dev.plumbline.registry.render;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Every field that a kustomization file can have, and the way out where this renderer does not support it. */
final class KustomizationFields {

    /** Fields that take effect, in the order in which a build works through them. */
    static final List<String> SUPPORTED = List.of(
            "apiVersion",
            "kind",
            "metadata",
            "resources",
            "bases",
            "configurations",
            "generatorOptions",
            "configMapGenerator",
            "secretGenerator",
            "patchesStrategicMerge",
            "patches",
            "namespace",
            "namePrefix",
            "nameSuffix",
            "labels",
            "commonLabels",
            "commonAnnotations",
            "patchesJson6902",
            "replicas",
            "images");

    /** Fields that are refused by name, each with what to do instead. */
    static final Map<String, String> UNSUPPORTED = new LinkedHashMap<>();

    static {
        UNSUPPORTED.put("components", "make the component a base, or repeat its patches here");
        UNSUPPORTED.put("crds", "list the field paths under configurations");
        UNSUPPORTED.put("openapi", "write lists of custom kinds out in full in the patch, or use a JSON 6902 patch");
        UNSUPPORTED.put("replacements", "write the value where it is needed, with a patch");
        UNSUPPORTED.put("vars", "write the value where it is needed, with a patch");
        UNSUPPORTED.put(
                "sortOptions", "remove it: objects are written in kustomize's default order and applied in waves");
        UNSUPPORTED.put("buildMetadata", "remove it: Plumbline records the origin of each object itself");
        UNSUPPORTED.put("generators", "use configMapGenerator or secretGenerator");
        UNSUPPORTED.put("transformers", "use the kustomization's own fields");
        UNSUPPORTED.put("validators", "use Plumbline's rules and policies");
        UNSUPPORTED.put("imageTags", "use images");
        UNSUPPORTED.put("helmGlobals", "render the chart once and commit the result");
        UNSUPPORTED.put("helmCharts", "render the chart once and commit the result");
        UNSUPPORTED.put("helmChartInflationGenerator", "render the chart once and commit the result");
    }

    private KustomizationFields() {}
}
