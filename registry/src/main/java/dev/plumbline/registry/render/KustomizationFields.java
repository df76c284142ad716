package dev.plumbline.registry.render;

import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Every field that a kustomization file can have, whatever the case of its letters, and the way out where this renderer does
 * not support it.
 */
final class KustomizationFields {

    /** Fields that take effect. */
    static final SortedSet<String> SUPPORTED = ignoringCase(
            "apiVersion",
            "kind",
            "metadata",
            "resources",
            "bases",
            "components",
            "buildMetadata",
            "sortOptions",
            "generators",
            "transformers",
            "validators",
            "imageTags",
            "openapi",
            "configurations",
            "crds",
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
            "images",
            "replacements",
            "vars");

    /** Fields that are refused by name, each with what to do instead. */
    static final Map<String, String> UNSUPPORTED = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    static {
        UNSUPPORTED.put("helmGlobals", "render the chart once and commit the result");
        UNSUPPORTED.put("helmCharts", "render the chart once and commit the result");
        UNSUPPORTED.put("helmChartInflationGenerator", "render the chart once and commit the result");
    }

    private KustomizationFields() {}

    private static SortedSet<String> ignoringCase(String... names) {
        SortedSet<String> set = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        set.addAll(List.of(names));
        return set;
    }
}
