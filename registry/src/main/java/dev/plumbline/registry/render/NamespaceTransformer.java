package dev.plumbline.registry.render;

import dev.plumbline.registry.model.Location;
import dev.plumbline.registry.yaml.YamlList;
import dev.plumbline.registry.yaml.YamlMap;
import dev.plumbline.registry.yaml.YamlScalar;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code namespace}: on every namespaced object, on the name of a Namespace, on subjects named default, and where configured. */
final class NamespaceTransformer implements Transformer {

    private static final Set<String> BINDINGS = Set.of("RoleBinding", "ClusterRoleBinding");
    private static final FieldSpec OWN = FieldSpec.of("metadata/namespace", true);

    private final String namespace;
    private final Location by;
    private final List<FieldSpec> specs;
    private final Problems problems;

    private NamespaceTransformer(String namespace, Location by, List<FieldSpec> specs, Problems problems) {
        this.namespace = namespace;
        this.by = by;
        this.specs = specs;
        this.problems = problems;
    }

    static List<Transformer> of(Fields fields, Configuration configuration, Problems problems) {
        String namespace = fields.text("namespace");
        return namespace.isEmpty()
                ? List.of()
                : List.of(new NamespaceTransformer(
                        namespace,
                        fields.place("namespace"),
                        configuration.of(Configuration.Purpose.NAMESPACE),
                        problems));
    }

    @Override
    public void apply(Resources resources) {
        resources.list().forEach(this::apply);
        Map<Id, Resource> seen = new HashMap<>();
        for (Resource resource : resources.list()) {
            Resource twin = seen.putIfAbsent(resource.id(), resource);
            if (twin != null) {
                problems.error(
                        "render-duplicate-object",
                        by,
                        "the namespace " + namespace + " makes " + resource.place + " and " + twin.place
                                + " one object, " + resource.id(),
                        "give one of them another name");
            }
        }
    }

    private void apply(Resource resource) {
        resource.storePreviousId();
        Gvk gvk = resource.gvk();
        if (!gvk.clusterScoped()) {
            set(resource, OWN);
        }
        boolean binding = BINDINGS.contains(gvk.kind());
        if (binding) {
            defaultSubjects(resource);
        }
        for (FieldSpec spec : specs) {
            boolean own = spec.path().equals("metadata/namespace");
            boolean nameOfNonCore =
                    spec.path().equals("metadata/name") && !gvk.apiVersion().equals("v1");
            boolean subjects = binding
                    && BINDINGS.contains(spec.selector().kind())
                    && spec.path().equals("subjects/namespace");
            if (!own && !nameOfNonCore && !subjects) {
                set(resource, spec);
            }
        }
    }

    private void set(Resource resource, FieldSpec spec) {
        FieldPath.applyAll(
                resource,
                List.of(spec),
                FieldPath.Leaf.SCALAR,
                node -> {
                    if (!(node instanceof YamlScalar)) {
                        throw new WrongShapeException(node.location(), "a namespace must be text");
                    }
                    return new YamlScalar(namespace, by);
                },
                by,
                problems);
    }

    private void defaultSubjects(Resource resource) {
        if (resource.node().child("subjects") instanceof YamlList subjects) {
            for (var item : subjects.items()) {
                if (item instanceof YamlMap subject
                        && subject.child("name") instanceof YamlScalar name
                        && name.text().equals("default")) {
                    subject.entries().put("namespace", new YamlScalar(namespace, by));
                }
            }
        }
    }
}
