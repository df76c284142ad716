package dev.plumbline.registry.render;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * {@code generatorOptions} of a kustomization, or {@code options} of one generator.
 *
 * @param labels labels of what is generated
 * @param annotations annotations of what is generated
 * @param disableNameSuffixHash whether names get no hash
 * @param immutable whether {@code immutable: true} is set
 */
record GeneratorOptions(
        Map<String, String> labels, Map<String, String> annotations, boolean disableNameSuffixHash, boolean immutable) {

    private static final List<String> FIELDS = List.of("labels", "annotations", "disableNameSuffixHash", "immutable");

    static GeneratorOptions of(@Nullable Fields fields) {
        if (fields == null) {
            return new GeneratorOptions(Map.of(), Map.of(), false, false);
        }
        fields.onlyKnown(FIELDS, "generator options");
        return new GeneratorOptions(
                fields.textMap("labels"),
                fields.textMap("annotations"),
                fields.flag("disableNameSuffixHash"),
                fields.flag("immutable"));
    }

    /** These of one generator over those of the kustomization; a flag set in either is set. */
    GeneratorOptions over(GeneratorOptions global) {
        Map<String, String> allLabels = new TreeMap<>(global.labels);
        allLabels.putAll(labels);
        Map<String, String> allAnnotations = new TreeMap<>(global.annotations);
        allAnnotations.putAll(annotations);
        return new GeneratorOptions(
                allLabels,
                allAnnotations,
                disableNameSuffixHash || global.disableNameSuffixHash,
                immutable || global.immutable);
    }
}
