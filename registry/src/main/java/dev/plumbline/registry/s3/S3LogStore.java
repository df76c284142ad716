package dev.plumbline.registry.s3;

import dev.plumbline.registry.store.LogStore;
import dev.plumbline.registry.store.StoreException;
import dev.plumbline.registry.store.StoreNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * One key per append, made by a conditional write at the number of its first entry. Whatever number was ever the next one begins a key,
 * so of two writers one is refused. Each time {@link Segment#ENTRIES} are full they are written again as one sealed segment, which
 * counts from then on, and the keys are removed; no append reaches beyond a segment. A writer that is so late that the key of its
 * number is free again finds the segment after its write, and takes the write back.
 */
final class S3LogStore implements LogStore {

    private static final String FOLDER = "logs/";

    private final Bucket bucket;

    /** Of each stream, a number that the next entry has at least, and with which a key begins. */
    private final Map<String, Long> tails = new ConcurrentHashMap<>();

    S3LogStore(Bucket bucket) {
        this.bucket = bucket;
    }

    @Override
    public int append(String stream, long number, List<byte[]> entries) throws StoreException {
        LogStore.check(stream, entries);
        String place = place(stream);
        long known = tails.getOrDefault(stream, 1L);
        boolean fresh = number == known && known > 1;
        if (number < known || (!fresh && number != next(stream))) {
            return 0;
        }
        int room = (int) (Segment.first(number) + Segment.ENTRIES - number);
        List<byte[]> batch = entries.subList(0, Math.min(room, entries.size()));
        if (!bucket.create(entryKey(place, number), Batch.encode(batch))) {
            return 0;
        }
        if (bucket.exists(segmentKey(place, number))) {
            bucket.remove(List.of(entryKey(place, number)));
            return 0;
        }
        learn(stream, number + batch.size());
        if (batch.size() == room) {
            seal(stream, place, Segment.first(number));
        }
        return batch.size();
    }

    @Override
    public long next(String stream) throws StoreException {
        String place = place(stream);
        long known = tails.getOrDefault(stream, 1L);
        // Entries before segments: what is sealed meanwhile is seen in one of them.
        List<Bucket.Listed> keys = bucket.list(place + "e/", entryKey(place, known - 1));
        long afterEntries = 1;
        if (!keys.isEmpty()) {
            String last = keys.getLast().key();
            Optional<Bucket.Found> found = bucket.get(last);
            afterEntries = number(last)
                    + (found.isEmpty() ? 1 : entries(last, found.get()).size());
        }
        List<Bucket.Listed> segments = bucket.list(place + "s/", key(place, "s/", Segment.first(known) - 1));
        long afterSegments = segments.isEmpty() ? 1 : number(segments.getLast().key()) + Segment.ENTRIES;
        long next = Math.max(known, Math.max(afterEntries, afterSegments));
        learn(stream, next);
        return next;
    }

    @Override
    public List<Entry> read(String stream, long from, int limit) throws StoreException {
        String place = place(stream);
        List<Entry> found = new ArrayList<>();
        long number = Math.max(from, 1);
        boolean more = limit > 0;
        while (more) {
            long end = Segment.first(number) + Segment.ENTRIES;
            int wanted = (int) Math.min(end - number, limit - found.size());
            List<byte[]> entries = range(stream, place, number, wanted);
            for (byte[] entry : entries) {
                found.add(new Entry(number, entry));
                number++;
            }
            more = entries.size() == wanted && found.size() < limit;
        }
        return found;
    }

    @Override
    public List<String> streams(String prefix) throws StoreException {
        List<String> streams = new ArrayList<>();
        for (String folder : bucket.folders(FOLDER + prefix, "+")) {
            streams.add(folder.substring(FOLDER.length(), folder.length() - 1));
        }
        streams.sort(null);
        return streams;
    }

    /** At most so many entries from a number on, all of one segment; fewer where the stream ends. */
    private List<byte[]> range(String stream, String place, long number, int wanted) throws StoreException {
        List<byte[]> sealed = segment(place, number);
        if (sealed == null) {
            List<byte[]> single = single(stream, place, number, wanted);
            // Between the two looks they may have been sealed.
            sealed = single.size() < wanted ? segment(place, number) : null;
            if (sealed == null) {
                return single;
            }
        }
        int from = (int) (number - Segment.first(number));
        return sealed.subList(from, from + wanted);
    }

    private @Nullable List<byte[]> segment(String place, long number) throws StoreException {
        String key = segmentKey(place, number);
        Optional<Bucket.Found> found = bucket.get(key);
        if (found.isEmpty()) {
            return null;
        }
        List<byte[]> entries = Segment.decode(Segment.first(number), found.get().bytes());
        if (entries == null) {
            throw damaged(key);
        }
        return entries;
    }

    private List<byte[]> single(String stream, String place, long number, int wanted) throws StoreException {
        Singles singles = singles(stream, place, number, number + wanted);
        int from = (int) Math.min(number - singles.first, singles.entries.size());
        return singles.entries.subList(from, Math.min(from + wanted, singles.entries.size()));
    }

    /** What stands one after the other under keys of its own, from the key in whose batch a number may stand, up to another number. */
    private Singles singles(String stream, String place, long number, long end) throws StoreException {
        // Where a number is known to be the next one, or to have been, no batch that began before it holds it.
        long begin = number == tails.getOrDefault(stream, 1L) ? number : Segment.first(number);
        List<String> keys = new ArrayList<>();
        for (Bucket.Listed listed : bucket.list(place + "e/", entryKey(place, begin - 1))) {
            if (number(listed.key()) <= number) {
                keys.clear();
            }
            if (number(listed.key()) < end) {
                keys.add(listed.key());
            }
        }
        List<byte[]> entries = new ArrayList<>();
        List<String> read = new ArrayList<>();
        long first = keys.isEmpty() ? number : Math.min(number(keys.getFirst()), number);
        int at = 0;
        for (Optional<Bucket.Found> found : bucket.getAll(keys)) {
            String key = keys.get(at++);
            if (found.isEmpty() || number(key) != first + entries.size()) {
                return new Singles(first, entries, read);
            }
            entries.addAll(entries(key, found.get()));
            read.add(key);
        }
        if (!read.isEmpty()) {
            learn(stream, first + entries.size());
        }
        return new Singles(first, entries, read);
    }

    /**
     * Entries under keys of their own.
     *
     * @param first number of the first one
     * @param keys the keys under which they stand
     */
    private record Singles(long first, List<byte[]> entries, List<String> keys) {}

    private List<byte[]> entries(String key, Bucket.Found found) throws StoreException {
        List<byte[]> entries = Batch.decode(found.bytes());
        if (entries == null) {
            throw damaged(key);
        }
        return entries;
    }

    /** The entries that begin with a number become one segment. They are safe before, so what fails here costs only speed. */
    private void seal(String stream, String place, long first) {
        try {
            Singles singles = singles(stream, place, first, first + Segment.ENTRIES);
            List<byte[]> entries = singles.entries;
            long bytes = entries.stream().mapToLong(entry -> entry.length).sum();
            if (entries.size() < Segment.ENTRIES || bytes > Segment.MAX_BYTES) {
                return;
            }
            if (bucket.create(segmentKey(place, first), Segment.encode(first, entries))) {
                bucket.remove(singles.keys);
            }
        } catch (StoreException e) {
            // The single keys, or those that are left of them beside the segment, are read as before.
            return;
        }
    }

    private void learn(String stream, long next) {
        tails.merge(stream, next, Math::max);
    }

    private StoreException damaged(String key) {
        return bucket.refused("read", key, "its bytes do not have their checksum", "restore it from a backup");
    }

    private static long number(String key) {
        return Long.parseLong(key.substring(key.lastIndexOf('/') + 1));
    }

    private static String place(String stream) {
        return FOLDER + StoreNames.check(stream) + "+/";
    }

    private static String entryKey(String place, long number) {
        return key(place, "e/", number);
    }

    private static String segmentKey(String place, long number) {
        return key(place, "s/", Segment.first(number));
    }

    private static String key(String place, String kind, long number) {
        return place + kind + String.format("%019d", number);
    }
}
