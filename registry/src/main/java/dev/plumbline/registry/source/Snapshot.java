package dev.plumbline.registry.source;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The immutable file tree of one commit. Paths use {@code /}, do not begin or end with it, and hold no {@code .} or
 * {@code ..}; the root folder is the empty path. Safe for use by many threads.
 */
public interface Snapshot {

    /** Most bytes of one file that {@link #read} returns: 16 MiB. */
    int MAX_FILE_BYTES = 16 * 1024 * 1024;

    /**
     * What stands at a path, or null. Symbolic links on the way and at the end are followed while they stay inside the
     * tree (at most 40 of them); one that leaves it, goes nowhere or circles is returned as {@link Entry.Type#SYMLINK}.
     *
     * @throws SourceException when the mirror cannot be read
     */
    @Nullable
    Entry find(String path) throws SourceException;

    /**
     * The children of a folder in byte order of their names; empty when it is not a folder.
     *
     * @throws SourceException when the mirror cannot be read
     */
    List<Entry> list(String folder) throws SourceException;

    /**
     * Names and types of the children of a folder, in the order of {@link #list}, without looking at their contents. Links may be
     * called links even where they lead to a file or folder.
     *
     * @throws SourceException when the mirror cannot be read
     */
    default List<Child> children(String folder) throws SourceException {
        return list(folder).stream()
                .map(entry -> new Child(entry.name(), entry.type()))
                .toList();
    }

    /**
     * A child of a folder.
     *
     * @param name its name
     * @param type what it is
     */
    record Child(String name, Entry.Type type) {}

    /**
     * An id that covers everything that {@link #find} says below a folder: equal ids at equal paths of two commits mean equal
     * answers. Null where there is no such folder, a link stands somewhere below it, or it is not known.
     *
     * @throws SourceException when the mirror cannot be read
     */
    default @Nullable String closedId(String folder) throws SourceException {
        return null;
    }

    /**
     * The bytes of a FILE entry of this snapshot.
     *
     * @throws FileTooLargeException when the file passes {@link #MAX_FILE_BYTES}
     * @throws SourceException when the mirror cannot be read
     */
    byte[] read(Entry file) throws SourceException;

    /**
     * A file, folder or link.
     *
     * @param path the path it was asked for
     * @param type what it is
     * @param id content id: the Git object id, equal where and only where the content is equal
     */
    record Entry(String path, Type type, String id) {

        /** What stands at a path. */
        public enum Type {
            /** A file. */
            FILE,
            /** A folder. */
            FOLDER,
            /** A link that does not lead to a file or folder of the tree. */
            SYMLINK,
            /** Another repository; never followed. */
            SUBMODULE
        }

        /** The last part of its path. */
        public String name() {
            return path.substring(path.lastIndexOf('/') + 1);
        }
    }
}
