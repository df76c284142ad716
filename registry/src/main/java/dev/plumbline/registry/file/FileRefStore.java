package dev.plumbline.registry.file;

import dev.plumbline.registry.store.RefStore;
import dev.plumbline.registry.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One file per ref under {@code refs/}, replaced whole while its lock is held. */
final class FileRefStore implements RefStore {

    private final Folder folder;
    private final Names names;

    FileRefStore(Folder folder) {
        this.folder = folder;
        this.names = new Names(folder.root().resolve("refs"));
    }

    @Override
    public Optional<byte[]> read(String name) throws StoreException {
        Path file = names.path(name);
        try {
            return Optional.ofNullable(bytes(file));
        } catch (IOException e) {
            throw FileStores.failed("read ref", file.toString(), e, "repair the disk, then retry");
        }
    }

    @Override
    public boolean compareAndSet(String name, byte @Nullable [] expected, byte @Nullable [] value)
            throws StoreException {
        if (value != null && value.length > MAX_REF_BYTES) {
            throw new StoreException(
                    "tried to set ref " + name + " to " + value.length + " bytes, refused because MAX_REF_BYTES is "
                            + MAX_REF_BYTES + "; store an object and refer to it",
                    false);
        }
        Path file = names.path(name);
        try {
            return folder.locked("ref " + name, () -> {
                if (!Arrays.equals(bytes(file), expected)) {
                    return false;
                }
                if (value != null) {
                    folder.replace(file, value);
                } else if (expected != null) {
                    folder.remove(file);
                }
                return true;
            });
        } catch (IOException e) {
            throw FileStores.failed("set ref", file.toString(), e, "free space or repair the disk, then read it again");
        }
    }

    @Override
    public List<String> names(String prefix) throws StoreException {
        try {
            return names.list(prefix);
        } catch (IOException e) {
            throw FileStores.failed("list refs", prefix, e, "repair the disk, then retry");
        }
    }

    private static byte @Nullable [] bytes(Path file) throws IOException {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            return null;
        }
    }
}
