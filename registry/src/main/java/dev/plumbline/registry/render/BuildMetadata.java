package dev.plumbline.registry.render;

import dev.plumbline.registry.model.Location;
import dev.plumbline.registry.yaml.YamlMap;
import dev.plumbline.registry.yaml.YamlNode;
import dev.plumbline.registry.yaml.YamlScalar;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * {@code buildMetadata} of the kustomization that is built (that of a base counts for nothing): a label, and annotations that
 * say where objects come from. The annotations are on the objects during the whole build, where patches and selectors meet
 * them, as in kustomize; what was not asked for is taken away at the end.
 */
final class BuildMetadata {

    private static final String MANAGED_BY = "managedByLabel";
    private static final String ORIGINS = "originAnnotations";
    private static final String TRANSFORMATIONS = "transformerAnnotations";
    private static final List<String> KNOWN = List.of(MANAGED_BY, ORIGINS, TRANSFORMATIONS);

    private static final List<FieldSpec> LABELS = List.of(FieldSpec.of("metadata/labels", true));
    private static final String MANAGER = "kustomize-v5.8.2";
    private static final String ORIGIN = "config.kubernetes.io/origin";
    private static final String TRANSFORMATION = "alpha.config.kubernetes.io/transformations";

    /** Annotations in which kustomize keeps notes during a build; it takes them away where they were written by hand, too. */
    private static final List<String> NOTES = List.of(
            "internal.config.kubernetes.io/previousKinds",
            "internal.config.kubernetes.io/previousNames",
            "internal.config.kubernetes.io/prefixes",
            "internal.config.kubernetes.io/suffixes",
            "internal.config.kubernetes.io/previousNamespaces",
            "internal.config.kubernetes.io/allowNameChange",
            "internal.config.kubernetes.io/allowKindChange",
            "internal.config.kubernetes.io/refBy",
            "internal.config.kubernetes.io/generatorBehavior",
            "internal.config.kubernetes.io/needsHashSuffix",
            "internal.config.kubernetes.io/path",
            "internal.config.kubernetes.io/index",
            "internal.config.kubernetes.io/seqindent",
            "internal.config.kubernetes.io/id",
            "internal.config.kubernetes.io/annotations-migration-resource-id",
            "config.kubernetes.io/path",
            "config.kubernetes.io/index",
            "config.k8s.io/id",
            "internal.config.kubernetes.io/helm-generated");

    private final List<String> options;
    private final Location by;

    private BuildMetadata(List<String> options, Location by) {
        this.options = options;
        this.by = by;
    }

    static BuildMetadata none() {
        return new BuildMetadata(List.of(), Location.of("."));
    }

    /** Whether nothing is asked for, so that objects do not depend on the folder that is built. */
    boolean isNone() {
        return options.isEmpty();
    }

    static BuildMetadata of(Fields fields, Problems problems) {
        List<String> options = new ArrayList<>();
        for (LocatedText option : fields.texts("buildMetadata")) {
            options.add(option.value());
            if (!KNOWN.contains(option.value())) {
                problems.warning(
                        "render-build-metadata",
                        option.place(),
                        option.value() + " is no option of buildMetadata and has no effect",
                        "known are: " + String.join(", ", KNOWN));
            }
        }
        return new BuildMetadata(options, fields.place("buildMetadata"));
    }

    /** Objects were read from a file, named as seen from the folder that is built. */
    void loaded(List<Resource> resources, String path) {
        if (options.isEmpty()) {
            return;
        }
        for (Resource resource : resources) {
            resource.trace = path;
            annotate(resource, ORIGIN, Trace.loaded(path).text());
        }
    }

    void made(Resource resource, Trace trace) {
        if (!options.isEmpty() && !resource.annotations().containsKey(ORIGIN)) {
            annotate(resource, ORIGIN, trace.text());
        }
    }

    /** A transformer went over these objects; kustomize notes it on each, changed or not. */
    void transformed(List<Resource> resources, Trace trace) {
        if (options.isEmpty()) {
            return;
        }
        for (Resource resource : resources) {
            Map<String, String> annotations = resource.annotations();
            if (annotations.containsKey(ORIGIN)) {
                annotate(resource, TRANSFORMATION, annotations.getOrDefault(TRANSFORMATION, "") + trace.element());
            } else {
                annotate(resource, ORIGIN, trace.text());
            }
        }
    }

    /** What is merged into an object leaves its origin alone. */
    static void keepOrigin(Resource merged, Resource old) {
        String origin = old.annotations().get(ORIGIN);
        if (origin != null && merged.annotations().containsKey(ORIGIN)) {
            annotations(merged).put(ORIGIN, new YamlScalar(origin, merged.place));
        }
    }

    /** The last step of a build. */
    void finish(Collection<Resource> resources, Problems problems) {
        for (Resource resource : resources) {
            if (options.contains(MANAGED_BY)) {
                FieldPath.applyAll(
                        resource,
                        LABELS,
                        FieldPath.Leaf.MAP,
                        FieldPath.entry("app.kubernetes.io/managed-by", MANAGER, by),
                        by,
                        problems);
            }
            if (resource.node().child("metadata") instanceof YamlMap metadata
                    && metadata.child("annotations") instanceof YamlMap annotations) {
                clean(annotations.entries());
                if (annotations.entries().isEmpty()) {
                    metadata.entries().remove("annotations");
                }
            }
        }
    }

    private void clean(Map<String, YamlNode> annotations) {
        NOTES.forEach(annotations::remove);
        if (!options.contains(ORIGINS)) {
            annotations.remove(ORIGIN);
        }
        if (!options.contains(TRANSFORMATIONS)) {
            annotations.remove(TRANSFORMATION);
        }
    }

    /** kustomize writes all annotations anew with each note, so that other fields share none of them from then on. */
    private void annotate(Resource resource, String name, String text) {
        annotations(resource).put(name, new YamlScalar(text, by));
        OutputForm.annotations(resource.node());
    }

    private static Map<String, YamlNode> annotations(Resource resource) {
        return resource.annotationEntries(resource.place);
    }
}
