package dev.plumbline.registry.render;

import dev.plumbline.registry.model.Location;
import dev.plumbline.registry.yaml.YamlMap;
import dev.plumbline.registry.yaml.YamlNode;
import dev.plumbline.registry.yaml.YamlScalar;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code namePrefix} and {@code nameSuffix}. CRDs, API services and namespaces keep their names. */
final class NameAffixTransformer implements ObjectTransformer {

    private static final Set<String> KEEP = Set.of("CustomResourceDefinition", "APIService", "Namespace");

    private final String affix;
    private final boolean prefix;
    private final Location by;
    private final List<FieldSpec> specs;
    private final Problems problems;

    private NameAffixTransformer(String affix, boolean prefix, Location by, List<FieldSpec> specs, Problems problems) {
        this.affix = affix;
        this.prefix = prefix;
        this.by = by;
        this.specs = specs;
        this.problems = problems;
    }

    static List<Transformer> prefix(Fields fields, Configuration configuration, Problems problems) {
        return prefix(fields, "namePrefix", configuration.of(Configuration.Purpose.NAME_PREFIX), problems);
    }

    static List<Transformer> suffix(Fields fields, Configuration configuration, Problems problems) {
        return suffix(fields, "nameSuffix", configuration.of(Configuration.Purpose.NAME_SUFFIX), problems);
    }

    /** The prefix that a field holds, at these paths. */
    static List<Transformer> prefix(Fields fields, String field, List<FieldSpec> specs, Problems problems) {
        String text = fields.text(field);
        return text.isEmpty()
                ? List.of()
                : List.of(new NameAffixTransformer(text, true, fields.place(field), specs, problems));
    }

    /** The suffix that a field holds, at these paths. */
    static List<Transformer> suffix(Fields fields, String field, List<FieldSpec> specs, Problems problems) {
        String text = fields.text(field);
        return text.isEmpty()
                ? List.of()
                : List.of(new NameAffixTransformer(text, false, fields.place(field), specs, problems));
    }

    @Override
    public @Nullable Object change(Resource resource) {
        Id original = resource.originalId();
        if (KEEP.contains(original.gvk().kind())) {
            return null;
        }
        for (FieldSpec spec : specs) {
            if (!original.gvk().selectedBy(spec.selector())) {
                continue;
            }
            if (spec.path().equals("metadata/name")) {
                if (isNameless(resource)) {
                    noName(resource);
                    return null;
                }
                (prefix ? resource.prefixes : resource.suffixes).add(affix);
                resource.storePreviousId();
            }
            FieldPath.applyAll(resource, List.of(spec), FieldPath.Leaf.SCALAR, this::affixed, by, problems);
        }
        return null;
    }

    private static boolean isNameless(Resource resource) {
        return resource.node().child("metadata") instanceof YamlMap metadata
                && metadata.child("name") instanceof YamlScalar name
                && name.value() == null
                && !name.text().isEmpty();
    }

    /** A patch can take the name away; the affix alone would be no name for it, and kustomize ends in a panic. */
    private void noName(Resource resource) {
        problems.error(
                "render-no-name",
                resource.place,
                "an object of kind " + resource.kind() + " has lost its metadata.name, to which " + by + " would add "
                        + affix,
                "correct the patch that takes the name away");
    }

    private YamlNode affixed(YamlNode node) {
        if (!(node instanceof YamlScalar name)) {
            throw new WrongShapeException(node.location(), "a name must be text");
        }
        return WrittenText.untyped(prefix ? affix + name.text() : name.text() + affix, name.location());
    }
}
