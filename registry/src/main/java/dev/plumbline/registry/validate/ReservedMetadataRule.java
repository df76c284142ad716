package dev.plumbline.registry.validate;

import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.manifest.Manifest;
import java.util.List;
import java.util.Set;

/** Marks that say who owns an object and which commit made it are Plumbline's to write, not Git's. */
final class ReservedMetadataRule implements Rule {

    /** Keys of labels and annotations that only Plumbline writes. */
    static final Set<String> RESERVED = Set.of(
            "plumbline.dev/sync",
            "plumbline.dev/version-of",
            "plumbline.dev/content-digest",
            "plumbline.dev/template-commit",
            "plumbline.dev/schedule-commit",
            "plumbline.dev/object-commit",
            "plumbline.dev/commit",
            "plumbline.dev/verdict");

    private static final List<List<String>> PLACES =
            List.of(List.of("metadata"), List.of("spec", "workflowMetadata"), List.of("spec", "podMetadata"));

    @Override
    public String id() {
        return "reserved-metadata";
    }

    @Override
    public Group group() {
        return Group.PLUMBLINE;
    }

    @Override
    public String description() {
        return "Labels and annotations that Plumbline writes are not written in Git.";
    }

    @Override
    public void check(Manifest object, RenderedSet set, Report report) {
        for (List<String> place : PLACES) {
            for (String kind : List.of("labels", "annotations")) {
                List<String> path = ArgoObject.join(place, kind);
                for (String key :
                        Tree.map(object.content(), path.toArray(String[]::new)).keySet()) {
                    if (RESERVED.contains(key)) {
                        report.add(
                                ArgoObject.join(path, key), "'" + key + "' is written by Plumbline only", "remove it");
                    }
                }
            }
        }
    }
}
