package dev.plumbline.controller.local.cluster;

import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.registry.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes changes lasting. Records are collected while the disk is busy and written together, so that many writers share one
 * fsync. One thread of its own touches the files, because an interrupt of a caller would close them. When the log has grown
 * it is replaced by the state that it leads to.
 */
final class WriteAheadLog implements AutoCloseable {

    /** Names the format of log files. */
    static final String LOG_SCHEMA = "plumbline.dev/cluster-log/v1";

    /** Names the format of state files. */
    static final String STATE_SCHEMA = "plumbline.dev/cluster-state/v1";

    /** Smallest log that is replaced by a state, in bytes. */
    static final long COMPACT_AT = 8L * 1024 * 1024;

    /** All objects at one version. */
    record State(long version, List<Map<String, @Nullable Object>> objects) {}

    private final Path folder;
    private final LongConsumer onDurable;
    private final Supplier<State> state;
    private final Thread thread;
    private FileChannel channel;
    private long number;
    private long written;
    private long compactAt = COMPACT_AT;

    private ByteArrayOutputStream pending = new ByteArrayOutputStream();
    private long pendingVersion;
    private long durable;
    private boolean closed;
    private @Nullable String failure;

    /**
     * Goes on with a log.
     *
     * @param number of the log file, which exists and ends with a whole record
     * @param version the newest version in it
     * @param onDurable told each version once it and all before it are on disk
     * @param state takes the state of this moment; called from the log's own thread
     */
    WriteAheadLog(Path folder, long number, long version, LongConsumer onDurable, Supplier<State> state)
            throws IOException {
        this.folder = folder;
        this.number = number;
        this.durable = version;
        this.pendingVersion = version;
        this.onDurable = onDurable;
        this.state = state;
        this.channel = FileChannel.open(logFile(folder, number), StandardOpenOption.APPEND);
        this.written = channel.size();
        this.thread = Thread.ofPlatform().name("cluster-log").daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    static Path logFile(Path folder, long number) {
        return folder.resolve("log-%08d".formatted(number));
    }

    static Path stateFile(Path folder, long number) {
        return folder.resolve("state-%08d".formatted(number));
    }

    /** Begins a log file. */
    static void create(Path folder, long number) throws IOException {
        byte[] head = RecordFile.frame(Json.bytes(Map.of("schema", LOG_SCHEMA)));
        RecordFile.replace(logFile(folder, number), List.of(head));
    }

    /** Takes a record; the caller calls in order of version. */
    synchronized void append(long version, byte[] payload) {
        pending.writeBytes(RecordFile.frame(payload));
        pendingVersion = version;
        notifyAll();
    }

    /**
     * Waits until a version is on disk.
     *
     * @throws ClusterException UNAVAILABLE when the disk refuses, the log was closed, or the wait was interrupted
     */
    synchronized void await(long version) throws ClusterException {
        while (durable < version) {
            if (failure != null) {
                throw unavailable(failure);
            }
            if (closed && !thread.isAlive()) {
                throw unavailable("the embedded cluster was closed");
            }
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw unavailable("the wait for the disk was interrupted");
            }
        }
    }

    /** Throws when nothing can be written any more. */
    synchronized void check() throws ClusterException {
        if (failure != null || closed) {
            throw unavailable(failure == null ? "the embedded cluster was closed" : failure);
        }
    }

    private ClusterException unavailable(String why) {
        return new ClusterException(
                ClusterException.Reason.UNAVAILABLE,
                null,
                "writing to the embedded cluster in " + folder + " failed, because " + why
                        + "; whether the change was kept is known after the next start");
    }

    /** Writes what is pending and ends. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (flush()) {
                if (written > compactAt) {
                    compact();
                }
            }
            channel.close();
        } catch (IOException e) {
            fail(e.getMessage() == null ? e.toString() : e.getMessage());
        } catch (RuntimeException e) {
            fail(e.toString());
            throw e;
        } finally {
            synchronized (this) {
                notifyAll();
            }
        }
    }

    private synchronized void fail(String why) {
        failure = why;
        notifyAll();
    }

    /** Waits for records and writes them; false at the end. */
    private boolean flush() throws IOException {
        byte[] bytes;
        long version;
        synchronized (this) {
            while (pending.size() == 0) {
                if (closed) {
                    return false;
                }
                try {
                    wait();
                } catch (InterruptedException e) {
                    throw new IOException("the thread of the log was interrupted", e);
                }
            }
            bytes = pending.toByteArray();
            version = pendingVersion;
            pending = new ByteArrayOutputStream();
        }
        RecordFile.write(channel, bytes);
        channel.force(false);
        written += bytes.length;
        synchronized (this) {
            durable = version;
            notifyAll();
        }
        onDurable.accept(version);
        return true;
    }

    /**
     * Begins a new log, then writes the state that it starts from, then removes the old files. A kill in between leaves the
     * old state with both logs, which lead to the same objects: records that a state already holds change nothing.
     */
    private void compact() throws IOException {
        long next = number + 1;
        create(folder, next);
        channel.close();
        channel = FileChannel.open(logFile(folder, next), StandardOpenOption.APPEND);
        State now = state.get();
        List<byte[]> records = new ArrayList<>();
        long size = 0;
        records.add(
                RecordFile.frame(Json.bytes(Map.of("schema", STATE_SCHEMA, "version", now.version(), "objects", (long)
                        now.objects().size()))));
        for (Map<String, @Nullable Object> object : now.objects()) {
            byte[] record = RecordFile.frame(Json.bytes(object));
            size += record.length;
            records.add(record);
        }
        RecordFile.replace(stateFile(folder, next), records);
        Recovery.removeBefore(folder, next);
        number = next;
        written = channel.size();
        compactAt = Math.max(COMPACT_AT, 2 * size);
    }
}
