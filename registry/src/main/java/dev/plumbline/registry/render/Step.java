package dev.plumbline.registry.render;

import java.util.Collection;
import java.util.List;

/**
 * One transformer as a user asks for it: a field of a kustomization file, an entry of such a field, or a plugin.
 *
 * @param trace what {@link BuildMetadata} says of it
 * @param transformers what it does, in order
 * @param files files that ask for it, beside the kustomization file itself
 */
record Step(Trace trace, List<Transformer> transformers, Collection<String> files) {

    Step {
        transformers = List.copyOf(transformers);
        files = List.copyOf(files);
    }
}
