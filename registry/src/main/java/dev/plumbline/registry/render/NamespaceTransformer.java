package dev.plumbline.registry.render;

import dev.plumbline.registry.model.Location;
import dev.plumbline.registry.yaml.YamlList;
import dev.plumbline.registry.yaml.YamlMap;
import dev.plumbline.registry.yaml.YamlNode;
import dev.plumbline.registry.yaml.YamlScalar;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code namespace}: on every namespaced object, on the name of a Namespace, on subjects named default, and where configured. */
final class NamespaceTransformer implements ObjectTransformer {

    private static final Set<String> BINDINGS = Set.of("RoleBinding", "ClusterRoleBinding");
    private static final FieldSpec OWN = FieldSpec.of("metadata/namespace", true);

    private final String namespace;
    private final Options options;
    private final Location by;
    private final List<FieldSpec> specs;
    private final Problems problems;

    /** Which subjects of role bindings get the namespace. */
    private enum Subjects {
        /** Those named default. */
        DEFAULT_ONLY("defaultOnly"),
        /** All service accounts. */
        ALL_SERVICE_ACCOUNTS("allServiceAccounts"),
        /** No subject. */
        NONE("none");

        private final String key;

        Subjects(String key) {
            this.key = key;
        }

        static @Nullable Subjects of(String key) {
            for (Subjects subjects : values()) {
                if (subjects.key.equals(key)) {
                    return subjects;
                }
            }
            return key.isEmpty() ? DEFAULT_ONLY : null;
        }
    }

    /**
     * What only the plugin can say.
     *
     * @param unsetOnly whether fields that hold a namespace are left alone
     */
    private record Options(boolean unsetOnly, Subjects subjects) {

        static final Options DEFAULT = new Options(false, Subjects.DEFAULT_ONLY);
    }

    private NamespaceTransformer(
            String namespace, Options options, Location by, List<FieldSpec> specs, Problems problems) {
        this.namespace = namespace;
        this.options = options;
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
                        Options.DEFAULT,
                        fields.place("namespace"),
                        configuration.of(Configuration.Purpose.NAMESPACE),
                        problems));
    }

    /** A plugin: the namespace of its own metadata, at the paths that it names itself beside those of objects and subjects. */
    static List<Transformer> plugin(Fields config, String namespace, Problems problems) {
        Subjects subjects = Subjects.of(config.text("setRoleBindingSubjects"));
        if (subjects == null) {
            PluginKinds.misconfigured(
                    config,
                    "NamespaceTransformer",
                    config.text("setRoleBindingSubjects") + " is no value of setRoleBindingSubjects",
                    "write defaultOnly, allServiceAccounts or none",
                    problems);
        }
        if (subjects == null || namespace.isEmpty()) {
            return List.of();
        }
        List<FieldSpec> specs = ConfigurationReader.specs(config.maps("fieldSpecs"));
        Options options = new Options(config.flag("unsetOnly"), subjects);
        return List.of(new NamespaceTransformer(namespace, options, config.place(), specs, problems));
    }

    /** Moves one object, and the subjects named default of a role binding, without noting the id that it had. */
    static void setOwn(Resource resource, String namespace, Location by, Problems problems) {
        new NamespaceTransformer(namespace, Options.DEFAULT, by, List.of(), problems).move(resource);
    }

    @Override
    public void check(List<Noted> notes) {
        Map<Object, Resource> seen = HashMap.newHashMap(notes.size());
        for (Noted noted : notes) {
            Resource twin = seen.putIfAbsent(noted.note(), noted.resource());
            if (twin != null) {
                problems.error(
                        "render-duplicate-object",
                        by,
                        "the namespace " + namespace + " makes " + noted.resource().place + " and " + twin.place
                                + " one object, " + noted.note(),
                        "give one of them another name");
            }
        }
    }

    @Override
    public @Nullable Object change(Resource resource) {
        resource.storePreviousId();
        move(resource);
        return resource.id();
    }

    private void move(Resource resource) {
        Gvk gvk = resource.gvk();
        if (!gvk.clusterScoped()) {
            set(resource, OWN);
        }
        boolean binding = BINDINGS.contains(gvk.kind());
        if (binding) {
            subjects(resource);
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
                    if (!(node instanceof YamlScalar scalar)) {
                        throw new WrongShapeException(node.location(), "a namespace must be text");
                    }
                    return keeps(scalar) ? scalar : new YamlScalar(namespace, by);
                },
                by,
                problems);
    }

    private boolean keeps(@Nullable YamlNode old) {
        return options.unsetOnly()
                && old instanceof YamlScalar scalar
                && !scalar.text().isEmpty()
                && scalar.value() != null;
    }

    private void subjects(Resource resource) {
        if (resource.node().child("subjects") instanceof YamlList subjects) {
            for (YamlNode item : subjects.items()) {
                if (options.subjects() != Subjects.NONE && !(item instanceof YamlMap) && !StrategicMerge.isNull(item)) {
                    problems.error(
                            "render-wrong-shape",
                            item.location(),
                            "a subject of " + resource.id() + " is no map, so it has no namespace",
                            "write kind and name of the subject");
                }
                if (item instanceof YamlMap subject && isMeant(subject) && !keeps(subject.child("namespace"))) {
                    subject.entries().put("namespace", new YamlScalar(namespace, by));
                }
            }
        }
    }

    private boolean isMeant(YamlMap subject) {
        return switch (options.subjects()) {
            case DEFAULT_ONLY -> has(subject, "name", "default");
            case ALL_SERVICE_ACCOUNTS -> has(subject, "kind", "ServiceAccount");
            case NONE -> false;
        };
    }

    private static boolean has(YamlMap map, String field, String text) {
        return map.child(field) instanceof YamlScalar scalar && scalar.text().equals(text);
    }
}
