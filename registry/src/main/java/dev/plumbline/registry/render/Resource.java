package dev.plumbline.registry.render;

import dev.plumbline.registry.manifest.Origin;
import dev.plumbline.registry.model.Location;
import dev.plumbline.registry.yaml.YamlMap;
import dev.plumbline.registry.yaml.YamlNode;
import dev.plumbline.registry.yaml.YamlScalar;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One object on its way through a build: its nodes, which transformers change, and what the build must remember of it. */
final class Resource {

    /** Where its own document or generator stands. */
    final Location place;

    final List<Id> previousIds = new ArrayList<>();
    final List<String> prefixes = new ArrayList<>();
    final List<String> suffixes = new ArrayList<>();
    final List<Location> patches = new ArrayList<>();
    final Set<String> kustomizations = new LinkedHashSet<>();
    final List<Origin.Stage> stages = new ArrayList<>();
    final Set<String> files = new LinkedHashSet<>();

    /** Names of the vars whose value it holds. */
    final Set<String> vars = new LinkedHashSet<>();

    /** Whether a generator of config maps or secrets made it. */
    boolean generated;

    /** Whether its name gets a hash of its content. */
    boolean hashed;

    /** Its file as {@link BuildMetadata} names it; empty where nobody asked. */
    String trace = "";

    /** {@code create}, {@code merge} or {@code replace}; of generated objects only. */
    String behavior = "create";

    private YamlMap node;

    Resource(YamlMap node, Location place) {
        this.node = node;
        this.place = place;
    }

    YamlMap node() {
        return node;
    }

    void replaceNode(YamlMap other) {
        node = other;
    }

    Gvk gvk() {
        return Gvk.of(node);
    }

    String kind() {
        return gvk().kind();
    }

    Id id() {
        return Id.of(gvk(), namespace(), name());
    }

    Id originalId() {
        return previousIds.isEmpty() ? id() : previousIds.getFirst();
    }

    /** Every id that it ever had, the present one last. */
    List<Id> ids() {
        List<Id> ids = new ArrayList<>(previousIds);
        ids.add(id());
        return ids;
    }

    /** A kustomization is done with it. */
    void passed(String kustomization) {
        kustomizations.add(kustomization);
        if (stages.isEmpty()) {
            Id first = originalId();
            String written = previousIds.isEmpty() ? namespace() : first.namespace();
            stages.add(new Origin.Stage(place.file(), written.equals(Id.NO_NAMESPACE) ? "" : written, first.name()));
        }
        stages.add(new Origin.Stage(kustomization, namespace(), name()));
    }

    void storePreviousId() {
        previousIds.add(id());
    }

    /**
     * Whether kustomize keeps notes in this object's annotations by now: of its former names, its vars, or that it was generated. For
     * kustomize such an object has annotations, even if none are left in the end.
     */
    boolean hasNotes() {
        return generated || !previousIds.isEmpty() || !prefixes.isEmpty() || !suffixes.isEmpty() || !vars.isEmpty();
    }

    String name() {
        return metadataText("name");
    }

    String namespace() {
        return metadataText("namespace");
    }

    private String metadataText(String field) {
        return node.child("metadata") instanceof YamlMap metadata && metadata.child(field) instanceof YamlScalar scalar
                ? scalar.text()
                : "";
    }

    void setName(String name, Location by) {
        setMetadata("name", name, by);
    }

    /** Sets a text of the metadata; an empty one removes it. */
    void setMetadata(String field, String value, Location by) {
        if (value.isEmpty()) {
            if (node.child("metadata") instanceof YamlMap metadata) {
                metadata.entries().remove(field);
            }
            return;
        }
        metadata(by).entries().put(field, new YamlScalar(value, by));
    }

    private YamlMap metadata(Location by) {
        if (node.child("metadata") instanceof YamlMap metadata) {
            return metadata;
        }
        YamlMap metadata = new YamlMap(new LinkedHashMap<>(), by);
        node.entries().put("metadata", metadata);
        return metadata;
    }

    Map<String, String> labels() {
        return texts("labels");
    }

    Map<String, String> annotations() {
        return texts("annotations");
    }

    /** The entries of its annotations, made where there are none. */
    Map<String, YamlNode> annotationEntries(Location by) {
        Map<String, YamlNode> metadata = metadata(by).entries();
        if (metadata.get("annotations") instanceof YamlMap annotations) {
            return annotations.entries();
        }
        YamlMap annotations = new YamlMap(new LinkedHashMap<>(), by);
        metadata.put("annotations", annotations);
        return annotations.entries();
    }

    private Map<String, String> texts(String field) {
        Map<String, String> texts = new LinkedHashMap<>();
        if (node.child("metadata") instanceof YamlMap metadata && metadata.child(field) instanceof YamlMap map) {
            map.entries().forEach((key, value) -> {
                if (value instanceof YamlScalar scalar) {
                    texts.put(key, scalar.text());
                }
            });
        }
        return texts;
    }

    /** Replaces labels or annotations; an empty map removes the field. */
    void setTexts(String field, Map<String, YamlNode> values, Location by) {
        if (values.isEmpty()) {
            if (node.child("metadata") instanceof YamlMap metadata) {
                metadata.entries().remove(field);
            }
            return;
        }
        metadata(by).entries().put(field, new YamlMap(values, by));
    }

    Origin origin() {
        return new Origin(place, patches, List.copyOf(kustomizations), List.copyOf(files), hashed, stages);
    }
}
