package dev.plumbline.registry.render;

import dev.plumbline.registry.yaml.YamlMap;
import dev.plumbline.registry.yaml.YamlNode;
import dev.plumbline.registry.yaml.YamlScalar;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Takes generated objects into a build: as new ones, or by {@code behavior} merged into or put in place of known ones. */
final class GeneratedMerge {

    private final Resources resources;
    private final Problems problems;

    GeneratedMerge(Resources resources, Problems problems) {
        this.resources = resources;
        this.problems = problems;
    }

    /** Takes in a shared object. */
    void absorb(Resource shared) {
        Resource resource = shared.behavior.equals("create") ? shared : shared.changeable();
        List<Resource> known = resources.withAnyId(resource.id());
        boolean create = resource.behavior.equals("create");
        if (known.isEmpty() && create) {
            resources.appendAll(List.of(resource), resource.place);
        } else if (known.size() == 1 && !create) {
            merge(resource, known.getFirst());
        } else if (create || !known.isEmpty() || !problems.anyError()) {
            refuse(resource, known, create);
        }
    }

    private void refuse(Resource resource, List<Resource> known, boolean create) {
        problems.error(
                create ? "render-duplicate-object" : "render-no-target",
                resource.place,
                create
                        ? resource.id() + " is already defined at " + known.getFirst().place
                        : known.isEmpty()
                                ? "there is no " + resource.id() + " to " + resource.behavior
                                : "there are several " + resource.id() + " to " + resource.behavior,
                create ? "rename it, or set behavior: merge or replace" : "correct the name, or set behavior: create");
    }

    private void merge(Resource resource, Resource replaced) {
        Resource old = replaced.changeable();
        if (!isNamed(old)) {
            problems.error(
                    "render-no-name",
                    old.place,
                    "the " + old.kind() + " into which " + resource.id() + " is generated has lost its metadata.name",
                    "correct the patch that takes the name away");
            return;
        }
        if (resource.behavior.equals("merge")) {
            encodeStringData(old);
            mergeData(resource, old, "data");
            mergeData(resource, old, "binaryData");
            resource.files.addAll(old.files);
        }
        mergeMetadata(resource, old, "labels");
        mergeMetadata(resource, old, "annotations");
        if (resource.behavior.equals("merge")) {
            BuildMetadata.keepOrigin(resource, old);
        }
        resource.setName(old.name(), resource.place);
        resource.setMetadata("namespace", old.namespace(), resource.place);
        resource.previousIds.addAll(old.previousIds);
        resource.prefixes.addAll(old.prefixes);
        resource.suffixes.addAll(old.suffixes);
        resource.kustomizations.addAll(old.kustomizations);
        resource.stages.addAll(old.stages);
        resource.patches.addAll(old.patches);
        resource.hashed &= old.hashed;
        resource.generated = old.generated; // Kustomize's own notes are the old object's.
        resource.vars.addAll(old.vars);
        resource.behavior = "create";
        resources.replace(replaced, resource);
    }

    private static boolean isNamed(Resource old) {
        return old.node().child("metadata") instanceof YamlMap metadata
                && metadata.child("name") instanceof YamlScalar name
                && name.value() != null;
    }

    /** The API server does the same with {@code stringData}: encoded, it takes the place of {@code data} of the same key. */
    private void encodeStringData(Resource old) {
        Map<String, YamlNode> entries = old.node().entries();
        YamlNode written = old.kind().equals("Secret") ? entries.remove("stringData") : null;
        if (written == null || !(written instanceof YamlMap texts)) {
            return;
        }
        Map<String, YamlNode> data = new TreeMap<>();
        if (entries.get("data") instanceof YamlMap encoded) {
            data.putAll(encoded.entries());
        }
        texts.entries().forEach((key, value) -> {
            if (value instanceof YamlScalar scalar) {
                String encoded = DataGenerator.base64(scalar.text().getBytes(StandardCharsets.UTF_8));
                data.put(key, new YamlScalar(encoded, value.location()));
            } else {
                problems.error(
                        "render-wrong-type",
                        value.location(),
                        "the field stringData." + key + " of " + old.id()
                                + " must be text, or nothing can be merged into it",
                        "correct the Secret, or the patch that puts it there");
            }
        });
        entries.put("data", new YamlMap(data, texts.location()));
    }

    private static void mergeData(Resource resource, Resource old, String field) {
        Map<String, YamlNode> all = new TreeMap<>();
        for (Resource part : List.of(old, resource)) {
            if (part.node().child(field) instanceof YamlMap data) {
                data.entries().forEach((key, value) -> all.put(key, writtenAnew(value)));
            }
        }
        if (all.isEmpty()) {
            resource.node().entries().remove(field);
        } else {
            resource.node().entries().put(field, new YamlMap(all, resource.place));
        }
    }

    /** As text: a block where it has several lines, else in quotes where it would read as something else. */
    private static YamlNode writtenAnew(YamlNode value) {
        String text = value instanceof YamlScalar scalar && scalar.value() != null ? scalar.text() : "";
        boolean quoted = text.indexOf('\n') >= 0 || YamlScalar.isReadAsAnother(text);
        return new YamlScalar(
                text, text, value.location(), quoted ? YamlScalar.Form.QUOTED : YamlScalar.Form.PLAIN, null);
    }

    /** What is merged is text, even where something else stood there. */
    private static YamlNode text(YamlNode value) {
        return value instanceof YamlScalar scalar && !(scalar.value() instanceof String)
                ? new YamlScalar(scalar.text(), scalar.location())
                : value;
    }

    private static void mergeMetadata(Resource resource, Resource old, String field) {
        Map<String, YamlNode> all = new TreeMap<>();
        for (Resource part : List.of(old, resource)) {
            if (part.node().child("metadata") instanceof YamlMap metadata
                    && metadata.child(field) instanceof YamlMap values) {
                values.entries().forEach((key, value) -> all.put(key, text(value)));
            }
        }
        resource.setTexts(field, all, resource.place);
    }
}
