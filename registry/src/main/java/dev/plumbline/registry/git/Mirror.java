package dev.plumbline.registry.git;

import dev.plumbline.registry.source.SourceException;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.RepositoryCache;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.util.FS;
import org.jspecify.annotations.Nullable;

/**
 * The bare repository that mirrors one address. Whoever has it open holds a shared lock beside it; the first one, alone,
 * removes the lock files and half-written packs that a killed process left.
 */
final class Mirror implements Closeable {

    private static final String SECTION = "plumbline";

    private static final String URL = "url";

    /** Locks held by this process. A process loses its lock on a file when it closes any handle of it, so there is one. */
    private static final Map<Path, Held> HELD = new HashMap<>();

    private final Path lock;
    private final Repository repository;
    private boolean closed;

    private Mirror(Path lock, Repository repository) {
        this.lock = lock;
        this.repository = repository;
    }

    /** Opens the mirror of an address, making it when it is missing. */
    static Mirror open(Path folder, Address address, FetchBounds bounds) throws SourceException {
        Isolation.ensure();
        try {
            Path place = folder.toAbsolutePath().normalize();
            Files.createDirectories(parent(place));
            Path lock = place.resolveSibling(place.getFileName() + ".lock");
            synchronized (HELD) {
                hold(lock, place, address);
                try {
                    Repository repository = new BoundedRepository(at(place), bounds);
                    check(repository, folder, address);
                    return new Mirror(lock, repository);
                } catch (IOException | SourceException e) {
                    release(lock);
                    throw e;
                }
            }
        } catch (IOException e) {
            throw new SourceException(
                    "tried to open " + folder + " as the mirror of " + address.shown() + ", failed because of: "
                            + address.mask(String.valueOf(e.getMessage())) + "; make the folder writable for this user",
                    true,
                    e);
        }
    }

    Repository repository() {
        return repository;
    }

    @Override
    public void close() throws IOException {
        synchronized (HELD) {
            if (!closed) {
                closed = true;
                repository.close();
                release(lock);
            }
        }
    }

    private static void hold(Path lock, Path place, Address address) throws IOException {
        Held held = HELD.get(lock);
        if (held != null) {
            HELD.put(lock, new Held(held.channel, held.count + 1));
            return;
        }
        FileChannel channel =
                FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            FileLock alone = channel.tryLock();
            if (alone != null) {
                removeLeftovers(place);
                create(place, address);
                alone.release();
            }
            if (!channel.lock(0, Long.MAX_VALUE, true).isValid()) {
                throw new IOException("the lock " + lock + " was lost");
            }
            create(place, address);
            HELD.put(lock, new Held(channel, 1));
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private static void release(Path lock) throws IOException {
        Held held = HELD.get(lock);
        if (held != null && held.count > 1) {
            HELD.put(lock, new Held(held.channel, held.count - 1));
        } else if (held != null) {
            HELD.remove(lock);
            held.channel.close();
        }
    }

    private static FileRepositoryBuilder at(Path place) throws IOException {
        return new FileRepositoryBuilder().setGitDir(place.toFile()).setBare().setup();
    }

    /** Makes the mirror whole at once: beside its place, then renamed. */
    private static void create(Path place, Address address) throws IOException {
        if (RepositoryCache.FileKey.isGitRepository(place.toFile(), FS.DETECTED)) {
            return;
        }
        Path fresh = place.resolveSibling(
                place.getFileName() + ".new-" + ProcessHandle.current().pid());
        delete(fresh);
        try (Repository repository = at(fresh).build()) {
            repository.create(true);
            StoredConfig config = repository.getConfig();
            config.setString(SECTION, null, URL, address.shown());
            config.setBoolean("core", null, "fsyncobjectfiles", true);
            config.setBoolean("core", null, "fsyncreffiles", true);
            config.setBoolean("gc", null, "autodetach", false);
            // Unreferenced objects may be what a killed fetch was about to keep. JGit fails on git's own "never".
            config.setString("gc", null, "pruneexpire", "100.years.ago");
            // Else the packs that a collection has replaced stay for an hour, and each fetch of that hour collects
            // again.
            config.setString("gc", null, "prunepackexpire", "now");
            config.save();
        }
        try {
            Files.move(fresh, place, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            delete(fresh);
            if (!RepositoryCache.FileKey.isGitRepository(place.toFile(), FS.DETECTED)) {
                throw e;
            }
        }
    }

    private static void check(Repository repository, Path folder, Address address) throws SourceException {
        String of = repository.getConfig().getString(SECTION, null, URL);
        if (!address.shown().equals(of)) {
            throw new SourceException(
                    "tried to open " + folder + " as the mirror of " + address.shown() + ", refused because it is "
                            + (of == null ? "no mirror" : "the mirror of " + of) + "; use one folder per URL",
                    false);
        }
    }

    /** Nobody else has the mirror open, so what these files protected or prepared is dead. */
    private static void removeLeftovers(Path place) throws IOException {
        if (!Files.isDirectory(place)) {
            return;
        }
        try (Stream<Path> files = Files.walk(place)) {
            List<Path> leftovers = files.filter(file -> isLeftover(place, file)).toList();
            for (Path file : leftovers) {
                Files.deleteIfExists(file);
            }
        } catch (UncheckedIOException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static boolean isLeftover(Path place, Path file) {
        String name = String.valueOf(file.getFileName());
        Path folder = place.relativize(parent(file));
        boolean inObjects = folder.equals(Path.of("objects")) || folder.equals(Path.of("objects", "pack"));
        return Files.isRegularFile(file)
                && (name.endsWith(".lock")
                        || name.startsWith(".probe-")
                        || (inObjects && (name.endsWith(".keep") || !name.startsWith("pack-"))));
    }

    /** Removes a folder with all that is in it; one that is not there is removed already. */
    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static Path parent(Path file) {
        @Nullable Path parent = file.getParent();
        if (parent == null) {
            throw new IllegalArgumentException("not a place for a mirror: " + file);
        }
        return parent;
    }

    /** One lock of this process and how many mirrors stand on it. */
    private record Held(FileChannel channel, int count) {}
}
