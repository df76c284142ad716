package dev.plumbline.registry.query;

import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.run.RunEntry;
import dev.plumbline.registry.run.Verdict;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which runs somebody asks for.
 *
 * @param commits commits that the run may be of; null for any
 * @param verdict its verdict; null for any
 * @param since created then or later; null for any time
 */
public record RunFilter(
        @Nullable Set<CommitId> commits,
        @Nullable Verdict verdict,
        @Nullable Instant since) {

    /** Takes every run. */
    public static final RunFilter ALL = new RunFilter(null, null, null);

    /** Keeps its own copy. */
    public RunFilter {
        commits = commits == null ? null : Set.copyOf(commits);
    }

    /** {@link #since} as creation times are written, in whole seconds of UTC, so that texts can be compared; empty for any time. */
    public String firstCreated() {
        return since == null
                ? ""
                : since.plusNanos(999_999_999).truncatedTo(ChronoUnit.SECONDS).toString();
    }

    boolean takes(RunEntry entry) {
        return (commits == null || (entry.commit() != null && commits.contains(entry.commit())))
                && (verdict == null || verdict == entry.verdict())
                && (since == null || createdSince(entry.createdAt(), since));
    }

    /** Instants are compared, not texts: 02:00+02:00 is before 01:00Z. A run that says no time is of none. */
    private static boolean createdSince(String createdAt, Instant since) {
        try {
            return !OffsetDateTime.parse(createdAt).toInstant().isBefore(since);
        } catch (DateTimeParseException e) {
            return false;
        }
    }
}
