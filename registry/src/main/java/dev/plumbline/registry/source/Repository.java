package dev.plumbline.registry.source;

import dev.plumbline.registry.model.Commit;
import dev.plumbline.registry.model.CommitId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Read-only view of the commits of one repository, by commit id only. Safe for use by many threads. */
public interface Repository {

    /**
     * A commit, or empty when it was never fetched.
     *
     * @throws SourceException when the mirror cannot be read
     */
    Optional<Commit> commit(CommitId id) throws SourceException;

    /**
     * The commit that an abbreviation of at least four digits names; empty when none or several do.
     *
     * @throws SourceException when the mirror cannot be read
     */
    Optional<CommitId> complete(String abbreviation) throws SourceException;

    /**
     * The first-parent line from a commit back, newest first, at most {@code limit} commits.
     *
     * @throws SourceException when the commit is unknown or the mirror cannot be read
     */
    List<Commit> mainline(CommitId head, int limit) throws SourceException;

    /**
     * Whether the first commit is the second or one of its ancestors by any parent.
     *
     * @throws SourceException when a commit is unknown or the mirror cannot be read
     */
    boolean isAncestor(CommitId ancestor, CommitId descendant) throws SourceException;

    /**
     * Paths of files whose mode or content differs between two commits, on either side; renames count as both paths.
     *
     * @throws SourceException when a commit is unknown or the mirror cannot be read
     */
    Set<String> changedFiles(CommitId from, CommitId to) throws SourceException;

    /**
     * The files of a commit.
     *
     * @throws SourceException when the commit is unknown or the mirror cannot be read
     */
    Snapshot snapshot(CommitId id) throws SourceException;
}
