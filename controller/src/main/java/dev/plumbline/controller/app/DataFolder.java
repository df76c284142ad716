package dev.plumbline.controller.app;

import dev.plumbline.registry.json.Json;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The folder that holds everything of one {@code plumbline up}: locked while it runs, with its address and token in it. */
final class DataFolder implements AutoCloseable {

    private static final int TOKEN_BYTES = 24;

    private final Path root;
    private final FileChannel channel;
    private final FileLock lock;

    private DataFolder(Path root, FileChannel channel, FileLock lock) {
        this.root = root;
        this.channel = channel;
        this.lock = lock;
    }

    /**
     * Makes the folder where it is missing, and locks it.
     *
     * @throws StartException when it cannot be used, or another process uses it; then its process id is named
     */
    static DataFolder open(Path folder) throws StartException {
        Path root = folder.toAbsolutePath().normalize();
        Path lockFile = root.resolve("lock");
        try {
            Files.createDirectories(root);
            FileChannel channel = FileChannel.open(
                    lockFile, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            FileLock lock = tryLock(channel);
            if (lock == null) {
                String pid = Files.readString(lockFile).strip();
                channel.close();
                throw new StartException("the data folder " + root + " is in use by the plumbline with process id "
                        + pid + "; stop that one first, or name another folder with --data");
            }
            channel.truncate(0);
            channel.write(java.nio.ByteBuffer.wrap(
                    Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8)));
            return new DataFolder(root, channel, lock);
        } catch (AccessDeniedException e) {
            throw new StartException("cannot use the data folder " + root + ": permission denied for " + e.getFile()
                    + "; change its permissions or name another folder with --data");
        } catch (IOException e) {
            throw new StartException(
                    "cannot use the data folder " + root + ": " + e.getMessage() + "; name another folder with --data");
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    /** The folder, absolute. */
    Path root() {
        return root;
    }

    /** A place in it. */
    Path resolve(String name) {
        return root.resolve(name);
    }

    /** What callers that change something must send: made once, readable by the owner only. */
    String token() throws StartException {
        Path file = root.resolve("token");
        try {
            if (!Files.exists(file)) {
                byte[] random = new byte[TOKEN_BYTES];
                new SecureRandom().nextBytes(random);
                Path fresh = root.resolve("token.new");
                Files.deleteIfExists(fresh);
                Files.createFile(
                        fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                Files.writeString(fresh, HexFormat.of().formatHex(random));
                Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new StartException("cannot make the token in " + file + ": " + e.getMessage());
        }
    }

    /** Tells other processes where the API is. */
    void announce(int port) throws StartException {
        Map<String, @Nullable Object> up = new LinkedHashMap<>();
        up.put("port", (long) port);
        up.put("pid", ProcessHandle.current().pid());
        try {
            Path fresh = root.resolve("up.json.new");
            Files.write(fresh, Json.bytes(up));
            Files.move(
                    fresh,
                    root.resolve("up.json"),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new StartException("cannot write " + root.resolve("up.json") + ": " + e.getMessage());
        }
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(root.resolve("up.json"));
            lock.release();
            channel.close();
        } catch (IOException e) {
            // The lock goes with the process; a left-over up.json names a port at which nobody answers.
            return;
        }
    }
}
