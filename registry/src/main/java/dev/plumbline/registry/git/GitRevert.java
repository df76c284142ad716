package dev.plumbline.registry.git;

import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.source.CredentialsSource;
import dev.plumbline.registry.source.SourceException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.Status;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheCheckout;
import org.eclipse.jgit.lib.BranchConfig;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.RepositoryCache;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.util.FS;
import org.jspecify.annotations.Nullable;

/** Undoes a commit in a repository by a new one, as {@code git revert} does, and pushes it where there is a remote. */
public final class GitRevert {

    private final Repository repository;
    private final String where;
    private final RevertOrder order;

    private GitRevert(Repository repository, String where, RevertOrder order) {
        this.repository = repository;
        this.where = where;
        this.order = order;
    }

    /**
     * What came of it.
     *
     * @param commit the revert commit; the branch is there
     * @param pushedTo the remote that has it now, without credentials; empty when there is none, or when it was not pushed
     * @param notPushed why the remote does not have it, and what to do; empty when it has it or there is none
     */
    public record Made(CommitId commit, String pushedTo, String notPushed) {}

    /** In a repository on this machine: commits, updates the work tree, then pushes as {@code git push} would. */
    static Made local(Path path, RevertOrder order) throws SourceException {
        Isolation.ensure();
        File folder = RepositoryCache.FileKey.resolve(path.toFile(), FS.DETECTED);
        if (folder == null) {
            throw order.refused(path.toString(), "it is not a Git repository", "check the path");
        }
        try (Repository repository =
                new FileRepositoryBuilder().setGitDir(folder).build()) {
            return new GitRevert(repository, path.toString(), order).revert();
        } catch (IOException | GitAPIException e) {
            throw new SourceException(
                    "tried to revert " + order.bad().abbreviated() + " on " + path + ", failed because of: "
                            + e.getMessage() + "; check with git status and git fsck there",
                    true,
                    e);
        }
    }

    /**
     * In a repository elsewhere: commits in the mirror, and moves the branch there if nobody else moved it meanwhile.
     *
     * @param now what the repository says of its branches; the mirror has their commits
     */
    static Made remote(Repository mirror, Remote remote, RevertOrder order, Advertised now) throws SourceException {
        Address address = remote.address();
        String branch = order.branch().isEmpty() ? now.head() : Constants.R_HEADS + order.branch();
        ObjectId head = now.tips().get(branch);
        if (head == null) {
            throw order.refused(address.shown(), "it has no branch " + order.branch(), "name an existing branch");
        }
        Reversal reversal;
        try {
            reversal = Reversal.make(mirror, address.shown(), head, order);
        } catch (IOException e) {
            throw Failures.mirror("revert " + order.bad().abbreviated(), address, e);
        }
        Push.push(mirror, reversal.commit(), remote, branch, head);
        return new Made(new CommitId(reversal.commit().name()), address.shown(), "");
    }

    private Made revert() throws IOException, GitAPIException, SourceException {
        Ref branch = branch();
        Reversal reversal = Reversal.make(repository, where, Objects.requireNonNull(branch.getObjectId()), order);
        if (isCheckedOut(branch)) {
            moveWithWorkTree(branch, reversal);
        } else {
            move(branch, reversal);
        }
        return pushed(branch, reversal.commit());
    }

    private Ref branch() throws IOException, SourceException {
        Ref branch = order.branch().isEmpty()
                ? repository.exactRef(Constants.HEAD)
                : repository.exactRef(Constants.R_HEADS + order.branch());
        if (branch == null || (order.branch().isEmpty() && !branch.isSymbolic()) || branch.getObjectId() == null) {
            throw order.refused(
                    where,
                    order.branch().isEmpty() ? "no branch is checked out" : "it has no branch " + order.branch(),
                    "name an existing branch");
        }
        return branch.getLeaf();
    }

