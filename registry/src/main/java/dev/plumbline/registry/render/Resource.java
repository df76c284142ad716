package dev.plumbline.registry.render;

import dev.plumbline.registry.manifest.Origin;
import dev.plumbline.registry.model.Location;
import dev.plumbline.registry.yaml.YamlMap;
import dev.plumbline.registry.yaml.YamlNode;
import dev.plumbline.registry.yaml.YamlScalar;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One object on its way through a build: its nodes, which transformers change, and what the build must remember of it. A
 * {@link #shared} one refuses changes and may be used by later builds; {@link #changeable} gives a form to work on.
 */
@SuppressWarnings("ReferenceEquality") // whether a node is still the shared one
final class Resource {

    /** Where its own document or generator stands. */
    final Location place;

    final List<Id> previousIds;
    final List<String> prefixes;
    final List<String> suffixes;
    final List<Location> patches;
    final Set<String> kustomizations;
    final List<Origin.Stage> stages;
    final Set<String> files;

    /** Names of the vars whose value it holds. */
    final Set<String> vars;

    /** Whether a generator of config maps or secrets made it. */
    boolean generated;

    /** Whether its name gets a hash of its content. */
    boolean hashed;

    /** Its file as {@link BuildMetadata} names it; empty where nobody asked. */
    String trace = "";

    /** {@code create}, {@code merge} or {@code replace}; of generated objects only. */
    String behavior = "create";

    private YamlMap node;

    /** The shared form that this one began as; null where there is none. */
    private final @Nullable Resource before;

    private final boolean shared;

    /** How many nodes of a shared one are not those of the one that it was made from. */
    private long ownNodes;

    private final NodeId nodeId;

    private @Nullable Derived derived;

    Resource(YamlMap node, Location place) {
        this.node = node;
        this.place = place;
        this.before = null;
        this.shared = false;
        this.nodeId = new NodeId();
        previousIds = new ArrayList<>();
        prefixes = new ArrayList<>();
        suffixes = new ArrayList<>();
        patches = new ArrayList<>();
        kustomizations = new LinkedHashSet<>();
        files = new LinkedHashSet<>();
        stages = new ArrayList<>();
        vars = new LinkedHashSet<>();
    }

    /** A form to work on. */
    private Resource(Resource from) {
        node = from.node;
        place = from.place;
        hashed = from.hashed;
        behavior = from.behavior;
        trace = from.trace;
        before = from;
        shared = false;
        previousIds = new ArrayList<>(from.previousIds);
        prefixes = new ArrayList<>(from.prefixes);
        suffixes = new ArrayList<>(from.suffixes);
        patches = new ArrayList<>(from.patches);
        kustomizations = new LinkedHashSet<>(from.kustomizations);
        files = new LinkedHashSet<>(from.files);
        stages = new ArrayList<>(from.stages);
        vars = new LinkedHashSet<>(from.vars);
        generated = from.generated;
        nodeId = new NodeId(from.nodeId);
    }

    /** A form that refuses changes. */
    private Resource(Resource from, YamlMap shareable, long nodes) {
        node = shareable;
        ownNodes = nodes;
        place = from.place;
        hashed = from.hashed;
        behavior = from.behavior;
        trace = from.trace;
        before = null;
        shared = true;
        previousIds = List.copyOf(from.previousIds);
        prefixes = List.copyOf(from.prefixes);
        suffixes = List.copyOf(from.suffixes);
        patches = List.copyOf(from.patches);
        kustomizations = Collections.unmodifiableSet(from.kustomizations);
        files = Collections.unmodifiableSet(from.files);
        stages = List.copyOf(from.stages);
        vars = Collections.unmodifiableSet(from.vars);
        generated = from.generated;
        nodeId = new NodeId(from.nodeId);
        nodeId.share(shareable);
        derived = new Derived(this);
    }

    /** Whether it refuses changes. */
    boolean isShared() {
        return shared;
    }

    /** A form of it that may be changed; nodes are copied when they are first asked for. */
    Resource changeable() {
        return shared ? new Resource(this) : this;
    }

    /** A form of it that refuses changes; the caller gives this one up. The one that it began as, where it is still equal. */
    Resource shared() {
        if (shared) {
            return this;
        }
        Resource old = before;
        SharedNodes nodes = new SharedNodes();
        YamlMap shareable = (YamlMap) nodes.of(node, old == null ? null : old.node);
        return old != null && old.node == shareable && beside().equals(old.beside())
                ? old
                : new Resource(this, shareable, nodes.made());
    }

    private List<?> beside() {
        List<?> sets = List.of(vars, List.copyOf(kustomizations), List.copyOf(files));
        return List.of(hashed, generated, behavior, trace, previousIds, prefixes, suffixes, patches, stages, sets);
    }

    /** About how many bytes a shared one takes beside the one that it was made from. */
    long bytes() {
        return SharedNodes.BYTES_PER_OBJECT + ownNodes * SharedNodes.BYTES_PER_NODE;
    }

    /** Its nodes; to be changed only where it is {@link #changeable}. */
    YamlMap node() {
        if (before != null && node == before.node) {
            node = before.node.copy();
        }
        return node;
    }

    /** Whether a patch has deleted it. */
    boolean isEmpty() {
        return node.entries().isEmpty();
    }

    void replaceNode(YamlMap other) {
        node = other;
    }

    Gvk gvk() {
        return nodeId.gvk(node);
    }

    String kind() {
        return gvk().kind();
    }

    Id id() {
        return nodeId.id(node);
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

    /** Whether kustomize keeps notes in its annotations by now; such an object has annotations, even if none are left. */
    boolean hasNotes() {
        return generated || !previousIds.isEmpty() || !prefixes.isEmpty() || !suffixes.isEmpty() || !vars.isEmpty();
    }

    String name() {
        return node.child("metadata") instanceof YamlMap metadata && metadata.child("name") instanceof YamlScalar scalar
                ? scalar.text()
                : "";
    }

    String namespace() {
        YamlNode written = node.child("metadata") instanceof YamlMap metadata ? metadata.child("namespace") : null;
        return !StrategicMerge.isNull(written) && written instanceof YamlScalar scalar ? scalar.text() : "";
    }

    void setName(String name, Location by) {
        setMetadata("name", name, by);
    }

    /** Sets a text of the metadata; an empty one removes it. */
    void setMetadata(String field, String value, Location by) {
        if (value.isEmpty()) {
            if (node().child("metadata") instanceof YamlMap metadata) {
                metadata.entries().remove(field);
            }
            return;
        }
        Map<String, YamlNode> metadata = metadata(by).entries();
        YamlScalar text = YamlScalar.untyped(value, by);
        metadata.put(field, metadata.get(field) instanceof YamlScalar old && old.quoted() ? text.inPlaceOf(old) : text);
    }

    private YamlMap metadata(Location by) {
        if (node().child("metadata") instanceof YamlMap metadata) {
            return metadata;
        }
        YamlMap metadata = new YamlMap(new LinkedHashMap<>(), by);
        node.entries().put("metadata", metadata);
        return metadata;
    }

    Map<String, String> labels() {
        return MetadataTexts.of(node, "labels");
    }

    Map<String, String> annotations() {
        return MetadataTexts.of(node, "annotations");
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

    /** Replaces labels or annotations; an empty map removes the field. */
    void setTexts(String field, Map<String, YamlNode> values, Location by) {
        if (values.isEmpty()) {
            setMetadata(field, "", by);
        } else {
            metadata(by).entries().put(field, new YamlMap(values, by));
        }
    }

    /** Whether it says of itself that kustomize's readers shall keep it to themselves. */
    boolean isLocal() {
        return !MetadataTexts.annotation(node, "config.kubernetes.io/local-config", "false")
                .equals("false");
    }

    /** What is derived from a shared one, made when it is first asked for. */
    Derived derived() {
        return derived == null ? new Derived(this) : derived;
    }

    Origin origin() {
        return new Origin(place, patches, List.copyOf(kustomizations), List.copyOf(files), hashed, stages);
    }
}
