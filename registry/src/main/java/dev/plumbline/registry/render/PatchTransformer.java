package dev.plumbline.registry.render;

import dev.plumbline.registry.model.Location;
import dev.plumbline.registry.yaml.YamlList;
import dev.plumbline.registry.yaml.YamlMap;
import dev.plumbline.registry.yaml.YamlNode;
import dev.plumbline.registry.yaml.YamlScalar;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One entry of {@code patches}: strategic-merge patches, or one JSON patch, applied to what it selects. */
final class PatchTransformer implements ObjectTransformer {

    private final Location by;
    private final @Nullable Selector target;
    private final List<Resource> merges;
    private final @Nullable YamlList operations;
    private final boolean allowNameChange;
    private final boolean allowKindChange;
    private final boolean deprecated;
    private final Problems problems;
    private @Nullable ArgoAwareness argo;

    private PatchTransformer(Builder builder, Problems problems) {
        this.by = builder.by;
        this.target = builder.target;
        this.merges = builder.merges;
        this.operations = builder.operations;
        this.allowNameChange = builder.allowNameChange;
        this.allowKindChange = builder.allowKindChange;
        this.deprecated = builder.deprecated;
        this.problems = problems;
    }

    /** What an entry says. */
    static final class Builder {

        private final Location by;

        @Nullable
        Selector target;

        List<Resource> merges = List.of();

        @Nullable
        YamlList operations;

        boolean allowNameChange;
        boolean allowKindChange;

        /** Whether it comes from {@code patchesStrategicMerge} or {@code patchesJson6902}. */
        boolean deprecated;

        Builder(Location by) {
            this.by = by;
        }

        PatchTransformer build(Problems problems) {
            return new PatchTransformer(this, problems);
        }
    }

    /** Lets Argo's objects be cared for. */
    void watch(ArgoAwareness awareness) {
        argo = awareness;
    }

    /**
     * What is noted of an object.
     *
     * @param patches positions of the patches that are for it by its id
     * @param id its id after the patch, where that may be another one; null where it was removed, too
     */
    private record Note(List<Integer> patches, @Nullable Id id) {}

    @Override
    public @Nullable Object change(Resource resource) {
        List<Integer> found = List.of();
        if (target == null) {
            found = operations == null ? mergeById(resource) : found;
        } else if (target.matches(resource)) {
            if (operations != null) {
                operate(resource, operations);
            }
            merges.forEach(patch -> mergeAsTarget(resource, patch));
        }
        Id id = (allowNameChange || allowKindChange) && !resource.isEmpty() ? resource.id() : null;
        return found.isEmpty() && id == null ? null : new Note(found, id);
    }

    private void mergeAsTarget(Resource resource, Resource patch) {
        YamlMap copy = patch.node().copy();
        takeApiVersion(copy, resource.node());
        textsOnly(copy);
        boolean versioned = resource.node().child("apiVersion") != null;
        merge(resource, copy, patch.place);
        if (!versioned && !resource.node().entries().isEmpty()) {
            // kustomize gives the patch the object's apiVersion even where there is none.
            resource.node().entries().put("apiVersion", new YamlScalar(null, patch.place));
        }
    }

    private void checkUnique(List<Noted> notes) {
        Map<Id, Resource> seen = new HashMap<>();
        for (Noted noted : notes) {
            Id id = ((Note) noted.note()).id();
            Resource twin = id == null ? null : seen.putIfAbsent(id, noted.resource());
            if (twin != null) {
                problems.error(
                        "render-duplicate-object",
                        by,
                        "the patch makes " + noted.resource().place + " and " + twin.place + " one object, " + id,
                        "select one object, or do not allow the change of its name or kind");
            }
        }
    }

    /** A patch with a target is for whatever version the selected object has. */
    private static void takeApiVersion(YamlMap patch, YamlMap object) {
        var apiVersion = object.entries().get("apiVersion");
        if (apiVersion == null) {
            patch.entries().remove("apiVersion");
        } else {
            patch.entries().put("apiVersion", apiVersion);
        }
    }

    /** kustomize copies such a patch, and copies labels and annotations as texts: a null among them removes nothing. */
    private static void textsOnly(YamlMap patch) {
        if (patch.child("metadata") instanceof YamlMap metadata) {
            for (String field : List.of("labels", "annotations")) {
                if (metadata.child(field) instanceof YamlMap texts
                        && !texts.entries().isEmpty()) {
                    texts.entries().replaceAll((_, value) -> OutputForm.text(value));
                } else {
                    metadata.entries().remove(field);
                }
            }
        }
    }