    private boolean isCheckedOut(Ref branch) throws IOException {
        Ref head = repository.exactRef(Constants.HEAD);
        return !repository.isBare()
                && head != null
                && head.isSymbolic()
                && head.getTarget().getName().equals(branch.getName());
    }

    private void moveWithWorkTree(Ref branch, Reversal reversal) throws IOException, GitAPIException, SourceException {
        try (Git git = new Git(repository)) {
            Status status = git.status().call();
            if (status.hasUncommittedChanges()) {
                String changed = String.join(
                        ", ",
                        status.getUncommittedChanges().stream()
                                .sorted()
                                .limit(5)
                                .toList());
                throw order.refused(
                        where, "the work tree has uncommitted changes in " + changed, "commit or stash them first");
            }
        }
        // The lock on the index keeps git commands out until branch and work tree agree again.
        DirCache index = repository.lockDirCache();
        try {
            ObjectId before = reversal.head().getTree();
            DirCacheCheckout rehearsal = new DirCacheCheckout(repository, before, index, reversal.tree());
            rehearsal.preScanTwoTrees();
            if (!rehearsal.getConflicts().isEmpty()) {
                throw order.refused(
                        where,
                        "files that Git does not know are in its way: " + String.join(", ", rehearsal.getConflicts()),
                        "move them away first");
            }
            move(branch, reversal);
            DirCacheCheckout checkout = new DirCacheCheckout(repository, before, index, reversal.tree());
            checkout.setFailOnConflict(true);
            checkout.checkout();
        } finally {
            index.unlock();
        }
    }

    private void move(Ref branch, Reversal reversal) throws IOException, SourceException {
        RefUpdate update = repository.updateRef(branch.getName());
        update.setExpectedOldObjectId(reversal.head());
        update.setNewObjectId(reversal.commit());
        update.setRefLogMessage("revert: " + order.bad().abbreviated(), false);
        RefUpdate.Result result = update.update();
        if (result != RefUpdate.Result.FAST_FORWARD) {
            throw new SourceException(
                    "tried to revert " + order.bad().abbreviated() + " on " + where + ", failed because "
                            + branch.getName() + " was moved meanwhile (" + result + "); try again",
                    true);
        }
    }

    /** The commit is made by now, so what goes wrong from here on is told and does not fail. */
    private Made pushed(Ref branch, ObjectId commit) {
        CommitId id = new CommitId(commit.name());
        BranchConfig config = new BranchConfig(repository.getConfig(), Repository.shortenRefName(branch.getName()));
        String followed = Objects.requireNonNullElse(config.getRemote(), Constants.DEFAULT_REMOTE_NAME);
        String remote = Objects.requireNonNullElse(config.getPushRemote(), followed);
        String url = url(remote);
        if (url == null) {
            return new Made(id, "", "");
        }
        boolean tracked = config.getMerge() != null && remote.equals(followed);
        String target = tracked ? config.getMerge() : branch.getName();
        try {
            Address address = Address.parse(absolute(url), Address.Allowed.SAFE);
            Push.push(repository, commit, new Remote(address, CredentialsSource.NONE), target, null);
            return new Made(id, address.shown(), "");
        } catch (SourceException e) {
            return new Made(
                    id,
                    "",
                    e.getMessage() + " (by hand: git -C " + where + " push " + remote + " "
                            + Repository.shortenRefName(branch.getName()) + ")");
        }
    }

    private @Nullable String url(String remote) {
        String push = repository.getConfig().getString("remote", remote, "pushurl");
        return push == null ? repository.getConfig().getString("remote", remote, "url") : push;
    }

    /** Git takes a relative path from the work tree, or from a repository without one. */
    private String absolute(String url) {
        boolean relative = !url.startsWith("/") && url.indexOf(':') < 0;
        File base = repository.isBare() ? repository.getDirectory() : repository.getWorkTree();
        return relative
                ? base.toPath().toAbsolutePath().resolve(url).normalize().toString()
                : url;
    }
}
