package dev.plumbline.registry.git;

import dev.plumbline.registry.source.Snapshot;
import dev.plumbline.registry.source.SourceException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/** The files of one commit, read from Git objects. */
final class GitSnapshot implements Snapshot {

    /** Most links that are followed on the way to one path. */
    private static final int MAX_LINKS = 40;

    private final Trees trees;
    private final ObjectId root;

    /** The folder that was looked into last, which is mostly the next one, too. */
    private volatile @Nullable Parent parent;

    private record Parent(String path, Map<String, Trees.Child> children) {

        boolean holds(String other) {
            return other.lastIndexOf('/') == path.length() && other.startsWith(path);
        }
    }

    GitSnapshot(Trees trees, ObjectId root) {
        this.trees = trees;
        this.root = root;
    }

    @Override
    public @Nullable Entry find(String path) throws SourceException {
        if (path.isEmpty()) {
            return new Entry("", Entry.Type.FOLDER, root.name());
        }
        Parent known = parent;
        if (known != null && known.holds(path)) {
            Trees.Child direct = known.children.get(path.substring(known.path.length() + 1));
            if (direct == null || !FileMode.SYMLINK.equals(direct.mode())) {
                return direct == null ? null : entry(path, direct);
            }
        }
        Deque<ObjectId> folders = new ArrayDeque<>();
        folders.push(root);
        Walk walk = new Walk();
        Trees.Child child = null;
        String[] parts = path.split("/", -1);
        for (int i = 0; i < parts.length; i++) {
            Map<String, Trees.Child> children = trees.children(folders.element());
            if (i > 0 && i == parts.length - 1 && walk.links == 0) {
                parent = new Parent(path.substring(0, path.lastIndexOf('/')), children);
            }
            child = children.get(parts[i]);
            if (child == null) {
                return null;
            }
            if (FileMode.SYMLINK.equals(child.mode())) {
                ObjectId link = child.id();
                child = walk.follow(folders, link);
                if (child == null || FileMode.GITLINK.equals(child.mode())) {
                    return new Entry(path, Entry.Type.SYMLINK, link.name());
                }
            } else if (FileMode.TREE.equals(child.mode())) {
                folders.push(child.id());
            }
            if (!FileMode.TREE.equals(child.mode()) && i < parts.length - 1) {
                return null;
            }
        }
        return child == null ? null : entry(path, child);
    }

    @Override
    public List<Entry> list(String folder) throws SourceException {
        Entry found = find(folder);
        if (found == null || found.type() != Entry.Type.FOLDER) {
            return List.of();
        }
        List<Entry> entries = new ArrayList<>();
        for (Trees.Child child : trees.children(ObjectId.fromString(found.id())).values()) {
            String path = folder.isEmpty() ? child.name() : folder + "/" + child.name();
            Entry entry = FileMode.SYMLINK.equals(child.mode()) ? find(path) : entry(path, child);
            if (entry != null) {
                entries.add(entry);
            }
        }
        return entries;
    }

    @Override
    public @Nullable String closedId(String folder) throws SourceException {
        Entry found = find(folder);
        return found != null && found.type() == Entry.Type.FOLDER && trees.withoutLinks(ObjectId.fromString(found.id()))
                ? found.id()
                : null;
    }

    @Override
    public byte[] read(Entry file) throws SourceException {
        if (file.type() != Entry.Type.FILE) {
            throw new IllegalArgumentException("not a file: " + file);
        }
        return trees.file(ObjectId.fromString(file.id()), file.path());
    }

    private static Entry entry(String path, Trees.Child child) {
        if (FileMode.TREE.equals(child.mode())) {
            return new Entry(path, Entry.Type.FOLDER, child.hex());
        }
        if (FileMode.GITLINK.equals(child.mode())) {
            return new Entry(path, Entry.Type.SUBMODULE, child.id().name());
        }
        return new Entry(path, Entry.Type.FILE, child.hex());
    }

    /** Follows links inside the tree; one count for the whole way, so that links of links stay bounded too. */
    private final class Walk {

        private int links;

        /**
         * Where a link leads from the folder on top of the stack, which then becomes that of the target; null when it leads
         * nowhere, out of the tree or in a circle.
         */
        Trees.@Nullable Child follow(Deque<ObjectId> folders, ObjectId link) throws SourceException {
            String target = trees.link(link);
            if (++links > MAX_LINKS || target.startsWith("/")) {
                return null;
            }
            Trees.Child at = Trees.Child.folder(folders.element());
            for (String part : target.split("/", -1)) {
                if (at == null || !FileMode.TREE.equals(at.mode())) {
                    return null;
                }
                at = part.isEmpty() || part.equals(".") ? at : step(folders, part);
            }
            return at;
        }

        private Trees.@Nullable Child step(Deque<ObjectId> folders, String part) throws SourceException {
            if (part.equals("..")) {
                folders.pop();
                return folders.isEmpty() ? null : Trees.Child.folder(folders.element());
            }
            Trees.Child child = trees.children(folders.element()).get(part);
            if (child != null && FileMode.SYMLINK.equals(child.mode())) {
                return follow(folders, child.id());
            }
            if (child != null && FileMode.TREE.equals(child.mode())) {
                folders.push(child.id());
            }
            return child;
        }
    }
}
