package dev.plumbline.controller.status;

import dev.plumbline.controller.spec.Reason;
import dev.plumbline.registry.finding.Finding;
import dev.plumbline.registry.history.HistoryEntry;
import dev.plumbline.registry.history.Outcome;
import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.model.Digest;
import org.jspecify.annotations.Nullable;

/**
 * Where a sync stands, as its conditions say it.
 *
 * @param reason why, in one word, which decides the conditions
 * @param message why, in words
 * @param next what happens next, in words
 * @param confirmation digest of deletions that a person may confirm; null when none wait
 */
public record Standing(
        Reason reason,
        String message,
        String next,
        @Nullable Digest confirmation) {

    private static final String HELD_NEXT = "the applied revision stays in force";

    /**
     * What it is worked out from.
     *
     * @param head the newest head that was seen; null before the first
     * @param last the newest history entry; null before the first
     * @param suspended whether nothing is applied
     * @param away why the repository does not answer; empty while it does
     * @param unknown why the repository holds no commit for the sync; empty while it does
     * @param trouble what keeps the newest work from its end, and is tried again; null while nothing does
     * @param gate why new heads wait; null while they need not
     * @param held why the newest head is held, or what is not healthy of what is applied; null when neither is
     */
    public record Facts(
            @Nullable CommitId head,
            @Nullable HistoryEntry last,
            boolean suspended,
            String away,
            String unknown,
            @Nullable Wait trouble,
            @Nullable Wait gate,
            @Nullable Wait held) {}

    /** Works it out. */
    public static Standing of(Facts facts) {
        if (facts.suspended) {
            return new Standing(Reason.SUSPENDED, "spec.suspend is true", "nothing until it is false", null);
        }
        if (facts.trouble != null) {
            return of(facts.trouble, "it is tried again, ever less often");
        }
        if (!facts.unknown.isEmpty()) {
            return new Standing(Reason.SOURCE_REFUSED, facts.unknown, "the next poll looks again", null);
        }
        HistoryEntry last = facts.last;
        boolean handled = facts.head != null && last != null && facts.head.equals(last.commit());
        // After a rollback the head is another commit than the one in force, which is news only while it waits at the
        // gate.
        boolean restored = last != null && rolledBack(last) && facts.gate == null;
        return last != null && (handled || restored) ? withSource(ended(last, facts.held), facts.away) : working(facts);
    }

    private static boolean rolledBack(HistoryEntry last) {
        return last.trigger().equals("ROLLBACK") && last.outcome() == Outcome.APPLIED;
    }

    private static Standing working(Facts facts) {
        if (facts.gate != null) {
            return of(
                    facts.gate, facts.gate.until() == null ? "it goes on then" : "it goes on at " + facts.gate.until());
        }
        if (facts.head == null) {
            return facts.away.isEmpty()
                    ? new Standing(Reason.STARTING, "no commit was seen yet", "the first poll", null)
                    : new Standing(Reason.SOURCE_UNAVAILABLE, facts.away, "it is tried again", null);
        }
        return new Standing(Reason.APPLYING, "working on " + facts.head.abbreviated(), "it is applied", null);
    }

    private static Standing ended(HistoryEntry last, @Nullable Wait held) {
        String commit = last.commit().abbreviated();
        if (rolledBack(last)) {
            return new Standing(
                    Reason.ROLLED_BACK,
                    "revision " + last.revision() + " restores " + commit + ": " + last.reason(),
                    "a commit without the content that was rolled back from is applied",
                    null);
        }
        return switch (last.outcome()) {
            case APPLIED, UNCHANGED ->
                held != null && held.reason() == Reason.HEALTH_FAILED
                        ? of(held, "it is looked at again when one of its objects changes")
                        : new Standing(
                                Reason.APPLIED,
                                commit + " " + last.subject(),
                                "the next commit is applied when it is seen",
                                null);
            case HELD ->
                held != null ? of(held, HELD_NEXT) : new Standing(Reason.QUARANTINED, last.reason(), HELD_NEXT, null);
            case BROKEN ->
                new Standing(Reason.BROKEN_COMMIT, commit + ": " + firstError(last), HELD_NEXT + "; push a fix", null);
            case SUPERSEDED -> new Standing(Reason.APPLYING, last.reason(), "the newer commit is applied", null);
            case FAILED ->
                held != null && (held.reason() == Reason.CONFLICT || held.reason() == Reason.CLUSTER_UNAVAILABLE)
                        ? of(held, "it is tried again, ever less often")
                        : new Standing(Reason.APPLY_FAILED, commit + ": " + last.reason(), "it is tried again", null);
        };
    }

    private static String firstError(HistoryEntry entry) {
        long errors = entry.findings().stream().filter(Finding::isError).count();
        return entry.findings().stream()
                        .filter(Finding::isError)
                        .findFirst()
                        .map(Finding::toString)
                        .orElse(entry.reason())
                + (errors > 1 ? " (and " + (errors - 1) + " more)" : "");
    }

    private static Standing of(Wait wait, String next) {
        return new Standing(wait.reason(), wait.message(), next, wait.confirmation());
    }

    private static Standing withSource(Standing standing, String away) {
        return away.isEmpty()
                ? standing
                : new Standing(
                        standing.reason,
                        standing.message + "; the repository is away: " + away,
                        standing.next,
                        standing.confirmation);
    }
}
