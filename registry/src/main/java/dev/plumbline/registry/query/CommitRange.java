package dev.plumbline.registry.query;

import dev.plumbline.registry.model.Commit;
import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.source.Repository;
import dev.plumbline.registry.source.SourceException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Commits of a mainline that somebody asks about: {@code R} alone, or {@code R1..R2}, which is what came after R1 up to R2.
 *
 * @param before the commit before the first of them; null when the first is a root
 * @param newest the last of them
 * @param commits all of them, newest first
 */
record CommitRange(@Nullable CommitId before, CommitId newest, Set<CommitId> commits) {

    /** Most commits of one question. */
    static final int MAX_COMMITS = 10_000;

    private static final String DOTS = "..";

    /**
     * Reads a question; commits may be abbreviated.
     *
     * @return empty when the repository does not have a commit of it, or R1 is not on the mainline of R2
     */
    static Optional<CommitRange> of(Repository repository, String question) throws SourceException {
        int dots = question.indexOf(DOTS);
        Optional<CommitId> newest = repository.complete(dots < 0 ? question : question.substring(dots + DOTS.length()));
        if (newest.isEmpty()) {
            return Optional.empty();
        }
        if (dots < 0) {
            List<CommitId> parents =
                    repository.commit(newest.get()).map(Commit::parents).orElse(List.of());
            return Optional.of(
                    new CommitRange(parents.isEmpty() ? null : parents.getFirst(), newest.get(), Set.of(newest.get())));
        }
        Optional<CommitId> before = repository.complete(question.substring(0, dots));
        Set<CommitId> commits = new LinkedHashSet<>();
        for (Commit commit : before.isEmpty() ? List.<Commit>of() : repository.mainline(newest.get(), MAX_COMMITS)) {
            if (commit.id().equals(before.get())) {
                return Optional.of(new CommitRange(before.get(), newest.get(), commits));
            }
            commits.add(commit.id());
        }
        return Optional.empty();
    }
}
