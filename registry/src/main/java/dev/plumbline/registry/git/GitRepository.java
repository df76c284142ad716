package dev.plumbline.registry.git;

import dev.plumbline.registry.model.Commit;
import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.model.Person;
import dev.plumbline.registry.source.Repository;
import dev.plumbline.registry.source.Snapshot;
import dev.plumbline.registry.source.SourceException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.AbbreviatedObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/** Commits of a mirror. */
final class GitRepository implements Repository {

    private static final Pattern ABBREVIATION = Pattern.compile("[0-9a-f]{4,40}");

    private static final String TREE = "tree ";
    private static final String PARENT = "parent ";

    private final org.eclipse.jgit.lib.Repository mirror;
    private final Address address;
    private final Trees trees;

    GitRepository(org.eclipse.jgit.lib.Repository mirror, Address address) {
        this.mirror = mirror;
        this.address = address;
        this.trees = new Trees(mirror, address);
    }

    @Override
    public Optional<Commit> commit(CommitId id) throws SourceException {
        if (id.hex().length() != Constants.OBJECT_ID_STRING_LENGTH) {
            return Optional.empty();
        }
        try (RevWalk walk = new RevWalk(mirror)) {
            return Optional.of(commit(walk.parseCommit(ObjectId.fromString(id.hex()))));
        } catch (MissingObjectException | IncorrectObjectTypeException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw Failures.mirror("read commit " + id, address, e);
        }
    }

    @Override
    public Optional<CommitId> complete(String abbreviation) throws SourceException {
        String digits = abbreviation.toLowerCase(Locale.ROOT);
        if (!ABBREVIATION.matcher(digits).matches()) {
            return Optional.empty();
        }
        List<CommitId> found = new ArrayList<>();
        try (ObjectReader reader = mirror.newObjectReader()) {
            for (ObjectId id : reader.resolve(AbbreviatedObjectId.fromString(digits))) {
                if (reader.open(id).getType() == Constants.OBJ_COMMIT) {
                    found.add(new CommitId(id.name()));
                }
            }
        } catch (IOException e) {
            throw Failures.mirror("complete commit " + digits, address, e);
        }
        return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
    }

    @Override
    public List<Commit> mainline(CommitId head, int limit) throws SourceException {
        List<Commit> line = new ArrayList<>();
        try (RevWalk walk = new RevWalk(mirror)) {
            RevCommit next = walk.parseCommit(known(head));
            while (line.size() < limit) {
                line.add(commit(next));
                if (next.getParentCount() == 0) {
                    break;
                }
                next = walk.parseCommit(next.getParent(0));
            }
        } catch (IOException e) {
            throw failed("follow the mainline from " + head, e);
        }
        return line;
    }

    @Override
    public boolean isAncestor(CommitId ancestor, CommitId descendant) throws SourceException {
        try (RevWalk walk = new RevWalk(mirror)) {
            walk.setRetainBody(false);
            return walk.isMergedInto(walk.parseCommit(known(ancestor)), walk.parseCommit(known(descendant)));
        } catch (IOException e) {
            throw failed("compare " + ancestor + " and " + descendant, e);
        }
    }

    @Override
    public Set<String> changedFiles(CommitId from, CommitId to) throws SourceException {
        Set<String> paths = new HashSet<>();
        try (RevWalk walk = new RevWalk(mirror);
                TreeWalk files = new TreeWalk(walk.getObjectReader())) {
            files.addTree(walk.parseCommit(known(from)).getTree());
            files.addTree(walk.parseCommit(known(to)).getTree());
            files.setRecursive(true);
            files.setFilter(TreeFilter.ANY_DIFF);
            while (files.next()) {
                paths.add(files.getPathString());
            }
        } catch (IOException e) {
            throw failed("compare the files of " + from + " and " + to, e);
        }
        return paths;
    }

    @Override
    public Snapshot snapshot(CommitId id) throws SourceException {
        try (RevWalk walk = new RevWalk(mirror)) {
            return new GitSnapshot(trees, walk.parseCommit(known(id)).getTree().copy());
        } catch (IOException e) {
            throw failed("read the files of " + id, e);
        }
    }

    private ObjectId known(CommitId id) throws SourceException {
        if (id.hex().length() != Constants.OBJECT_ID_STRING_LENGTH) {
            throw unknown("use commit " + id);
        }
        return ObjectId.fromString(id.hex());
    }

    private SourceException failed(String tried, IOException cause) {
        boolean unknown = cause instanceof MissingObjectException || cause instanceof IncorrectObjectTypeException;
        return unknown ? unknown(tried) : Failures.mirror(tried, address, cause);
    }

    private SourceException unknown(String tried) {
        return new SourceException(
                "tried to " + tried + ", failed because that commit was never fetched from " + address.shown()
                        + "; check the id",
                false);
    }

    private static Commit commit(RevCommit commit) {
        List<CommitId> parents = new ArrayList<>(commit.getParentCount());
        for (RevCommit parent : commit.getParents()) {
            parents.add(new CommitId(parent.name()));
        }
        if (parents.isEmpty()) {
            parents.addAll(cutOff(commit));
        }
        PersonIdent author = commit.getAuthorIdent();
        return new Commit(
                new CommitId(commit.name()),
                parents,
                new Person(author.getName(), author.getEmailAddress()),
                author.getWhenAsInstant(),
                commit.getShortMessage());
    }

    /** In a shallow clone the oldest commits are shown without their parents, but they still name them. */
    private static List<CommitId> cutOff(RevCommit commit) {
        List<CommitId> parents = new ArrayList<>();
        String text = new String(commit.getRawBuffer(), StandardCharsets.ISO_8859_1);
        for (String line : text.split("\n", -1)) {
            if (line.startsWith(PARENT)) {
                parents.add(new CommitId(line.substring(PARENT.length())));
            } else if (!line.startsWith(TREE)) {
                break;
            }
        }
        return parents;
    }
}
