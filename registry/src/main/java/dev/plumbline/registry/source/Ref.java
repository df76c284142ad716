package dev.plumbline.registry.source;

import dev.plumbline.registry.model.CommitId;

/** Which commit of a repository is wanted, as a person says it. Printed, it reads as in a sentence. */
public sealed interface Ref {

    /** The branch that the repository itself names as its own: what a clone checks out. */
    record RepositoryDefault() implements Ref {
        @Override
        public String toString() {
            return "the default branch";
        }
    }

    /**
     * A branch.
     *
     * @param name its name without {@code refs/heads/}
     */
    record Branch(String name) implements Ref {
        @Override
        public String toString() {
            return "branch " + name;
        }
    }

    /**
     * A tag, light or annotated.
     *
     * @param name its name without {@code refs/tags/}
     */
    record Tag(String name) implements Ref {
        @Override
        public String toString() {
            return "tag " + name;
        }
    }

    /**
     * The tag with the highest version of a range.
     *
     * @param range the range
     */
    record Newest(VersionRange range) implements Ref {
        @Override
        public String toString() {
            return "versions " + range;
        }
    }

    /**
     * One commit for ever.
     *
     * @param id its id
     */
    record Pinned(CommitId id) implements Ref {
        @Override
        public String toString() {
            return "commit " + id;
        }
    }
}
