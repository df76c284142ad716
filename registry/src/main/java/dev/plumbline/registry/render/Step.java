package dev.plumbline.registry.render;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One transformer as a user asks for it: a field of a kustomization file, an entry of such a field, or a plugin.
 *
 * @param trace what {@link BuildMetadata} says of it
 * @param transformers what it does, in order
 * @param files files that ask for it, beside the kustomization file itself
 * @param passedThrough the kustomization whose last step it is; null where it is another
 */
record Step(
        Trace trace,
        List<Transformer> transformers,
        Collection<String> files,
        @Nullable String passedThrough) {

    Step(Trace trace, List<Transformer> transformers, Collection<String> files) {
        this(trace, transformers, files, null);
    }

    /** The last step of every kustomization: each object remembers that it went through it. */
    static Step passedThrough(String kustomization) {
        return new Step(Trace.loaded(""), List.of(), List.of(), kustomization);
    }

    Step {
        transformers = List.copyOf(transformers);
        files = List.copyOf(files);
    }
}
