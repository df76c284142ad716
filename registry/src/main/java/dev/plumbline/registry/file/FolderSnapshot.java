package dev.plumbline.registry.file;

import dev.plumbline.registry.source.Snapshot;
import dev.plumbline.registry.source.SourceException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A folder as it is on disk, read like a commit: links that leave it are not followed, other repositories in it are submodules,
 * {@code .git} and what is neither file, folder nor link (pipes, sockets, devices) is not there. A file has the id that Git
 * would give its content. Each file is read once, when it is first found, so that a build sees one state of it even while
 * somebody edits; files that are larger than what is kept are read again, and refused when they have changed since.
 */
public final class FolderSnapshot implements Snapshot {

    /** Most names in one folder that are listed. */
    public static final int MAX_NAMES = 100_000;

    /** Most links that are followed on the way to one path. */
    private static final int MAX_LINKS = 40;

    private static final String GIT = ".git";

    private static final AtomicLong OPENED = new AtomicLong();

    private final Path root;
    private final String name = "disk-" + OPENED.incrementAndGet() + ":";
    private final FileContents contents = new FileContents();

    /** What stands at a real path, links not followed. */
    private record Found(Path path, Entry.Type type, long size) {}

    private FolderSnapshot(Path root) {
        this.root = root;
    }

    /**
     * The snapshot of a folder; links on the way to the folder itself are followed.
     *
     * @throws SourceException when there is no such folder, or it may not be read
     */
    public static FolderSnapshot of(Path folder) throws SourceException {
        try {
            Path real = folder.toRealPath();
            if (!Files.isDirectory(real)) {
                throw new NotDirectoryException(folder.toString());
            }
            return new FolderSnapshot(real);
        } catch (IOException e) {
            throw failed(folder, e);
        }
    }

    @Override
    public @Nullable Entry find(String path) throws SourceException {
        Deque<Path> folders = new ArrayDeque<>(List.of(root));
        if (path.isEmpty()) {
            return entry(path, new Found(root, Entry.Type.FOLDER, 0));
        }
        Walk walk = new Walk();
        Found found = null;
        String[] parts = path.split("/", -1);
        for (int i = 0; i < parts.length; i++) {
            found = child(folders.element(), parts[i]);
            if (found == null) {
                return null;
            }
            if (found.type == Entry.Type.SYMLINK) {
                Found link = found;
                found = walk.follow(folders, link);
                if (found == null || found.type == Entry.Type.SUBMODULE) {
                    return new Entry(path, Entry.Type.SYMLINK, name + link.path);
                }
            } else if (found.type == Entry.Type.FOLDER) {
                folders.push(found.path);
            }
            if (found.type != Entry.Type.FOLDER && i < parts.length - 1) {
                return null;
            }
        }
        return found == null ? null : entry(path, found);
    }

    @Override
    public List<Entry> list(String folder) throws SourceException {
        List<Entry> entries = new ArrayList<>();
        for (String child : names(folder)) {
            Entry entry = find((folder.isEmpty() ? "" : folder + "/") + child);
            if (entry != null) {
                entries.add(entry);
            }
        }
        return entries;
    }

    @Override
    public List<Child> children(String folder) throws SourceException {
        Entry found = find(folder);
        List<Child> children = new ArrayList<>();
        for (String name : names(folder)) {
            Found child = found == null ? null : child(place(found), name);
            if (child != null) {
                children.add(new Child(name, child.type));
            }
        }
        return children;
    }

    private Path place(Entry folder) {
        return Path.of(folder.id().substring(name.length()));
    }

