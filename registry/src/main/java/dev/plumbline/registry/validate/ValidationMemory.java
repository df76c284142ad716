package dev.plumbline.registry.validate;

import dev.plumbline.registry.argo.Reference;
import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.model.Recent;
import java.util.List;

/**
 * What rules said about objects, by the content of the object and of all that it refers to, so that an unchanged object costs
 * a look-up. Safe for use by many threads.
 */
public final class ValidationMemory {

    /** Most objects whose remarks are remembered. */
    public static final int MAX_REMEMBERED = 20_000;

    private final Recent<Digest, List<Reference>> references = new Recent<>(MAX_REMEMBERED);
    private final Recent<Digest, List<Remark>> remarks = new Recent<>(MAX_REMEMBERED);

    Recent<Digest, List<Reference>> references() {
        return references;
    }

    Recent<Digest, List<Remark>> remarks() {
        return remarks;
    }
}
