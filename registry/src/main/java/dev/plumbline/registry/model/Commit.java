package dev.plumbline.registry.model;

import java.time.Instant;
import java.util.List;

/**
 * What a Git commit says of itself.
 *
 * @param id its id
 * @param parents ids of its parents, the mainline parent first; empty for a root commit
 * @param author who wrote it
 * @param authored when it was written
 * @param subject first line of its message, without line breaks
 */
public record Commit(CommitId id, List<CommitId> parents, Person author, Instant authored, String subject) {

    /** Keeps its own copy of the parents. */
    public Commit {
        parents = List.copyOf(parents);
    }
}
