package dev.plumbline.registry.render;

import dev.plumbline.registry.model.Location;
import dev.plumbline.registry.source.Snapshot;
import dev.plumbline.registry.source.SourceException;
import dev.plumbline.registry.yaml.YamlMap;
import dev.plumbline.registry.yaml.YamlNode;
import dev.plumbline.registry.yaml.YamlScalar;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code crds:}, which are not CustomResourceDefinitions but OpenAPI definitions by type name, as
 * {@code kube-openapi} generates them. Only the annotations of properties count: they say which fields hold names, labels and
 * annotations. Lists are not entered, and of a type's name only the last part, the kind, is used.
 */
final class CrdReader {

    private static final String VERSION = "x-kubernetes-object-ref-api-version";
    private static final String KIND = "x-kubernetes-object-ref-kind";
    private static final String NAME_KEY = "x-kubernetes-object-ref-name-key";

    /** Which transformer reaches a property with this annotation. */
    private static final Map<String, Configuration.Purpose> PURPOSES = Map.of(
            "x-kubernetes-annotation", Configuration.Purpose.COMMON_ANNOTATIONS,
            "x-kubernetes-label-selector", Configuration.Purpose.COMMON_LABELS,
            "x-kubernetes-identity", Configuration.Purpose.NAME_PREFIX);

    private static final String RULE = "render-crd";

    private final Problems problems;
    private final Map<Configuration.Purpose, List<FieldSpec>> fields = new EnumMap<>(Configuration.Purpose.class);
    private final List<NameReference> references = new ArrayList<>();

    private CrdReader(Problems problems) {
        this.problems = problems;
    }

    /** What the kustomization's files add to the configuration. */
    static Configuration read(Kustomization kustomization, Files files, Problems problems) throws SourceException {
        CrdReader reader = new CrdReader(problems);
        for (LocatedText path : kustomization.fields().texts("crds")) {
            Snapshot.Entry file = files.file(kustomization.folder(), path.value(), path.place());
            List<YamlNode> documents = file == null ? null : files.yaml(file, path.place());
            if (documents != null && !documents.isEmpty()) {
                reader.definitions(documents.getFirst());
            }
        }
        return new Configuration(reader.fields, reader.references);
    }

    private void definitions(YamlNode document) {
        if (!(document instanceof YamlMap definitions)) {
            wrong(document.location(), "a file of crds is a map of type names");
            return;
        }
        for (Map.Entry<String, YamlNode> entry : definitions.entries().entrySet()) {
            if (!(entry.getValue() instanceof YamlMap) && !isNull(entry.getValue())) {
                wrong(entry.getValue().location(), "under the type name " + entry.getKey() + " stands no definition");
                return;
            }
        }
        definitions.entries().forEach((name, definition) -> {
            YamlMap properties = properties(definition);
            if (properties != null) {
                properties.entries().values().forEach(this::checkType);
            }
            if (properties != null
                    && List.of("kind", "apiVersion", "metadata").stream().allMatch(properties.entries()::containsKey)) {
                String kind = name.substring(name.lastIndexOf('.') + 1);
                walk(
                        definitions,
                        properties,
                        new Gvk("", "", kind),
                        new ArrayDeque<>(),
                        new ArrayDeque<>(List.of(name)));
            }
        });
    }

    private void checkType(YamlNode property) {
        YamlNode type = property.child("type");
        if (type instanceof YamlMap
                || (type instanceof YamlScalar scalar && !isNull(scalar) && !(scalar.value() instanceof String))) {
            wrong(type.location(), "a type is text or a list of texts");
        }
    }

    private static boolean isNull(YamlNode node) {
        return node instanceof YamlScalar scalar && scalar.value() == null;
    }

    private static @Nullable YamlMap properties(@Nullable YamlNode definition) {
        if (definition instanceof YamlMap map) {
            for (Map.Entry<String, YamlNode> entry : map.entries().entrySet()) {
                if (entry.getKey().equalsIgnoreCase("schema")
                        && entry.getValue().child("properties") instanceof YamlMap properties) {
                    return properties;
                }
            }
        }
        return null;
    }

    private void walk(YamlMap definitions, YamlMap properties, Gvk kind, Deque<String> path, Deque<String> types) {
        properties.entries().forEach((name, property) -> {
            path.addLast(name);
            PURPOSES.forEach((annotation, purpose) -> {
                if (text(property, annotation) != null) {
                    fields.computeIfAbsent(purpose, _ -> new ArrayList<>()).add(spec(kind, path));
                }
            });
            reference(property, kind, path);
            String type = text(property, "$ref");
            YamlMap below = type == null ? null : properties(definitions.child(type));
            if (type != null && below != null) {
                if (types.contains(type)) {
                    wrong(
                            property.location(),
                            "the type " + type + " contains itself, which kustomize does not survive");
                } else {
                    types.addLast(type);
                    walk(definitions, below, kind, path, types);
                    types.removeLast();
                }
            }
            path.removeLast();
        });
    }

    private void reference(YamlNode property, Gvk kind, Deque<String> path) {
        String version = text(property, VERSION);
        String target = text(property, KIND);
        if (version != null && target != null) {
            String key = text(property, NAME_KEY);
            path.addLast(key == null ? "name" : key);
            references.add(new NameReference(new Gvk("", version, target), List.of(spec(kind, path))));
            path.removeLast();
        }
    }

    private static FieldSpec spec(Gvk kind, Deque<String> path) {
        return FieldSpec.of(kind, String.join("/", path), false);
    }

    private static @Nullable String text(YamlNode property, String name) {
        return property.child(name) instanceof YamlScalar scalar && scalar.value() instanceof String text ? text : null;
    }

    private void wrong(Location place, String message) {
        problems.error(
                RULE,
                place,
                message,
                "write OpenAPI definitions by type name, or the field paths under configurations");
    }
}
