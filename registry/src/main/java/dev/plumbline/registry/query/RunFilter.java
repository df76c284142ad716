package dev.plumbline.registry.query;

import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.run.RunEntry;
import dev.plumbline.registry.run.Verdict;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which runs somebody asks for.
 *
 * @param commits commits that the run may be of; null for any
 * @param verdict its verdict; null for any
 * @param since RFC 3339, or the beginning of one such as a day: created then or later; empty for any time
 */
public record RunFilter(
        @Nullable Set<CommitId> commits, @Nullable Verdict verdict, String since) {

    /** Takes every run. */
    public static final RunFilter ALL = new RunFilter(null, null, "");

    /** Keeps its own copy. */
    public RunFilter {
        commits = commits == null ? null : Set.copyOf(commits);
    }

    boolean takes(RunEntry entry) {
        return (commits == null || (entry.commit() != null && commits.contains(entry.commit())))
                && (verdict == null || verdict == entry.verdict())
                && entry.createdAt().compareTo(since) >= 0;
    }
}
