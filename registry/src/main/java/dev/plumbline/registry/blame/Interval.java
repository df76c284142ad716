package dev.plumbline.registry.blame;

import dev.plumbline.registry.model.CommitId;

/**
 * Mainline commits in a row, those that do not render left out, at which something was the same.
 *
 * @param oldest the commit that began it
 * @param newest the last commit that held it
 * @param commits how many commits that render it spans
 * @param atOrBefore whether it may have begun earlier, where the timeline does not go
 */
public record Interval(CommitId oldest, CommitId newest, int commits, boolean atOrBefore) {

    /** The same with one more commit, which held it too. */
    public Interval until(CommitId next) {
        return new Interval(oldest, next, commits + 1, atOrBefore);
    }
}
