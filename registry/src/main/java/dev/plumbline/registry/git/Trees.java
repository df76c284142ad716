package dev.plumbline.registry.git;

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
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;

/** Folders and files of a mirror by their ids. Read folders are remembered: the same ones come back commit after commit. */
final class Trees {

    /** Most remembered folders. */
    private static final int MAX_REMEMBERED = 4096;

    /** Most bytes of one folder's own object. */
    private static final int MAX_TREE_BYTES = 32 * 1024 * 1024;

    /** Most bytes of a link's target. */
    private static final int MAX_LINK_BYTES = 4096;

    private final Repository mirror;
    private final Address address;
    private final Map<ObjectId, Map<String, Child>> remembered = new ConcurrentHashMap<>();

    Trees(Repository mirror, Address address) {
        this.mirror = mirror;
        this.address = address;
    }

    /** The children of a folder by name, in byte order of their names. */
    Map<String, Child> children(ObjectId tree) throws SourceException {
        Map<String, Child> known = remembered.get(tree);
        if (known == null) {
            known = parse(tree);
            if (remembered.size() >= MAX_REMEMBERED) {
                remembered.clear();
            }
            remembered.put(tree, known);
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

    long size(ObjectId blob) throws SourceException {
        try (ObjectReader reader = mirror.newObjectReader()) {
            return reader.getObjectSize(blob, Constants.OBJ_BLOB);
        } catch (IOException e) {
            throw Failures.mirror("read the size of " + blob.name(), address, e);
        }
    }

    private byte[] bytes(ObjectId blob, int most, String what) throws SourceException {
        try (ObjectReader reader = mirror.newObjectReader()) {
            ObjectLoader loader = reader.open(blob, Constants.OBJ_BLOB);
            if (loader.getSize() > most) {
                throw new SourceException(
                        "tried to read " + what + " of " + address.shown() + ", refused because its " + loader.getSize()
                                + " bytes pass the bound of " + most + "; keep large data outside Git",
                        false);
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
                raw.add(new Raw(
                        name,
                        new Child(parser.getEntryPathString(), parser.getEntryFileMode(), parser.getEntryObjectId())));
            }
        } catch (IOException e) {
            throw Failures.mirror("read folder " + tree.name(), address, e);
        }
        // Git sorts a folder as if its name ended with a slash.
        raw.sort((one, other) -> Arrays.compareUnsigned(one.name, other.name));
        Map<String, Child> children = LinkedHashMap.newLinkedHashMap(raw.size());
        raw.forEach(entry -> children.put(entry.child.name, entry.child));
        return Collections.unmodifiableMap(children);
    }

    /** One name in a folder. */
    record Child(String name, FileMode mode, ObjectId id) {}

    @SuppressWarnings("ArrayRecordComponent") // only sorted by it
    private record Raw(byte[] name, Child child) {}
}
