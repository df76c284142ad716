package dev.plumbline.registry.git;

import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.model.Person;
import dev.plumbline.registry.source.SourceException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.Status;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheCheckout;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.RepositoryCache;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.merge.MergeStrategy;
import org.eclipse.jgit.merge.ResolveMerger;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.util.FS;

/** Undoes a commit by a new one, as {@code git revert} does; of a merge, what it brought to its first parent. */
public final class GitRevert {

    private final Repository repository;
    private final Order order;

    private GitRevert(Repository repository, Order order) {
        this.repository = repository;
        this.order = order;
    }

    /**
     * What to revert.
     *
     * @param repository {@code https://} or {@code file://} URL, or absolute path, of a repository with or without work tree
     * @param branch short name; empty for the branch that is checked out
     * @param bad the commit to undo; must be in the branch
     * @param who author and committer of the revert
     * @param when its time
     * @param message its message; empty for git's own wording
     */
    public record Order(String repository, String branch, CommitId bad, Person who, Instant when, String message) {}

    /**
     * Makes the revert commit, moves the branch to it if nobody else moved it meanwhile, and updates the work tree where
     * that branch is checked out.
     *
     * @return the revert commit
     * @throws SourceException when the repository is remote (pushing needs credentials), the commit is not in the branch,
     *     the revert conflicts with later commits or changes nothing, the work tree is not clean, or the branch was moved
     */
    public static CommitId revert(Order order) throws SourceException {
        Isolation.ensure();
        Address address = Address.parse(order.repository(), Address.Allowed.SAFE);
        Path path = address.local();
        if (path == null) {
            throw new SourceException(
                    "tried to revert " + order.bad().abbreviated() + " on " + address.shown()
                            + ", refused because pushing there needs credentials, which come later; run git revert "
                            + order.bad().abbreviated() + " in a clone and push it",
                    false);
        }
        File folder = RepositoryCache.FileKey.resolve(path.toFile(), FS.DETECTED);
        if (folder == null) {
            throw new SourceException(
                    "tried to revert " + order.bad().abbreviated() + " on " + address.shown()
                            + ", failed because it is not a Git repository; check the path",
                    false);
        }
        try (Repository repository =
                new FileRepositoryBuilder().setGitDir(folder).build()) {
            return new GitRevert(repository, order).revert();
        } catch (IOException | GitAPIException e) {
            throw new SourceException(
                    "tried to revert " + order.bad().abbreviated() + " on " + address.shown() + ", failed because of: "
                            + e.getMessage() + "; check with git status and git fsck there",
                    true,
                    e);
        }
    }

    private CommitId revert() throws IOException, GitAPIException, SourceException {
        Ref branch = branch();
        try (RevWalk walk = new RevWalk(repository);
                ObjectInserter inserter = repository.newObjectInserter()) {
            RevCommit head = walk.parseCommit(branch.getObjectId());
            RevCommit bad = bad(walk, head);
            ObjectId tree = merge(walk, inserter, head, bad);
            if (tree.equals(head.getTree())) {
                throw refused("its change is not in " + branch.getName() + " any more", "nothing is left to do");
            }
            ObjectId commit = inserter.insert(commit(head, bad, tree));
            inserter.flush();
            if (isCheckedOut(branch)) {
                moveWithWorkTree(branch, head, commit, tree);
            } else {
                move(branch, head, commit);
            }
            return new CommitId(commit.name());
        }
    }

    private Ref branch() throws IOException, SourceException {
        Ref branch = order.branch().isEmpty()
                ? repository.exactRef(Constants.HEAD)
                : repository.exactRef(Constants.R_HEADS + order.branch());
        if (branch == null || (order.branch().isEmpty() && !branch.isSymbolic()) || branch.getObjectId() == null) {
            throw refused(
                    order.branch().isEmpty() ? "no branch is checked out" : "it has no branch " + order.branch(),
                    "name an existing branch");
        }
        return branch.getLeaf();
    }

