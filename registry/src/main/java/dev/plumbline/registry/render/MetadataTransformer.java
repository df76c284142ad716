package dev.plumbline.registry.render;

import dev.plumbline.registry.model.Location;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code labels}, {@code commonLabels} and {@code commonAnnotations}: entries added to maps at configured paths. */
final class MetadataTransformer implements ObjectTransformer {

    private static final List<String> LABEL_FIELDS =
            List.of("pairs", "includeSelectors", "includeTemplates", "includeVolumeClaimTemplates", "fields");

    private final Map<String, String> entries;
    private final List<FieldSpec> specs;
    private final Location by;
    private final Problems problems;

    private MetadataTransformer(Map<String, String> entries, List<FieldSpec> specs, Location by, Problems problems) {
        this.entries = entries;
        this.specs = specs;
        this.by = by;
        this.problems = problems;
    }

    static List<Transformer> labels(Fields fields, Configuration configuration, Problems problems) {
        List<Transformer> all = new ArrayList<>();
        for (Fields label : fields.maps("labels")) {
            label.onlyKnown(LABEL_FIELDS, "an entry of labels");
            all.add(new MetadataTransformer(
                    label.textMap("pairs"), paths(label, configuration, problems), label.place(), problems));
        }
        Map<String, String> common = fields.textMap("commonLabels");
        if (!common.isEmpty() || !all.isEmpty()) {
            List<FieldSpec> specs = configuration.of(Configuration.Purpose.COMMON_LABELS);
            all.add(new MetadataTransformer(common, specs, fields.place("commonLabels"), problems));
        }
        return all;
    }

    static List<Transformer> annotations(Fields fields, Configuration configuration, Problems problems) {
        Map<String, String> common = fields.textMap("commonAnnotations");
        return common.isEmpty()
                ? List.of()
                : List.of(new MetadataTransformer(
                        common,
                        configuration.of(Configuration.Purpose.COMMON_ANNOTATIONS),
                        fields.place("commonAnnotations"),
                        problems));
    }

    /** A plugin: entries from one of its fields, at the paths that it names itself. */
    static List<Transformer> plugin(Fields config, String field, Problems problems) {
        Map<String, String> entries = config.textMap(field);
        List<FieldSpec> specs = ConfigurationReader.specs(config.maps("fieldSpecs"));
        return entries.isEmpty()
                ? List.of()
                : List.of(new MetadataTransformer(entries, specs, config.place(field), problems));
    }

    private static boolean isAnnotations(FieldSpec spec, Resource resource) {
        return spec.path().equals("metadata/annotations") && spec.matches(resource.gvk());
    }

    private static List<FieldSpec> paths(Fields label, Configuration configuration, Problems problems) {
        List<List<FieldSpec>> parts = new ArrayList<>();
        parts.add(configuration.of(Configuration.Purpose.LABELS));
        if (label.flag("includeSelectors")) {
            parts.add(configuration.of(Configuration.Purpose.COMMON_LABELS));
        } else {
            if (label.flag("includeTemplates")) {
                parts.add(configuration.of(Configuration.Purpose.TEMPLATE_LABELS));
            }
            if (label.flag("includeVolumeClaimTemplates")) {
                parts.add(configuration.of(Configuration.Purpose.VOLUME_CLAIM_TEMPLATE_LABELS));
            }
            parts.add(List.of(FieldSpec.of("metadata/labels", true)));
        }
        List<FieldSpec> specs = ConfigurationReader.specs(label.maps("fields"));
        for (List<FieldSpec> part : parts) {
            specs = Configuration.merge(
                    specs,
                    part,
                    spec -> problems.error(
                            "render-conflicting-field-path",
                            label.place(),
                            "the field path " + spec.path() + " is known with another value of create",
                            "give it create: " + spec.create()));
        }
        return specs;
    }

    @Override
    public @Nullable Object change(Resource resource) {
        if (resource.hasNotes() && specs.stream().anyMatch(spec -> isAnnotations(spec, resource))) {
            resource.annotationEntries(by);
        }
        entries.forEach((key, value) -> {
            FieldPath.Entry entry = new FieldPath.Entry(key, value, by);
            FieldPath.applyAll(resource, specs, FieldPath.Leaf.MAP, entry, by, problems);
            if (entry.changedShared()) {
                SharedEntries.spread(resource.node());
            }
        });
        return null;
    }
}
