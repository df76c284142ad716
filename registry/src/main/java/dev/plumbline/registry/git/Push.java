package dev.plumbline.registry.git;

import dev.plumbline.registry.source.SourceException;
import java.util.List;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.RemoteRefUpdate;
import org.jspecify.annotations.Nullable;

/** Sends commits to a branch of another repository. Never forces: a branch that has commits of its own stays as it is. */
final class Push {

    private Push() {}

    /**
     * Moves a branch there to a commit.
     *
     * @param from the repository that has the commit
     * @param ref full name of the branch there
     * @param expected where the branch must be; null when only its history must lead to the commit
     * @throws SourceException when it was refused there, moved meanwhile, or could not be reached
     */
    static void push(Repository from, ObjectId commit, Remote remote, String ref, @Nullable ObjectId expected)
            throws SourceException {
        Address to = remote.address();
        RemoteRefUpdate update = remote.exchange("push to", from, transport -> {
            RemoteRefUpdate asked = new RemoteRefUpdate(from, null, commit, ref, false, null, expected);
            transport.push(new Patience(), List.of(asked), null);
            return asked;
        });
        RemoteRefUpdate.Status status = update.getStatus();
        String said = update.getMessage() == null ? "" : " (" + to.mask(update.getMessage()) + ")";
        switch (status) {
            case OK, UP_TO_DATE -> {}
            case REJECTED_NONFASTFORWARD, REJECTED_REMOTE_CHANGED ->
                throw failed(
                        to, ref, "has commits there that are not here" + said, "fetch them, then push again", true);
            case REJECTED_OTHER_REASON ->
                throw failed(to, ref, "is refused there" + said, "push it to another branch for a pull request", false);
            default -> throw failed(to, ref, "was not moved: " + status + said, "push it by hand", false);
        }
    }

    private static SourceException failed(Address to, String ref, String why, String what, boolean retryable) {
        return new SourceException(
                "tried to push to " + to.shown() + ", failed because " + ref + " " + why + "; " + what, retryable);
    }
}
