package dev.plumbline.registry.git;

import dev.plumbline.registry.source.SourceException;
import java.io.IOException;
import java.time.ZoneOffset;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.merge.MergeStrategy;
import org.eclipse.jgit.merge.ResolveMerger;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/**
 * The commit that undoes another one, as {@code git revert} makes it; of a merge, what it brought to its first parent. It
 * stands in the repository's objects, and no branch points to it yet.
 *
 * @param head the commit that it follows
 * @param commit its id
 * @param tree its content
 */
record Reversal(RevCommit head, ObjectId commit, ObjectId tree) {

    /**
     * Makes it.
     *
     * @param where the repository, for messages
     * @param onto the newest commit of the branch
     * @throws SourceException when the commit is not in the branch, or the revert conflicts with later commits or changes nothing
     */
    static Reversal make(Repository repository, String where, ObjectId onto, RevertOrder order)
            throws IOException, SourceException {
        try (RevWalk walk = new RevWalk(repository);
                ObjectInserter inserter = repository.newObjectInserter()) {
            RevCommit head = walk.parseCommit(onto);
            RevCommit bad = bad(walk, where, head, order);
            ObjectId tree = merge(repository, where, walk, inserter, bad, head, order);
            if (tree.equals(head.getTree())) {
                throw order.refused(where, "its change is not in the branch any more", "nothing is left to do");
            }
            ObjectId commit = inserter.insert(commit(head, bad, tree, order));
            inserter.flush();
            return new Reversal(head, commit, tree);
        }
    }

    private static RevCommit bad(RevWalk walk, String where, RevCommit head, RevertOrder order)
            throws IOException, SourceException {
        ObjectId id = ObjectId.fromString(order.bad().hex());
        if (!walk.getObjectReader().has(id)) {
            throw order.refused(where, "the repository has no such commit", "check the id");
        }
        RevCommit bad = walk.parseCommit(id);
        if (!walk.isMergedInto(bad, head)) {
            throw order.refused(where, "the commit is not in the branch", "name the branch that has it");
        }
        return bad;
    }

    private static ObjectId merge(
            Repository repository,
            String where,
            RevWalk walk,
            ObjectInserter inserter,
            RevCommit bad,
            RevCommit head,
            RevertOrder order)
            throws IOException, SourceException {
        ObjectId before = bad.getParentCount() == 0
                ? inserter.insert(new TreeFormatter())
                : walk.parseCommit(bad.getParent(0)).getTree().copy();
        inserter.flush();
        ResolveMerger merger = (ResolveMerger) MergeStrategy.RECURSIVE.newMerger(repository, true);
        merger.setBase(bad.getTree());
        if (!merger.merge(head.getTree(), before)) {
            throw order.refused(
                    where,
                    "later commits changed the same lines in " + String.join(", ", merger.getUnmergedPaths()),
                    "run git revert " + order.bad().abbreviated() + " in a clone and resolve the conflicts");
        }
        return merger.getResultTreeId();
    }

    private static CommitBuilder commit(RevCommit head, RevCommit bad, ObjectId tree, RevertOrder order) {
        PersonIdent person = new PersonIdent(order.who().name(), order.who().email(), order.when(), ZoneOffset.UTC);
        CommitBuilder commit = new CommitBuilder();
        commit.setTreeId(tree);
        commit.setParentId(head);
        commit.setAuthor(person);
        commit.setCommitter(person);
        commit.setMessage(order.message().isEmpty() ? message(bad) : order.message());
        return commit;
    }

    private static String message(RevCommit bad) {
        String of = bad.getParentCount() > 1
                ? ", reversing\nchanges made to " + bad.getParent(0).name() + ".\n"
                : ".\n";
        return "Revert \"" + bad.getShortMessage() + "\"\n\nThis reverts commit " + bad.name() + of;
    }
}
