package dev.plumbline.registry.history;

import dev.plumbline.registry.finding.Finding;
import dev.plumbline.registry.finding.Severity;
import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.model.ObjectKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What became of one head.
 *
 * @param number its place in the history, from 1
 * @param revision number among the applied ones, from 1; 0 when it was not applied
 * @param outcome what became of it
 * @param commit the head
 * @param subject first line of the commit's message
 * @param author salted digest of the commit's author
 * @param trigger why it was looked at
 * @param actor salted digest of the person who asked; null when nobody did
 * @param reason in words: of the person who asked, or of the outcome; may be empty
 * @param release digest of the Release; null when there is none
 * @param record digest under which the Release is archived; null when it is not
 * @param previous the head before; null for the first
 * @param forced whether the branch was forced away from the head before
 * @param passedOver commits between the head before and this one that were never a head, newest first
 * @param changes what was done, object by object; without what was left alone
 * @param blame plain key of each object to the commit that made its content what it is; empty when nothing was rendered
 * @param findings what was wrong with it
 * @param seen when it was seen
 * @param finished when this entry was written
 */
public record HistoryEntry(
        long number,
        long revision,
        Outcome outcome,
        CommitId commit,
        String subject,
        Digest author,
        String trigger,
        @Nullable Digest actor,
        String reason,
        @Nullable Digest release,
        @Nullable Digest record,
        @Nullable CommitId previous,
        boolean forced,
        List<CommitId> passedOver,
        List<RecordedChange> changes,
        Map<ObjectKey, CommitId> blame,
        List<Finding> findings,
        Instant seen,
        Instant finished) {

    /** Most findings in one entry; the last one says how many more there were. */
    public static final int MAX_FINDINGS = 1000;

    /** Keeps its own copies. */
    public HistoryEntry {
        passedOver = List.copyOf(passedOver);
        changes = List.copyOf(changes);
        blame = Map.copyOf(blame);
        findings = bounded(findings);
    }

    /** An entry must fit its store for ever, however much is wrong with a commit. */
    private static List<Finding> bounded(List<Finding> findings) {
        if (findings.size() <= MAX_FINDINGS) {
            return List.copyOf(findings);
        }
        List<Finding> kept = new ArrayList<>(findings.subList(0, MAX_FINDINGS - 1));
        String more = (findings.size() - kept.size()) + " more findings are not recorded";
        kept.add(new Finding(
                "history-more-findings", Severity.ADVICE, null, null, more, "repair the recorded ones first"));
        return List.copyOf(kept);
    }

    /** The same at another place of the history. */
    public HistoryEntry at(long otherNumber, long otherRevision) {
        return new HistoryEntry(
                otherNumber,
                otherRevision,
                outcome,
                commit,
                subject,
                author,
                trigger,
                actor,
                reason,
                release,
                record,
                previous,
                forced,
                passedOver,
                changes,
                blame,
                findings,
                seen,
                finished);
    }

    /** The same without what grows with its objects: changes, blame, findings and the commits passed over. */
    HistoryEntry brief() {
        return new HistoryEntry(
                number, revision, outcome, commit, subject, author, trigger, actor, reason, release, record, previous,
                forced, List.of(), List.of(), Map.of(), List.of(), seen, finished);
    }

    /** The same with something more to say than its reason. */
    public HistoryEntry but(String more) {
        return ended(outcome, reason.isEmpty() ? more : reason + "; " + more, changes, finished);
    }

    /** The same with what became of it. */
    public HistoryEntry ended(Outcome became, String why, List<RecordedChange> done, Instant when) {
        return new HistoryEntry(
                number,
                revision,
                became,
                commit,
                subject,
                author,
                trigger,
                actor,
                why,
                release,
                record,
                previous,
                forced,
                passedOver,
                done,
                blame,
                findings,
                seen,
                when);
    }
}
