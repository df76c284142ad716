package dev.plumbline.registry.git;

import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.source.SourceException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.TagBuilder;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevObject;
import org.eclipse.jgit.revwalk.RevTag;
import org.eclipse.jgit.revwalk.RevWalk;

/** The tags of a repository on this machine. They are never moved. */
public final class GitTags {

    private final Path folder;

    /**
     * The tags of a repository.
     *
     * @param folder the folder that holds {@code .git}, or a bare repository
     */
    public GitTags(Path folder) {
        this.folder = folder;
    }

    /**
     * A tag.
     *
     * @param name its name
     * @param commit the commit that it names, through other tags if need be
     * @param time when it was made; of a tag without a text of its own, when its commit was
     */
    public record Tag(String name, CommitId commit, Instant time) {}

    /**
     * All tags that name a commit.
     *
     * @throws SourceException when the repository cannot be read
     */
    public List<Tag> all() throws SourceException {
        List<Tag> tags = new ArrayList<>();
        try (LocalRepository local = LocalRepository.open(folder);
                RevWalk walk = new RevWalk(local.jgit())) {
            for (Ref ref : local.jgit().getRefDatabase().getRefsByPrefix(Constants.R_TAGS)) {
                RevObject object = walk.parseAny(ref.getObjectId());
                if (walk.peel(object) instanceof RevCommit target) {
                    RevCommit commit = walk.parseCommit(target);
                    Instant time = object instanceof RevTag tag && tag.getTaggerIdent() != null
                            ? tag.getTaggerIdent().getWhenAsInstant()
                            : Instant.ofEpochSecond(commit.getCommitTime());
                    String name = ref.getName().substring(Constants.R_TAGS.length());
                    tags.add(new Tag(name, new CommitId(commit.name()), time));
                }
            }
        } catch (IOException e) {
            throw failed("read the tags", e);
        }
        return tags;
    }

    /**
     * Makes an annotated tag.
     *
     * @return whether it was made; false when there is one of that name
     * @throws SourceException when the commit is not there, or the repository cannot be written
     */
    public boolean create(String name, CommitId commit, String message, Instant now) throws SourceException {
        try (LocalRepository local = LocalRepository.open(folder);
                RevWalk walk = new RevWalk(local.jgit());
                ObjectInserter inserter = local.jgit().newObjectInserter()) {
            TagBuilder tag = new TagBuilder();
            tag.setTag(name);
            tag.setObjectId(walk.parseCommit(ObjectId.fromString(commit.hex())));
            tag.setTagger(new PersonIdent("Plumbline", "plumbline@localhost", now, ZoneOffset.UTC));
            tag.setMessage(message + "\n");
            ObjectId id = inserter.insert(tag);
            inserter.flush();
            RefUpdate update = local.jgit().updateRef(Constants.R_TAGS + name);
            update.setExpectedOldObjectId(ObjectId.zeroId());
            update.setNewObjectId(id);
            RefUpdate.Result result = update.update();
            if (result == RefUpdate.Result.NEW) {
                return true;
            }
            if (result == RefUpdate.Result.REJECTED || result == RefUpdate.Result.LOCK_FAILURE) {
                return false;
            }
            throw failed("make the tag " + name, new IOException("Git answered " + result));
        } catch (IOException e) {
            throw failed("make the tag " + name, e);
        }
    }

    private SourceException failed(String tried, IOException e) {
        return new SourceException(
                "tried to " + tried + " in " + folder + ", failed because " + e.getMessage() + "; check the repository",
                false,
                e);
    }
}
