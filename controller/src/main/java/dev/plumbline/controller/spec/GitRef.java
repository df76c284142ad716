package dev.plumbline.controller.spec;

/**
 * Which commit of a repository a sync follows.
 *
 * @param kind how it is named
 * @param value the name; empty for {@link Kind#DEFAULT}
 */
public record GitRef(Kind kind, String value) {

    /** The repository's own branch. */
    public static final GitRef OWN_BRANCH = new GitRef(Kind.DEFAULT, "");

    /** How a commit is named. */
    public enum Kind {
        /** The branch that the repository's HEAD names. */
        DEFAULT(""),
        /** The head of a branch. */
        BRANCH("branch"),
        /** The commit of a tag. */
        TAG("tag"),
        /** The commit of the highest tag within a range of semantic versions. */
        SEMVER("semver"),
        /** One commit by its full id. */
        COMMIT("commit");

        private final String field;

        Kind(String field) {
            this.field = field;
        }

        /** The field below {@code spec.source.ref}; empty for the default. */
        public String field() {
            return field;
        }
    }

    /** Whether it names a tag, now or by choice. */
    public boolean byTag() {
        return kind == Kind.TAG || kind == Kind.SEMVER;
    }

    /** Such as {@code branch main}. */
    @Override
    public String toString() {
        return kind == Kind.DEFAULT ? "the repository's own branch" : kind.field + " " + value;
    }
}
