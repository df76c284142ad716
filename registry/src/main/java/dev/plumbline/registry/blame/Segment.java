package dev.plumbline.registry.blame;

import dev.plumbline.registry.model.CommitId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Mainline commits that follow each other and render to the same contents, or all do not render.
 *
 * @param commits newest first, at least one
 * @param held what they render to; null when they do not render
 */
public record Segment(List<CommitId> commits, @Nullable Contents held) {

    /** Keeps its own copy. */
    public Segment {
        commits = List.copyOf(commits);
    }

    /** Its newest commit. */
    public CommitId newest() {
        return commits.getFirst();
    }

    /** Its oldest commit: the one that brought these contents, as far as the timeline goes. */
    public CommitId oldest() {
        return commits.getLast();
    }

    /** What its commits render to; empty when they do not render. */
    public Optional<Contents> contents() {
        return Optional.ofNullable(held);
    }
}
