package dev.plumbline.registry.git;

import dev.plumbline.registry.source.SourceException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;

/**
 * A small text under a ref of its own in a repository on this machine, one commit for each change, so that it can be pushed and
 * fetched like a branch, and shows when it was written anew. Nothing else of the repository is touched.
 */
public final class GitAnchor {

    private static final String FILE = "anchor.jsonl";
    private static final int MAX_BYTES = 64 * 1024 * 1024;

    private final Path folder;
    private final String ref;

    /**
     * A text.
     *
     * @param folder the folder that holds {@code .git}, or a bare repository
     * @param ref its full name, beginning with {@code refs/}
     */
    public GitAnchor(Path folder, String ref) {
        this.folder = folder;
        this.ref = ref;
    }

    /**
     * The text; empty when there is none.
     *
     * @throws SourceException when the repository cannot be read
     */
    public String read() throws SourceException {
        try (LocalRepository local = LocalRepository.open(folder)) {
            return read(local.jgit());
        } catch (IOException e) {
            throw failed("read", e);
        }
    }

    /**
     * Puts lines at the end of the text.
     *
     * @param now the time of the commit
     * @throws SourceException when it cannot be written, or somebody else wrote it meanwhile
     */
    public void append(String lines, Instant now) throws SourceException {
        try (LocalRepository local = LocalRepository.open(folder);
                ObjectInserter inserter = local.jgit().newObjectInserter()) {
            Repository repository = local.jgit();
            ObjectId before = repository.resolve(ref);
            byte[] text = (read(repository) + lines).getBytes(StandardCharsets.UTF_8);
            TreeFormatter tree = new TreeFormatter();
            tree.append(FILE, FileMode.REGULAR_FILE, inserter.insert(org.eclipse.jgit.lib.Constants.OBJ_BLOB, text));
            CommitBuilder commit = new CommitBuilder();
            commit.setTreeId(inserter.insert(tree));
            PersonIdent plumbline = new PersonIdent("Plumbline", "plumbline@localhost", now, java.time.ZoneOffset.UTC);
            commit.setAuthor(plumbline);
            commit.setCommitter(plumbline);
            commit.setMessage("Anchor the log of evidence\n");
            if (before != null) {
                commit.setParentId(before);
            }
            ObjectId id = inserter.insert(commit);
            inserter.flush();
            RefUpdate update = repository.updateRef(ref);
            update.setExpectedOldObjectId(before == null ? ObjectId.zeroId() : before);
            update.setNewObjectId(id);
            RefUpdate.Result result = update.update();
            if (result != RefUpdate.Result.NEW && result != RefUpdate.Result.FAST_FORWARD) {
                throw new SourceException(
                        "tried to write " + ref + " in " + folder + ", failed because Git answered " + result
                                + "; try again",
                        true);
            }
        } catch (IOException e) {
            throw failed("write", e);
        }
    }

    private String read(Repository repository) throws IOException {
        ObjectId id = repository.resolve(ref);
        if (id == null) {
            return "";
        }
        try (RevWalk walk = new RevWalk(repository);
                TreeWalk tree =
                        TreeWalk.forPath(repository, FILE, walk.parseCommit(id).getTree())) {
            return tree == null
                    ? ""
                    : new String(
                            repository.open(tree.getObjectId(0)).getCachedBytes(MAX_BYTES), StandardCharsets.UTF_8);
        }
    }

    private SourceException failed(String tried, IOException e) {
        return new SourceException(
                "tried to " + tried + " " + ref + " in " + folder + ", failed because " + e.getMessage()
                        + "; check the repository",
                false,
                e);
    }
}
