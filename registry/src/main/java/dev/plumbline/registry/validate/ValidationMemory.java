package dev.plumbline.registry.validate;

import dev.plumbline.registry.argo.Reference;
import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.model.Recent;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What rules said about objects, by the content of the object and of all that it refers to, so that an unchanged object costs
 * a look-up. Safe for use by many threads.
 */
public final class ValidationMemory {

    /** Most objects whose remarks are remembered. */
    public static final int MAX_REMEMBERED = 20_000;

    /** Remembers nothing: for what is asked once. */
    public static final ValidationMemory NONE = new ValidationMemory(0);

    private final int most;
    private final Recent<Digest, List<Reference>> references;
    private final Recent<List<Object>, List<Remark>> remarks;
    private final AtomicReference<String> texts = new AtomicReference<>("");

    /** An empty memory of the usual size. */
    public ValidationMemory() {
        this(MAX_REMEMBERED);
    }

    private ValidationMemory(int most) {
        this.most = most;
        this.references = new Recent<>(most);
        this.remarks = new Recent<>(most);
    }

    /** Whether anything is ever remembered. */
    public boolean remembers() {
        return most > 0;
    }

    Recent<Digest, List<Reference>> references() {
        return references;
    }

    /** Remarks about an object by what they depend on, as {@link Dependencies} tells it. */
    Recent<List<Object>, List<Remark>> remarks() {
        return remarks;
    }

    /** An equal text that was given before: options are compared once for each object, and mostly are the same. */
    String same(String options) {
        return texts.updateAndGet(before -> before.equals(options) ? before : options);
    }
}
