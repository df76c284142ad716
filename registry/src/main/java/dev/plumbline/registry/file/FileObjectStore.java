package dev.plumbline.registry.file;

import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.store.ObjectStore;
import dev.plumbline.registry.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** One file per object, {@code objects/ab/cdef…}, named by the digest's digits. */
final class FileObjectStore implements ObjectStore {

    private static final int FAN_OUT = 2;

    /** Most digests that this process remembers to have made durable: most of a release is put again unchanged. */
    private static final int MAX_REMEMBERED = 100_000;

    private final Folder folder;
    private final Path objects;
    private final Set<Digest> durable = ConcurrentHashMap.newKeySet();

    FileObjectStore(Folder folder) {
        this.folder = folder;
        this.objects = folder.root().resolve("objects");
    }

    @Override
    public Digest put(byte[] bytes) throws StoreException {
        if (bytes.length > MAX_OBJECT_BYTES) {
            throw new StoreException(
                    "tried to store an object of " + bytes.length + " bytes, refused because MAX_OBJECT_BYTES is "
                            + MAX_OBJECT_BYTES + "; split it",
                    false);
        }
        Digest digest = Digest.of(bytes);
        Path file = file(digest);
        try {
            if (!Files.exists(file) || Files.size(file) != bytes.length) {
                folder.replace(file, bytes);
            } else if (!durable.contains(digest)) {
                // It was moved here whole, but perhaps by a writer that has not made its folder durable yet.
                Folder.sync(Folder.parent(file));
            }
            remember(digest);
            return digest;
        } catch (IOException e) {
            throw FileStores.failed("store object", file.toString(), e, "free space or repair the disk, then retry");
        }
    }

    @Override
    public Optional<byte[]> get(Digest digest) throws StoreException {
        Path file = file(digest);
        byte[] bytes;
        try {
            if (Files.size(file) > MAX_OBJECT_BYTES) {
                throw damaged(file);
            }
            bytes = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw FileStores.failed("read object", file.toString(), e, "repair the disk, then retry");
        }
        if (!Digest.of(bytes).equals(digest)) {
            throw damaged(file);
        }
        return Optional.of(bytes);
    }

    private void remember(Digest digest) {
        if (durable.size() >= MAX_REMEMBERED) {
            durable.clear();
        }
        durable.add(digest);
    }

    private static StoreException damaged(Path file) {
        return new StoreException(
                "tried to read object " + file + ", failed because its content does not have the digest in its name; "
                        + "restore this file from a backup",
                false);
    }

    private Path file(Digest digest) {
        String hex = digest.hex();
        return objects.resolve(hex.substring(0, FAN_OUT)).resolve(hex.substring(FAN_OUT));
    }
}
