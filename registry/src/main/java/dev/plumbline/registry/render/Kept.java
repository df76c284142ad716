package dev.plumbline.registry.render;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What builds leave for later ones: of each folder and each rendered path the newest. Every use compares what was read, so a
 * name never stands for a content. Bounded by an estimate of the bytes that are held; what was not used for longest goes first,
 * but nothing that the newest build used: what does not fit beside that is not kept, so that a build larger than the bound still
 * profits from a part of it. Safe for use by many threads.
 */
final class Kept {

    private final long maxBytes;
    private final Map<Key, Entry> entries = new LinkedHashMap<>(64, 0.75f, true);
    private long bytes;
    private long builds;

    /**
     * What an entry is for.
     *
     * @param options what beside the files determines a build
     * @param type what is kept
     * @param path a folder
     */
    record Key(Object options, Class<?> type, String path) {}

    private static final class Entry {

        private final Object value;
        private final long bytes;

        /** The newest build that used it. */
        private long build;

        Entry(Object value, long bytes, long build) {
            this.value = value;
            this.bytes = bytes;
            this.build = build;
        }
    }

    Kept(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Begins a build, whose number is to be given with each entry. */
    synchronized long begin() {
        return ++builds;
    }

    /** What is kept; null where nothing is. */
    synchronized @Nullable Object get(Key key, long build) {
        Entry entry = entries.get(key);
        if (entry == null) {
            return null;
        }
        entry.build = Math.max(entry.build, build);
        return entry.value;
    }

    /** Keeps a value in place of an earlier one. */
    synchronized void put(Key key, Object value, long size, long build) {
        Entry old = entries.remove(key);
        bytes -= old == null ? 0 : old.bytes;
        Iterator<Entry> oldest = entries.values().iterator();
        while (bytes + size > maxBytes && oldest.hasNext()) {
            Entry entry = oldest.next();
            if (entry.build >= build - 1) {
                return;
            }
            bytes -= entry.bytes;
            oldest.remove();
        }
        if (bytes + size <= maxBytes) {
            entries.put(key, new Entry(value, size, build));
            bytes += size;
        }
    }

    /** About how many bytes are held. */
    synchronized long bytes() {
        return bytes;
    }
}
