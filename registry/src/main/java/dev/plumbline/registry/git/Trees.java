package dev.plumbline.registry.git;

import dev.plumbline.registry.source.FileTooLargeException;
import dev.plumbline.registry.source.Snapshot;
import dev.plumbline.registry.source.SourceException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;
import org.jspecify.annotations.Nullable;

/** Folders and files of a mirror by their ids. Read folders are remembered: the same ones come back commit after commit. */
final class Trees {

    /** Most bytes, roughly, that remembered folders take. */
    static final long MAX_REMEMBERED_BYTES = 48L * 1024 * 1024;

    /** About what one name in a folder takes. */
    private static final int BYTES_PER_CHILD = 300;

    /** Folders deeper than this below another are not looked through for links. */
    private static final int MAX_DEPTH = 100;

    /** Most bytes of one folder's own object. */
    private static final int MAX_TREE_BYTES = 32 * 1024 * 1024;

    /** Most bytes of a link's target. */
    private static final int MAX_LINK_BYTES = 4096;

    private final Repository mirror;
    private final Address address;
    private final Map<ObjectId, Map<String, Child>> remembered = new ConcurrentHashMap<>();
    private final Map<ObjectId, Boolean> withoutLinks = new ConcurrentHashMap<>();
    private final AtomicLong children = new AtomicLong();

    /**
     * The one instance of equal children. Of a large folder nearly all stay the same from commit to commit, and who remembers what
     * commits held, by the ids of their files, must not hold each id once per commit.
     */
    private final Map<Child, Child> same = new ConcurrentHashMap<>();

    Trees(Repository mirror, Address address) {
        this.mirror = mirror;
        this.address = address;
    }

    /** The children of a folder by name, in byte order of their names. */
    Map<String, Child> children(ObjectId tree) throws SourceException {
        Map<String, Child> known = remembered.get(tree);
        if (known == null) {
            known = parse(tree);
            if (children.addAndGet(known.size() + 1L) * BYTES_PER_CHILD > MAX_REMEMBERED_BYTES) {
                remembered.clear();
                withoutLinks.clear();
                same.clear();
                known.values().forEach(child -> same.put(child, child));
                children.set(known.size() + 1L);
            }
            remembered.put(tree, known);
        }
        return known;
    }

    /** Whether no symbolic link stands anywhere below a folder. */
    boolean withoutLinks(ObjectId tree) throws SourceException {
        return withoutLinks(tree, 0);
    }

    private boolean withoutLinks(ObjectId tree, int depth) throws SourceException {
        Boolean known = withoutLinks.get(tree);
        if (known == null) {
            known = depth < MAX_DEPTH;
            for (Child child : known ? children(tree).values() : List.<Child>of()) {
                boolean bare = FileMode.TREE.equals(child.mode())
                        ? withoutLinks(child.id(), depth + 1)
                        : !FileMode.SYMLINK.equals(child.mode());
                if (!bare) {
                    known = false;
                    break;
                }
            }
            if (known || depth == 0) {
                withoutLinks.put(tree, known);
            }
        }
        return known;
    }

    /** The target of a symbolic link. */
    String link(ObjectId blob) throws SourceException {
        return new String(bytes(blob, MAX_LINK_BYTES, "link"), java.nio.charset.StandardCharsets.UTF_8);
    }

    byte[] file(ObjectId blob, String path) throws SourceException {
        return bytes(blob, Snapshot.MAX_FILE_BYTES, path);
    }

    private byte[] bytes(ObjectId blob, int most, String what) throws SourceException {
        try (ObjectReader reader = mirror.newObjectReader()) {
            ObjectLoader loader = reader.open(blob, Constants.OBJ_BLOB);
            if (loader.getSize() > most) {
                throw new FileTooLargeException(what + " of " + address.shown(), loader.getSize(), most);
            }
            return loader.getBytes(most);
        } catch (IOException e) {
            throw Failures.mirror("read " + what + " (" + blob.name() + ")", address, e);
        }
    }

    private Map<String, Child> parse(ObjectId tree) throws SourceException {
        List<Raw> raw = new ArrayList<>();
        try (ObjectReader reader = mirror.newObjectReader()) {
            CanonicalTreeParser parser = new CanonicalTreeParser();
            parser.reset(reader.open(tree, Constants.OBJ_TREE).getCachedBytes(MAX_TREE_BYTES));
            for (; !parser.eof(); parser.next()) {
                byte[] name = new byte[parser.getNameLength()];
                parser.getName(name, 0);
                Child child =
                        new Child(parser.getEntryPathString(), parser.getEntryFileMode(), parser.getEntryObjectId());
                Child known = same.putIfAbsent(child, child);
                raw.add(new Raw(name, known == null ? child : known));
            }
        } catch (IOException e) {
            throw Failures.mirror("read folder " + tree.name(), address, e);
        }
        // Git sorts a folder as if its name ended with a slash.
        raw.sort((one, other) -> Arrays.compareUnsigned(one.name, other.name));
        Map<String, Child> children = LinkedHashMap.newLinkedHashMap(raw.size());
        raw.forEach(entry -> children.put(entry.child.name(), entry.child));
        return Collections.unmodifiableMap(children);
    }

    /** One name in a folder. What is derived from it is kept when it is first asked for. */
    static final class Child {

        private final String name;
        private final FileMode mode;
        private final ObjectId id;
        private @Nullable String hex;

        Child(String name, FileMode mode, ObjectId id) {
            this.name = name;
            this.mode = mode;
            this.id = id;
        }

        /** A folder without a name, as a link leads to it. */
        static Child folder(ObjectId id) {
            return new Child("", FileMode.TREE, id);
        }

        String name() {
            return name;
        }

        FileMode mode() {
            return mode;
        }

        ObjectId id() {
            return id;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Child that
                    && name.equals(that.name)
                    && mode.equals(that.mode)
                    && id.equals(that.id);
        }

        @Override
        public int hashCode() {
            return 31 * name.hashCode() + id.hashCode();
        }

        String hex() {
            String known = hex;
            if (known == null) {
                known = id.name();
                hex = known;
            }
            return known;
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // only sorted by it
    private record Raw(byte[] name, Child child) {}
}
