package dev.plumbline.registry.render;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the build of one folder hands to what is built on it, and what the next build of the folder may use again. Whatever else
 * flows from a folder to those above must become a component of this record, or it is lost when the folder is used again.
 *
 * @param objects its objects after its transformers, shared
 * @param configuration what it configures for those above
 * @param vars its vars and those of its bases, by name
 * @param removed what patches have removed of it, in order
 * @param component whether it is a component, which is not built by itself
 * @param memory how it was made; null where it has no kustomization that can be used
 */
record Accumulated(
        List<Resource> objects,
        Configuration configuration,
        Map<String, Var> vars,
        List<ArgoAwareness.Removed> removed,
        boolean component,
        @Nullable BuildMemory memory) {

    /** Nothing, because of an error. */
    static Accumulated none() {
        return new Accumulated(List.of(), ConfigurationReader.byDefault(), Map.of(), List.of(), false, null);
    }

    /** About how many bytes it takes beside what the folders below it take. */
    long bytes() {
        return 100L + objects.size() * 8L + (memory == null ? 0 : memory.bytes());
    }
}
