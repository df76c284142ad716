package dev.plumbline.registry.git;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.lib.BatchRefUpdate;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.ReceiveCommand;

/**
 * The mirror's own refs, {@code refs/plumbline/seen/<commit>}: one for each commit that a branch or tag of the source names
 * or was forced away from. Named by content, they never conflict and can be written again after a crash; what a newer tip
 * reaches needs none, so their number is that of tips and forced-away ends.
 */
final class Seen {

    private static final String PREFIX = "refs/plumbline/seen/";

    private final Repository mirror;

    Seen(Repository mirror) {
        this.mirror = mirror;
    }

    /** Keeps these tips, and whatever was kept before and is not reached from them. */
    void keep(Set<ObjectId> tips) throws IOException {
        Set<ObjectId> before = kept();
        List<ReceiveCommand> created = new ArrayList<>();
        for (ObjectId tip : tips) {
            if (!before.contains(tip)) {
                created.add(new ReceiveCommand(ObjectId.zeroId(), tip, PREFIX + tip.name()));
            }
        }
        execute(created);
        before.removeAll(tips);
        List<ReceiveCommand> removed = new ArrayList<>();
        before.removeAll(unreached(before, tips));
        for (ObjectId reached : before) {
            removed.add(new ReceiveCommand(reached, ObjectId.zeroId(), PREFIX + reached.name()));
        }
        execute(removed);
    }

    /** The commits that have a ref. */
    Set<ObjectId> kept() throws IOException {
        Set<ObjectId> kept = new HashSet<>();
        for (Ref ref : mirror.getRefDatabase().getRefsByPrefix(PREFIX)) {
            kept.add(ObjectId.fromString(ref.getName().substring(PREFIX.length())));
        }
        return kept;
    }

    /** Whether a commit is kept, or one of its descendants is. */
    boolean reaches(ObjectId commit) throws IOException {
        Set<ObjectId> kept = kept();
        if (kept.contains(commit) || !mirror.getObjectDatabase().has(commit)) {
            return kept.contains(commit);
        }
        try (RevWalk walk = new RevWalk(mirror)) {
            walk.setRetainBody(false);
            RevCommit wanted = walk.parseCommit(commit);
            List<RevCommit> ends = new ArrayList<>();
            for (ObjectId end : kept) {
                ends.add(walk.parseCommit(end));
            }
            return walk.isMergedIntoAnyCommit(wanted, ends);
        } catch (IncorrectObjectTypeException e) {
            return false;
        }
    }

    private Set<ObjectId> unreached(Set<ObjectId> ends, Set<ObjectId> tips) throws IOException {
        Set<ObjectId> unreached = new HashSet<>();
        if (ends.isEmpty()) {
            return unreached;
        }
        try (RevWalk walk = new RevWalk(mirror)) {
            walk.setRetainBody(false);
            for (ObjectId end : ends) {
                walk.markStart(walk.parseCommit(end));
            }
            for (ObjectId tip : tips) {
                walk.markUninteresting(walk.parseCommit(tip));
            }
            for (RevCommit commit : walk) {
                if (ends.contains(commit)) {
                    unreached.add(commit.copy());
                }
            }
        }
        return unreached;
    }

    private void execute(List<ReceiveCommand> commands) throws IOException {
        if (commands.isEmpty()) {
            return;
        }
        BatchRefUpdate batch = mirror.getRefDatabase().newBatchUpdate();
        batch.setAllowNonFastForwards(true).disableRefLog().addCommand(commands);
        try (RevWalk walk = new RevWalk(mirror)) {
            batch.execute(walk, NullProgressMonitor.INSTANCE);
        }
        for (ReceiveCommand command : commands) {
            if (command.getResult() != ReceiveCommand.Result.OK) {
                throw new IOException("ref " + command.getRefName() + " was not written: " + command.getResult());
            }
        }
    }
}
