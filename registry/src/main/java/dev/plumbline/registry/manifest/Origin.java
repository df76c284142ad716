package dev.plumbline.registry.manifest;

import dev.plumbline.registry.model.Location;
import java.util.List;

/**
 * Where a rendered object comes from.
 *
 * @param resource where its own document begins, or the generator that made it
 * @param patches each patch that changed it, in order
 * @param kustomizations each kustomization file that transformed it, from the inside out
 * @param files further files whose content is in it, such as those of a generated ConfigMap
 * @param contentNamed whether its name holds a hash of its content, so that other content is another object
 * @param stages its names on the way, from the inside out, before the hash is added: first in its own file or generator, then
 *     as each kustomization left it
 */
public record Origin(
        Location resource,
        List<Location> patches,
        List<String> kustomizations,
        List<String> files,
        boolean contentNamed,
        List<Stage> stages) {

    /**
     * What the object was called when one file was done with it.
     *
     * @param file a kustomization file, or where the object itself is written
     * @param namespace its namespace; empty or {@code default} where none is written
     * @param name name
     */
    public record Stage(String file, String namespace, String name) {}

    /** Keeps its own copies. */
    public Origin {
        patches = List.copyOf(patches);
        kustomizations = List.copyOf(kustomizations);
        files = List.copyOf(files);
        stages = List.copyOf(stages);
    }

    /** Without names on the way. */
    public Origin(
            Location resource,
            List<Location> patches,
            List<String> kustomizations,
            List<String> files,
            boolean contentNamed) {
        this(resource, patches, kustomizations, files, contentNamed, List.of());
    }

    /** Only a place. */
    public static Origin of(Location resource) {
        return new Origin(resource, List.of(), List.of(), List.of(), false, List.of());
    }
}
