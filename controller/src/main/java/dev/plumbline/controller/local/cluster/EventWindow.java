package dev.plumbline.controller.local.cluster;

import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The newest changes, from which watches go on. Bounded: who is behind it must list again. A change is handed out only
 * once it is on disk.
 */
final class EventWindow {

    /** Most changes that are kept. */
    static final int MAX_EVENTS = 4096;

    /** Most bytes of JSON that the kept changes may have. */
    static final long MAX_BYTES = 8L * 1024 * 1024;

    /** Most changes that one watch takes at a time. */
    private static final int BATCH = 64;

    private final TreeMap<Long, Change> changes = new TreeMap<>();
    private final TreeMap<Long, Integer> sizes = new TreeMap<>();
    private long bytes;
    private long oldest;
    private long durable;
    private boolean closed;

    /** Begins after a resourceVersion: nothing before it can be watched. */
    synchronized void startAfter(long version) {
        oldest = version;
        durable = version;
    }

    /** Keeps a change of so many bytes. */
    synchronized void add(Change change, int size) {
        changes.put(change.version(), change);
        sizes.put(change.version(), size);
        notifyAll(); // It may be durable already: the log may have been faster than its writer.
        bytes += size;
        while (changes.size() > MAX_EVENTS || (bytes > MAX_BYTES && changes.size() > 1)) {
            long first = changes.firstKey();
            changes.remove(first);
            Integer freed = sizes.remove(first);
            bytes -= freed == null ? 0 : freed;
            oldest = first;
        }
    }

    /** Everything up to this version is on disk. */
    synchronized void durable(long version) {
        durable = Math.max(durable, version);
        notifyAll();
    }

    /** Whether a watch may start after this version. */
    synchronized boolean reaches(long version) {
        return version >= oldest;
    }

    /** Ends all waiting. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }

    synchronized boolean closed() {
        return closed;
    }

    /**
     * Waits for changes after a version.
     *
     * @return the changes in order; null when the version is behind the window; empty when the window was closed
     */
    synchronized @Nullable List<Change> await(long after) throws InterruptedException {
        while (true) {
            if (closed) {
                return List.of();
            }
            if (after < oldest) {
                return null;
            }
            if (durable > after) {
                List<Change> ready = changes.subMap(after, false, durable, true).values().stream()
                        .limit(BATCH)
                        .toList();
                if (!ready.isEmpty()) {
                    return ready;
                }
            }
            wait();
        }
    }
}
