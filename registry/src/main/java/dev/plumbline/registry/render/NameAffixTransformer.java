package dev.plumbline.registry.render;

import dev.plumbline.registry.model.Location;
import dev.plumbline.registry.yaml.YamlNode;
import dev.plumbline.registry.yaml.YamlScalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** {@code namePrefix} and {@code nameSuffix}. CRDs, API services and namespaces keep their names. */
final class NameAffixTransformer implements Transformer {

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

    static List<Transformer> of(Fields fields, Configuration configuration, Problems problems) {
        List<Transformer> all = new ArrayList<>();
        if (!fields.text("namePrefix").isEmpty()) {
            List<FieldSpec> specs = configuration.of(Configuration.Purpose.NAME_PREFIX);
            all.add(new NameAffixTransformer(
                    fields.text("namePrefix"), true, fields.place("namePrefix"), specs, problems));
        }
        if (!fields.text("nameSuffix").isEmpty()) {
            List<FieldSpec> specs = configuration.of(Configuration.Purpose.NAME_SUFFIX);
            all.add(new NameAffixTransformer(
                    fields.text("nameSuffix"), false, fields.place("nameSuffix"), specs, problems));
        }
        return all;
    }

    @Override
    public void apply(Resources resources) {
        for (Resource resource : resources.list()) {
            Id original = resource.originalId();
            if (KEEP.contains(original.gvk().kind())) {
                continue;
            }
            for (FieldSpec spec : specs) {
                if (!original.gvk().selectedBy(spec.selector())) {
                    continue;
                }
                if (spec.path().equals("metadata/name")) {
                    (prefix ? resource.prefixes : resource.suffixes).add(affix);
                    resource.storePreviousId();
                }
                FieldPath.applyAll(resource, List.of(spec), FieldPath.Leaf.SCALAR, this::affixed, by, problems);
            }
        }
    }

    private YamlNode affixed(YamlNode node) {
        if (!(node instanceof YamlScalar name)) {
            throw new WrongShapeException(node.location(), "a name must be text");
        }
        return new YamlScalar(prefix ? affix + name.text() : name.text() + affix, name.location());
    }
}
