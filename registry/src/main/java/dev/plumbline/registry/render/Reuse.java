package dev.plumbline.registry.render;

import org.jspecify.annotations.Nullable;

/**
 * The view of one build on what earlier ones left. Schemas of an {@code openapi} field hold for a whole build, in the order of
 * loading, so a build that meets one begins anew and uses nothing again.
 */
final class Reuse {

    /** Ends a build that may not use anything again. */
    static final class NotPossibleException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private NotPossibleException() {
            super("what a folder renders to depends on the build that it is part of", null, false, false);
        }
    }

    private static final Reuse NONE = new Reuse(new Kept(0), "none");

    private final Kept kept;
    private final Object options;
    private final long build;

    /**
     * Begins a build.
     *
     * @param options everything beside the files that determines what a build makes
     */
    Reuse(Kept kept, Object options) {
        this.kept = kept;
        this.options = options;
        this.build = kept.begin();
    }

    /** Nothing is used again, and nothing is left. */
    static Reuse none() {
        return NONE;
    }

    /** To be called where what a folder renders to depends on the build that it is part of. */
    @SuppressWarnings("ReferenceEquality") // there is one
    void forbid() {
        if (this != NONE) {
            throw new NotPossibleException();
        }
    }

    /** The newest build of a folder; whoever uses it compares what it looked at. */
    @SuppressWarnings("unchecked") // keep() put it there
    @Nullable
    Part<Accumulated> accumulated(String folder) {
        return (Part<Accumulated>) kept.get(new Kept.Key(options, Accumulated.class, folder), build);
    }

    void keep(String folder, Part<Accumulated> part) {
        long bytes = part.value().bytes() + part.reads().bytes();
        kept.put(new Kept.Key(options, Accumulated.class, folder), part, bytes, build);
    }

    /** What was last made of the references between the objects of a folder. */
    FixedNames.@Nullable Results fixedNames(String folder) {
        return (FixedNames.Results) kept.get(new Kept.Key(options, FixedNames.class, folder), build);
    }

    void keep(String folder, FixedNames.Results results) {
        kept.put(new Kept.Key(options, FixedNames.class, folder), results, results.bytes(), build);
    }
}
