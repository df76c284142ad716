package dev.plumbline.registry.file;

import dev.plumbline.registry.store.StoreException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLockInterruptionException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Writes to one store's folder that survive a crash, and its locks. An interrupt never breaks a write: a cancelled sync
 * finishes the value that it is writing, and the interrupt stays set.
 */
final class Folder {

    private static final int STRIPES = 16;

    /** File locks exclude other processes only; these exclude the other threads of this one. */
    private static final ReentrantLock[] THREADS = new ReentrantLock[64];

    private static final AtomicLong WRITES = new AtomicLong();

    private static final String OWNER = ProcessHandle.current().pid() + "-" + started(ProcessHandle.current());

    static {
        for (int i = 0; i < THREADS.length; i++) {
            THREADS[i] = new ReentrantLock();
        }
    }

    private final Path root;
    private final Path temporary;
    private final Path locks;

    /** Makes what is missing and removes what dead processes left half-written. */
    Folder(Path folder) throws IOException {
        Files.createDirectories(folder);
        root = folder.toRealPath();
        temporary = root.resolve("tmp");
        locks = root.resolve("locks");
        makeFolders(temporary);
        makeFolders(locks);
        try (DirectoryStream<Path> left = Files.newDirectoryStream(temporary)) {
            for (Path file : left) {
                if (!ownerLives(file.getFileName().toString())) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    Path root() {
        return root;
    }

    /** Puts a file in place, whole, replacing another one. */
    void replace(Path target, byte[] bytes) throws IOException {
        makeFolders(parent(target));
        Path file = temporary.resolve(OWNER + "-" + WRITES.incrementAndGet());
        try {
            try (FileOutputStream out = new FileOutputStream(file.toFile())) {
                out.write(bytes);
                out.getFD().sync();
            }
            Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(file);
        }
        sync(parent(target));
    }

    void remove(Path target) throws IOException {
        Files.deleteIfExists(target);
        sync(parent(target));
    }

    /** Runs a call while no other thread or process runs one for the same key. */
    <T> T locked(String key, IoCall<T> call) throws IOException, StoreException {
        Path file = locks.resolve(String.valueOf(Math.floorMod(key.hashCode(), STRIPES)));
        ReentrantLock threads = THREADS[Math.floorMod(file.hashCode(), THREADS.length)];
        threads.lock();
        try (FileChannel held = uninterrupted(() -> lock(file))) {
            return call.run();
        } finally {
            threads.unlock();
        }
    }

    /** Makes the entries of a folder survive a crash. */
    static void sync(Path folder) throws IOException {
        uninterrupted(() -> {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
                return folder;
            }
        });
    }

    private void makeFolders(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        makeFolders(parent(folder));
        try {
            Files.createDirectory(folder);
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(folder)) {
                throw e;
            }
        }
        sync(parent(folder));
    }

    /** The folder of a file of the store, which has one. */
    static Path parent(Path file) {
        return Objects.requireNonNull(file.getParent());
    }

    private static FileChannel lock(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            Objects.requireNonNull(channel.lock());
            return channel;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private static <T> T uninterrupted(ChannelCall<T> call) throws IOException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return call.run();
                } catch (ClosedByInterruptException | FileLockInterruptionException e) {
                    interrupted |= Thread.interrupted();
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static boolean ownerLives(String file) {
        String[] parts = file.split("-", -1);
        if (parts.length != 3) {
            return false;
        }
        try {
            return ProcessHandle.of(Long.parseLong(parts[0]))
                    .map(process -> started(process).equals(parts[1]))
                    .orElse(false);
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /** Tells apart two processes that had the same id. */
    private static String started(ProcessHandle process) {
        return process.info()
                .startInstant()
                .map(Instant::toEpochMilli)
                .orElse(0L)
                .toString();
    }

    @FunctionalInterface
    private interface ChannelCall<T> {
        T run() throws IOException;
    }
}