    private void operate(Resource resource, YamlList list) {
        if (!deprecated) {
            resource.storePreviousId();
        }
        if (resource.hasNotes()) {
            resource.annotationEntries(by);
        }
        try {
            resource.replaceNode(new JsonPatch(list).apply(resource.node()));
            checkAnnotations(resource.node());
            OutputForm.annotations(resource.node());
            resource.patches.add(list.location());
        } catch (WrongShapeException e) {
            problems.error(
                    "render-patch",
                    e.place(),
                    "the patch does not apply to " + resource.id() + " (" + resource.place + "): " + e.reason(),
                    "correct the path, or the target");
        }
    }

    /** The positions of the patches that are for this object. */
    private List<Integer> mergeById(Resource resource) {
        List<Integer> found = new ArrayList<>(0);
        for (int i = 0; i < merges.size() && !resource.isEmpty(); i++) {
            Resource patch = merges.get(i);
            Id id = patch.id();
            if (resource.id().equals(id) || resource.previousIds.contains(id)) {
                found.add(i);
                YamlMap copy = patch.node().copy();
                if (deprecated) {
                    textsOnly(copy);
                }
                merge(resource, copy, patch.place);
            }
        }
        return found;
    }

    /** A patch without a target must be for exactly one object. */
    @Override
    public void check(List<Noted> notes) {
        if (operations != null && target == null) {
            problems.error(
                    "render-patch",
                    by,
                    "a JSON patch without a target",
                    "add target: with kind and name of the object");
        }
        checkUnique(notes);
        if (operations != null || target != null) {
            return;
        }
        int[] found = new int[merges.size()];
        notes.forEach(noted -> ((Note) noted.note()).patches().forEach(i -> found[i]++));
        for (int i = 0; i < found.length; i++) {
            Resource patch = merges.get(i);
            if (found[i] != 1) {
                problems.error(
                        "render-no-target",
                        patch.place,
                        found[i] == 0
                                ? "the patch is for " + patch.id() + ", which is not among the objects here"
                                : "the patch is for " + patch.id() + ", which " + found[i] + " objects are or were",
                        "correct its apiVersion, kind, name or namespace, or select objects with target:");
            }
        }
    }

    /** kustomize ends in a panic, or takes the elements for keys and values in turn. */
    private static void checkAnnotations(YamlMap object) {
        if (object.child("metadata") instanceof YamlMap metadata
                && metadata.child("annotations") instanceof YamlList annotations) {
            throw new WrongShapeException(annotations.location(), "it makes metadata.annotations a list");
        }
    }

    private void merge(Resource resource, YamlMap patch, Location place) {
        String name = resource.name();
        String namespace = resource.namespace();
        YamlNode kind = resource.node().entries().get("kind");
        if (allowNameChange || allowKindChange) {
            resource.storePreviousId();
        }
        if (!mergeContent(resource, patch, place)) {
            return;
        }
        keepNames(resource, kind, new Id(resource.gvk(), namespace, name), place);
    }

    /** What a patch may change only where its options allow it. */
    private void keepNames(Resource resource, @Nullable YamlNode kind, Id old, Location place) {
        if (!allowKindChange && kind != null) {
            resource.node().entries().put("kind", kind);
        } else if (!allowKindChange) {
            resource.node().entries().remove("kind");
        }
        if (!allowNameChange) {
            putBack(resource, "name", old.name(), place);
        }
        YamlNode namespace = resource.node().child("metadata") instanceof YamlMap map ? map.child("namespace") : null;
        boolean text = namespace == null || namespace instanceof YamlScalar;
        // One that is empty is taken away, however it was written.
        if (!text || old.namespace().isEmpty() || !resource.namespace().equals(old.namespace())) {
            putBack(resource, "namespace", old.namespace(), place);
        }
    }

    /** kustomize writes them anew without a type: between quotes that are there, or else as the number that they may spell. */
    private static void putBack(Resource resource, String field, String value, Location place) {
        resource.setMetadata(field, value, place);
        if (resource.node().child("metadata") instanceof YamlMap metadata
                && metadata.child(field) instanceof YamlScalar text
                && !text.quoted()) {
            metadata.entries().put(field, WrittenText.untyped(value, place));
        }
    }

    /** Whether the object is there after it. */
    private boolean mergeContent(Resource resource, YamlMap patch, Location place) {
        try {
            ArgoPatch watched = argo == null ? null : ArgoPatch.before(argo, resource, patch);
            YamlMap merged = StrategicMerge.apply(resource.node(), patch);
            if (watched != null && merged != null) {
                watched.after();
            }
            resource.patches.add(place);
            if (merged == null) {
                if (argo != null) {
                    argo.removing(resource, place);
                }
                resource.node().entries().clear();
                return false;
            }
            resource.replaceNode(merged);
            SharedEntries.spread(merged);
            return true;
        } catch (WrongShapeException e) {
            problems.error(
                    "render-patch",
                    e.place(),
                    "the patch does not apply to " + resource.id() + ": " + e.reason(),
                    "give the field the type that the object has");
            return false;
        }
    }
}
