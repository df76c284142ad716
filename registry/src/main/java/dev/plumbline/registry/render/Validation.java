package dev.plumbline.registry.render;

import dev.plumbline.registry.yaml.YamlList;
import dev.plumbline.registry.yaml.YamlMap;
import dev.plumbline.registry.yaml.YamlNode;
import dev.plumbline.registry.yaml.YamlScalar;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * {@code validators}: steps that may look at objects and must not change them. To write a field anew with the value that it
 * has is a change, too, as in kustomize. The one thing that they may do is to label an object that had no labels with
 * {@code validated-by}.
 */
final class Validation {

    private static final String VALIDATED_BY = "validated-by";

    private final Resources resources;
    private final Problems problems;
    private final BuildMetadata metadata;
    private final List<Before> before = new ArrayList<>();

    /** An object as it was. */
    private record Before(Resource resource, YamlMap node, int ids, int affixes, int patches) {

        static Before of(Resource resource) {
            return new Before(
                    resource,
                    resource.node().copy(),
                    resource.previousIds.size(),
                    resource.prefixes.size() + resource.suffixes.size(),
                    resource.patches.size());
        }

        boolean isStill(Resource other, BuildMetadata metadata) {
            YamlMap now = other.node().copy();
            return unmark(now, other, metadata)
                    && other.equals(resource)
                    && same(now, node)
                    && other.previousIds.size() == ids
                    && other.prefixes.size() + other.suffixes.size() == affixes
                    && other.patches.size() == patches;
        }
    }

    /** Runs validators over shared objects. */
    static void run(
            List<Step> validators, Steps steps, Resources resources, BuildMetadata metadata, Problems problems) {
        if (!validators.isEmpty()) {
            resources.change();
            for (Step validator : validators) {
                new Validation(resources, metadata, problems).run(steps, validator);
            }
            resources.share();
        }
    }

    private Validation(Resources resources, BuildMetadata metadata, Problems problems) {
        this.resources = resources;
        this.metadata = metadata;
        this.problems = problems;
        resources.list().forEach(resource -> before.add(Before.of(resource)));
    }

    private void run(Steps steps, Step validator) {
        if (problems.anyError()) {
            return;
        }
        steps.apply(validator, resources);
        if (problems.anyError()) {
            return;
        }
        Iterator<Resource> now = resources.list().iterator();
        for (Before old : before) {
            Resource resource = now.hasNext() ? now.next() : null;
            if (resource == null || !old.isStill(resource, metadata)) {
                problems.error(
                        "render-validator",
                        old.resource().place,
                        "the validator " + String.join(", ", validator.files()) + " changes "
                                + old.resource().id(),
                        "list it under transformers if it is meant to change objects; a rule or a policy can check"
                                + " them");
                return;
            }
        }
    }

    /** Takes the mark away; false where kustomize, which then writes the other labels anew, sees that these were not. */
    private static boolean unmark(YamlMap object, Resource resource, BuildMetadata build) {
        if (!(object.child("metadata") instanceof YamlMap metadata)
                || !(metadata.child("labels") instanceof YamlMap labels)
                || labels.entries().remove(VALIDATED_BY) == null) {
            return true;
        }
        if (labels.entries().isEmpty()) {
            metadata.entries().remove("labels");
            return true;
        }
        // With it each transformer writes the annotations anew, behind any labels, and labels written anew go last.
        if (!build.isNone()) {
            return false;
        }
        List<String> names = List.copyOf(labels.entries().keySet());
        List<String> fields = new ArrayList<>(metadata.entries().keySet());
        if (resource.hasNotes()) {
            fields.remove("annotations"); // There before the labels, because kustomize keeps its notes in them.
        }
        boolean last = fields.getLast().equals("labels");
        boolean computed = labels.entries().values().stream()
                .allMatch(label -> label instanceof YamlScalar scalar && scalar.shared() != null);
        boolean made = labels.entries().values().stream()
                .anyMatch(label ->
                        label.location().file().equals(labels.location().file()));
        return last && computed && made && names.equals(names.stream().sorted().toList());
    }

    /** The very same values at the same places; copies share them, and whoever writes a field puts a new value there. */
    @SuppressWarnings("ReferenceEquality")
    private static boolean same(YamlNode one, YamlNode other) {
        return switch (one) {
            case YamlScalar scalar -> scalar == other;
            case YamlMap map -> other instanceof YamlMap otherMap && sameEntries(map, otherMap);
            case YamlList list -> other instanceof YamlList otherList && sameItems(list.items(), otherList.items());
        };
    }

    private static boolean sameEntries(YamlMap one, YamlMap other) {
        return List.copyOf(one.entries().keySet())
                        .equals(List.copyOf(other.entries().keySet()))
                && sameItems(
                        List.copyOf(one.entries().values()),
                        List.copyOf(other.entries().values()));
    }

    private static boolean sameItems(List<YamlNode> one, List<YamlNode> other) {
        Iterator<YamlNode> others = other.iterator();
        return one.size() == other.size() && one.stream().allMatch(item -> same(item, others.next()));
    }
}