    private RevCommit bad(RevWalk walk, RevCommit head) throws IOException, SourceException {
        ObjectId id = ObjectId.fromString(order.bad().hex());
        if (!repository.getObjectDatabase().has(id)) {
            throw refused("the repository has no such commit", "check the id");
        }
        RevCommit bad = walk.parseCommit(id);
        if (!walk.isMergedInto(bad, head)) {
            throw refused("the commit is not in the branch", "name the branch that has it");
        }
        return bad;
    }

    private ObjectId merge(RevWalk walk, ObjectInserter inserter, RevCommit head, RevCommit bad)
            throws IOException, SourceException {
        ObjectId before = bad.getParentCount() == 0
                ? inserter.insert(new TreeFormatter())
                : walk.parseCommit(bad.getParent(0)).getTree().copy();
        inserter.flush();
        ResolveMerger merger = (ResolveMerger) MergeStrategy.RECURSIVE.newMerger(repository, true);
        merger.setBase(bad.getTree());
        if (!merger.merge(head.getTree(), before)) {
            throw refused(
                    "later commits changed the same lines in " + String.join(", ", merger.getUnmergedPaths()),
                    "run git revert " + order.bad().abbreviated() + " in a clone and resolve the conflicts");
        }
        return merger.getResultTreeId();
    }

    private CommitBuilder commit(RevCommit head, RevCommit bad, ObjectId tree) {
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

    private boolean isCheckedOut(Ref branch) throws IOException {
        Ref head = repository.exactRef(Constants.HEAD);
        return !repository.isBare()
                && head != null
                && head.isSymbolic()
                && head.getTarget().getName().equals(branch.getName());
    }

    private void moveWithWorkTree(Ref branch, RevCommit head, ObjectId commit, ObjectId tree)
            throws IOException, GitAPIException, SourceException {
        try (Git git = new Git(repository)) {
            Status status = git.status().call();
            if (status.hasUncommittedChanges()) {
                throw refused(
                        "the work tree has uncommitted changes in "
                                + String.join(
                                        ", ",
                                        status.getUncommittedChanges().stream()
                                                .sorted()
                                                .limit(5)
                                                .toList()),
                        "commit or stash them first");
            }
        }
        // The lock on the index keeps git commands out until branch and work tree agree again.
        DirCache index = repository.lockDirCache();
        try {
            DirCacheCheckout rehearsal = new DirCacheCheckout(repository, head.getTree(), index, tree);
            rehearsal.preScanTwoTrees();
            if (!rehearsal.getConflicts().isEmpty()) {
                throw refused(
                        "files that Git does not know are in its way: " + String.join(", ", rehearsal.getConflicts()),
                        "move them away first");
            }
            move(branch, head, commit);
            DirCacheCheckout checkout = new DirCacheCheckout(repository, head.getTree(), index, tree);
            checkout.setFailOnConflict(true);
            checkout.checkout();
        } finally {
            index.unlock();
        }
    }

    private void move(Ref branch, RevCommit head, ObjectId commit) throws IOException, SourceException {
        RefUpdate update = repository.updateRef(branch.getName());
        update.setExpectedOldObjectId(head);
        update.setNewObjectId(commit);
        update.setRefLogMessage("revert: " + order.bad().abbreviated(), false);
        RefUpdate.Result result = update.update();
        if (result != RefUpdate.Result.FAST_FORWARD) {
            throw new SourceException(
                    "tried to revert " + order.bad().abbreviated() + " on " + order.repository()
                            + ", failed because " + branch.getName() + " was moved meanwhile (" + result
                            + "); try again",
                    true);
        }
    }

    private SourceException refused(String why, String what) {
        return new SourceException(
                "tried to revert " + order.bad().abbreviated() + " on " + order.repository() + ", refused because "
                        + why + "; " + what,
                false);
    }
}
