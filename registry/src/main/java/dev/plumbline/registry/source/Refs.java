package dev.plumbline.registry.source;

import dev.plumbline.registry.model.CommitId;
import java.util.Map;
import java.util.Optional;

/**
 * What a repository's names meant at one poll.
 *
 * @param commits full ref name ({@code refs/heads/main}, {@code refs/tags/v1}) to commit; annotated tags are peeled
 * @param defaultBranch full name of the branch that HEAD names; empty when there is none
 */
public record Refs(Map<String, CommitId> commits, String defaultBranch) {

    /** Keeps its own copy. */
    public Refs {
        commits = Map.copyOf(commits);
    }

    /** The commit of a branch or tag by short or full name; an empty name is the default branch. */
    public Optional<CommitId> resolve(String name) {
        if (name.isEmpty()) {
            return Optional.ofNullable(commits.get(defaultBranch));
        }
        for (String prefix : new String[] {"", "refs/heads/", "refs/tags/"}) {
            CommitId commit = commits.get(prefix + name);
            if (commit != null) {
                return Optional.of(commit);
            }
        }
        return Optional.empty();
    }
}
