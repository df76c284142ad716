package dev.plumbline.registry.git;

import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.model.Person;
import dev.plumbline.registry.source.SourceException;
import java.time.Instant;

/**
 * What to undo.
 *
 * @param branch short name; empty for the branch that is checked out, or the default branch of a remote repository
 * @param bad the commit to undo; must be in the branch
 * @param who author and committer of the revert
 * @param when its time
 * @param message its message; empty for git's own wording
 */
public record RevertOrder(String branch, CommitId bad, Person who, Instant when, String message) {

    /** The order cannot be carried out. */
    SourceException refused(String where, String why, String what) {
        return new SourceException(
                "tried to revert " + bad.abbreviated() + " on " + where + ", refused because " + why + "; " + what,
                false);
    }
}
