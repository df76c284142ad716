package dev.plumbline.registry.git;

import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.source.Repository;
import dev.plumbline.registry.source.SourceException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import org.eclipse.jgit.errors.AmbiguousObjectException;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.RepositoryNotFoundException;
import org.eclipse.jgit.errors.RevisionSyntaxException;
import org.eclipse.jgit.lib.ConfigConstants;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.revwalk.filter.RevFilter;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/**
 * A repository on this machine, read where it stands: nothing is fetched and nothing is written. For questions that a person asks
 * about a clone; what follows a repository uses {@link GitSource}.
 */
public final class LocalRepository implements AutoCloseable {

    /** Longest revision that is taken, in characters. */
    private static final int MAX_REVISION = 1_000;

    private final org.eclipse.jgit.lib.Repository repository;
    private final Address address;

    private LocalRepository(org.eclipse.jgit.lib.Repository repository, Address address) {
        this.repository = repository;
        this.address = address;
    }

    /**
     * Opens the repository of a work tree, or a bare one.
     *
     * @param folder the folder that holds {@code .git}, or the bare repository itself
     * @throws SourceException when there is none, or in a format that is not known
     */
    public static LocalRepository open(Path folder) throws SourceException {
        Isolation.ensure();
        Address address = Address.inPlace(folder);
        try {
            File place = folder.toFile();
            FileRepositoryBuilder builder = new FileRepositoryBuilder().setMustExist(true);
            if (new File(place, Constants.DOT_GIT).exists()) {
                builder.setWorkTree(place);
            } else {
                builder.setGitDir(place).setBare();
            }
            org.eclipse.jgit.lib.Repository repository = builder.build();
            String format =
                    repository.getConfig().getString(ConfigConstants.CONFIG_EXTENSIONS_SECTION, null, "objectformat");
            if (format != null && !format.equalsIgnoreCase("sha1")) {
                repository.close();
                throw refused(address, "its objects have " + format + " ids", "use a repository with SHA-1 ids");
            }
            return new LocalRepository(repository, address);
        } catch (RepositoryNotFoundException e) {
            throw refused(address, "it is not a Git repository", "name one with --repo, or leave out the revision");
        } catch (IOException e) {
            throw Failures.mirror("open the repository", address, e);
        }
    }

    /** Its commits. */
    public Repository repository() {
        return new GitRepository(repository, address);
    }

    /**
     * The commit that a revision names, in git's own language: a branch, a tag, an abbreviated id, {@code HEAD~3}, …
     *
     * @throws SourceException when it names none, or more than one
     */
    public CommitId resolve(String revision) throws SourceException {
        try {
            ObjectId id = revision.isBlank() || revision.length() > MAX_REVISION
                    ? null
                    : repository.resolve(revision + "^{commit}");
            if (id != null) {
                return new CommitId(id.name());
            }
            throw repository.getRefDatabase().hasRefs()
                    ? unknown(revision, "no commit has that name", "check the name with git log --all")
                    : unknown(revision, "the repository has no commit yet", "make the first one with git commit");
        } catch (AmbiguousObjectException e) {
            throw unknown(revision, "several objects begin so", "give more digits");
        } catch (RevisionSyntaxException e) {
            throw unknown(revision, "that is not how a revision is written", "see git help revisions");
        } catch (IncorrectObjectTypeException e) {
            throw unknown(revision, "it names no commit", "give a branch, a tag or a commit");
        } catch (IOException e) {
            throw Failures.mirror("find " + revision, address, e);
        }
    }

    /**
     * The commit from which two lines of history part: what {@code git merge-base} answers, and what a pull request is compared
     * with.
     *
     * @throws SourceException when they have none, or it was left out of a shallow clone
     */
    public CommitId mergeBase(CommitId one, CommitId other) throws SourceException {
        try (RevWalk walk = new RevWalk(repository)) {
            walk.setRevFilter(RevFilter.MERGE_BASE);
            walk.markStart(walk.parseCommit(ObjectId.fromString(one.hex())));
            walk.markStart(walk.parseCommit(ObjectId.fromString(other.hex())));
            RevCommit base = walk.next();
            if (base != null) {
                return new CommitId(base.name());
            }
            boolean shallow =
                    !repository.getObjectDatabase().getShallowCommits().isEmpty();
            throw new SourceException(
                    "tried to find where " + other.abbreviated() + " and " + one.abbreviated() + " part in "
                            + address.shown() + ", failed because "
                            + (shallow
                                    ? "this clone is shallow and holds no commit that both come from; fetch the whole"
                                            + " history: git fetch --unshallow, or fetch-depth: 0 of actions/checkout, or"
                                            + " GIT_DEPTH: 0 of GitLab"
                                    : "no commit is in the history of both; choose a base that the change was made on"),
                    false);
        } catch (IOException e) {
            throw Failures.mirror("find where " + other + " and " + one + " part", address, e);
        }
    }

    /** JGit's own view, for this package. */
    org.eclipse.jgit.lib.Repository jgit() {
        return repository;
    }

    @Override
    public void close() {
        repository.close();
    }

    private SourceException unknown(String revision, String why, String what) {
        return new SourceException(
                "tried to find the revision \"" + revision + "\" in " + address.shown() + ", failed because " + why
                        + "; " + what,
                false);
    }

    private static SourceException refused(Address address, String why, String what) {
        return new SourceException("tried to read " + address.shown() + ", failed because " + why + "; " + what, false);
    }
}
