package dev.plumbline.registry.render;

import dev.plumbline.registry.finding.Finding;
import dev.plumbline.registry.manifest.Manifest;
import java.util.List;
import java.util.SortedSet;

/**
 * What a folder of a commit renders to.
 *
 * @param objects every object in kustomize's order; empty when a finding is an error
 * @param findings what is wrong or ambiguous
 * @param footprint every path that was read or looked for: as long as none of them changes, neither does the rendering
 */
public record Rendering(List<Manifest> objects, List<Finding> findings, Footprint footprint) {

    /** Keeps its own copies. */
    public Rendering {
        objects = List.copyOf(objects);
        findings = List.copyOf(findings);
    }

    /** Every path that was read or looked for. */
    public SortedSet<String> readSet() {
        return footprint.paths();
    }

    /** Whether nothing was rendered because of an error. */
    public boolean broken() {
        return Finding.anyError(findings);
    }
}
