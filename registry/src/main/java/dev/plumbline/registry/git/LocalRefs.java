package dev.plumbline.registry.git;

import dev.plumbline.registry.source.SourceException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefDatabase;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.RepositoryCache;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.util.FS;
import org.jspecify.annotations.Nullable;

/** Reads the branches and tags of a local repository straight from its files: an unchanged one must cost next to nothing. */
final class LocalRefs implements AutoCloseable {

    private final Address address;
    private final Path path;

    /** Ids of annotated tags to the ids of what they name; a tag never changes what it names. */
    private final Map<ObjectId, ObjectId> peeled = new HashMap<>();

    private @Nullable Repository repository;

    LocalRefs(Address address, Path path) {
        this.address = address;
        this.path = path;
    }

    Advertised read() throws SourceException {
        try {
            Repository source = open(gitFolder());
            RefDatabase database = source.getRefDatabase();
            List<Ref> refs = database.getRefsByPrefix(Constants.R_HEADS, Constants.R_TAGS);
            Map<String, ObjectId> commits = HashMap.newHashMap(refs.size());
            Map<String, ObjectId> tags = new HashMap<>();
            for (Ref ref : refs) {
                ObjectId id = ref.getObjectId();
                if (id != null) {
                    ObjectId target = ref.getName().startsWith(Constants.R_TAGS) ? peel(database, ref, id) : id;
                    commits.put(ref.getName(), target);
                    if (!target.equals(id)) {
                        tags.put(ref.getName(), id);
                    }
                }
            }
            Ref head = database.exactRef(Constants.HEAD);
            return Advertised.of(
                    commits,
                    tags,
                    head != null && head.isSymbolic() ? head.getTarget().getName() : "",
                    address);
        } catch (IOException e) {
            throw new SourceException(
                    "tried to read the branches of " + address.shown() + ", failed because of: " + e.getMessage()
                            + "; check with git fsck there",
                    true,
                    e);
        }
    }

    /** Whether the repository has an object. */
    boolean has(ObjectId id) throws IOException, SourceException {
        return open(gitFolder()).getObjectDatabase().has(id);
    }

    @Override
    public void close() {
        if (repository != null) {
            repository.close();
            repository = null;
        }
    }

    private ObjectId peel(RefDatabase database, Ref ref, ObjectId id) throws IOException {
        ObjectId known = peeled.get(id);
        if (known == null) {
            if (peeled.size() > Patience.MAX_REFS) {
                peeled.clear();
            }
            ObjectId target = database.peel(ref).getPeeledObjectId();
            known = target == null ? id : target;
            peeled.put(id, known);
        }
        return known;
    }

    private Repository open(File folder) throws IOException {
        if (repository != null && !repository.getDirectory().equals(folder)) {
            close();
        }
        if (repository == null) {
            repository = new FileRepositoryBuilder()
                    .setGitDir(folder)
                    .setMustExist(true)
                    .build();
        }
        return repository;
    }

    /** Looked for each time: a folder that vanished must not read as a repository without branches. */
    private File gitFolder() throws SourceException {
        if (!Files.isDirectory(path)) {
            throw refused("there is no such folder", "check the path");
        }
        if (!Files.isReadable(path) || !Files.isExecutable(path)) {
            throw refused("this user may not read the folder", "allow it, or run as its owner");
        }
        File folder = RepositoryCache.FileKey.resolve(path.toFile(), FS.DETECTED);
        if (folder == null) {
            throw refused("it is not a Git repository", "run git init there, or give the folder that holds .git");
        }
        return folder;
    }

    private SourceException refused(String why, String what) {
        return new SourceException("tried to read " + address.shown() + ", failed because " + why + "; " + what, false);
    }
}