    /** Names in a folder in byte order; none when it is not a folder. */
    private List<String> names(String folder) throws SourceException {
        Entry found = find(folder);
        if (found == null || found.type() != Entry.Type.FOLDER) {
            return List.of();
        }
        List<byte[]> names = new ArrayList<>();
        Path place = place(found);
        try (DirectoryStream<Path> children = Files.newDirectoryStream(place)) {
            for (Path child : children) {
                if (names.size() >= MAX_NAMES) {
                    throw new SourceException(
                            "tried to list " + place + ", refused because it holds more than " + MAX_NAMES
                                    + " names; keep data outside the repository",
                            false);
                }
                names.add(child.getFileName().toString().getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw failed(place, e);
        }
        names.sort(Arrays::compareUnsigned);
        return names.stream()
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .toList();
    }

    @Override
    public byte[] read(Entry file) throws SourceException {
        if (file.type() != Entry.Type.FILE) {
            throw new IllegalArgumentException("not a file: " + file);
        }
        return contents.read(file);
    }

    private Entry entry(String path, Found found) throws SourceException {
        if (found.type != Entry.Type.FILE) {
            return new Entry(path, found.type, name + found.path);
        }
        return new Entry(
                path, Entry.Type.FILE, contents.of(found.path, found.size).id());
    }

    /** What stands in a real folder under a name; null when nothing does that Git would keep. */
    private @Nullable Found child(Path folder, String child) throws SourceException {
        if (child.isEmpty() || child.equals(".") || child.equals("..") || child.equals(GIT)) {
            return null;
        }
        try {
            Path path = folder.resolve(child);
            BasicFileAttributes attributes =
                    Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (attributes.isSymbolicLink()) {
                return new Found(path, Entry.Type.SYMLINK, 0);
            }
            if (attributes.isDirectory()) {
                boolean other = Files.exists(path.resolve(GIT), LinkOption.NOFOLLOW_LINKS);
                return new Found(path, other ? Entry.Type.SUBMODULE : Entry.Type.FOLDER, 0);
            }
            return attributes.isRegularFile() ? new Found(path, Entry.Type.FILE, attributes.size()) : null;
        } catch (NoSuchFileException | InvalidPathException e) {
            return null;
        } catch (IOException e) {
            if (!Files.exists(folder.resolve(child), LinkOption.NOFOLLOW_LINKS) && Files.isReadable(folder)) {
                // A name that is too long, for instance.
                return null;
            }
            throw failed(folder.resolve(child), e);
        }
    }

    static SourceException failed(Path path, IOException cause) {
        String why = switch (cause) {
            case NoSuchFileException _ -> "there is none; check the path";
            case NotDirectoryException _ -> "it is not a folder; name a folder";
            case AccessDeniedException _ -> "this user may not read it; allow it, or run as its owner";
            default -> cause.getMessage() + "; check the disk and the permissions";
        };
        return new SourceException("tried to read " + path + ", failed because " + why, false, cause);
    }

    /** Follows links inside the folder; one count for the whole way, so that links of links stay bounded too. */
    private final class Walk {

        private int links;

        /** Where a link leads from the folder on top of the stack, which then becomes that of the target; null when nowhere. */
        @Nullable
        Found follow(Deque<Path> folders, Found link) throws SourceException {
            String target = target(link.path);
            if (++links > MAX_LINKS || target.startsWith("/")) {
                return null;
            }
            Found at = new Found(folders.element(), Entry.Type.FOLDER, 0);
            for (String part : target.split("/", -1)) {
                if (at == null || at.type != Entry.Type.FOLDER) {
                    return null;
                }
                at = part.isEmpty() || part.equals(".") ? at : step(folders, part);
            }
            return at;
        }

        private @Nullable Found step(Deque<Path> folders, String part) throws SourceException {
            if (part.equals("..")) {
                folders.pop();
                return folders.isEmpty() ? null : new Found(folders.element(), Entry.Type.FOLDER, 0);
            }
            Found child = child(folders.element(), part);
            if (child != null && child.type == Entry.Type.SYMLINK) {
                return follow(folders, child);
            }
            if (child != null && child.type == Entry.Type.FOLDER) {
                folders.push(child.path);
            }
            return child;
        }

        private static String target(Path link) throws SourceException {
            try {
                return Files.readSymbolicLink(link).toString();
            } catch (IOException e) {
                throw failed(link, e);
            }
        }
    }
}
