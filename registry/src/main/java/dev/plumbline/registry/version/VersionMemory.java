package dev.plumbline.registry.version;

import dev.plumbline.registry.argo.Reference;
import dev.plumbline.registry.manifest.Manifest;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The versions that were made of a rendering last, so that the next commit costs what changed: rendering gives the very same object where
 * nothing did. Holds those of one rendering. Safe for use by many threads.
 */
public final class VersionMemory {

    private volatile IdentityHashMap<Manifest, Known> known = new IdentityHashMap<>();

    /** Nothing was made yet. */
    public VersionMemory() {}

    /**
     * What was made of one rendered object.
     *
     * @param references what it refers to
     * @param names the names of their versions, in the same order; empty where there is none
     * @param alias the object with these names in it
     * @param version its version; null where it is no template
     */
    record Known(
            List<Reference> references,
            List<String> names,
            Manifest alias,
            @Nullable Manifest version) {}

    /** What was made of an object; null where nothing was. */
    @Nullable
    Known of(Manifest object) {
        return known.get(object);
    }

    /** From now on these, which do not change any more. */
    void keep(IdentityHashMap<Manifest, Known> made) {
        known = made;
    }
}
