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
 * One key per entry, made by a conditional write at its number. Each time {@link Segment#ENTRIES} are full they are written
 * again as one sealed segment, which counts from then on, and the single keys are removed. A writer that is so late that the
 * key of its number is free again finds the segment after its write, and takes the write back.
 */
final class S3LogStore implements LogStore {

    private static final String FOLDER = "logs/";

    private final Bucket bucket;

    /** Of each stream, a number that the next entry has at least. */
    private final Map<String, Long> tails = new ConcurrentHashMap<>();

    S3LogStore(Bucket bucket) {
        this.bucket = bucket;
    }

    @Override
    public boolean append(String stream, long number, byte[] entry) throws StoreException {
        if (entry.length > MAX_ENTRY_BYTES) {
            throw new StoreException(
                    "tried to append " + entry.length + " bytes to " + stream + ", refused because MAX_ENTRY_BYTES is "
                            + MAX_ENTRY_BYTES + "; store an object and refer to it",
                    false);
        }
        String place = place(stream);
        long known = tails.getOrDefault(stream, 1L);
        boolean fresh = number == known && known > 1;
        if (number < known || (!fresh && number != next(stream))) {
            return false;
        }
        if (!bucket.create(entryKey(place, number), Sealed.seal(entry))) {
            return false;
        }
        if (bucket.exists(segmentKey(place, number))) {
            bucket.remove(List.of(entryKey(place, number)));
            return false;
        }
        learn(stream, number + 1);
        if (number % Segment.ENTRIES == 0) {
            seal(place, Segment.first(number));
        }
        return true;
    }

    @Override
    public long next(String stream) throws StoreException {
        String place = place(stream);
        long known = tails.getOrDefault(stream, 1L);
        // Entries before segments: what is sealed meanwhile is seen in one of them.
        List<Bucket.Listed> entries = bucket.list(place + "e/", entryKey(place, known - 1));
        List<Bucket.Listed> segments = bucket.list(place + "s/", key(place, "s/", Segment.first(known) - 1));
        long afterEntries = entries.isEmpty() ? 1 : number(entries.getLast()) + 1;
        long afterSegments = segments.isEmpty() ? 1 : number(segments.getLast()) + Segment.ENTRIES;
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
            List<byte[]> entries = range(place, number, wanted);
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
    private List<byte[]> range(String place, long number, int wanted) throws StoreException {
        List<byte[]> sealed = segment(place, number);
        if (sealed == null) {
            List<byte[]> single = single(place, number, wanted);
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

    private List<byte[]> single(String place, long number, int wanted) throws StoreException {
        List<String> keys = new ArrayList<>();
        for (Bucket.Listed listed : bucket.list(place + "e/", entryKey(place, number - 1))) {
            if (keys.size() < wanted && number(listed) == number + keys.size()) {
                keys.add(listed.key());
            }
        }
        List<byte[]> entries = new ArrayList<>();
        for (Optional<Bucket.Found> found : bucket.getAll(keys)) {
            if (found.isEmpty()) {
                break;
            }
            byte[] entry = Sealed.open(found.get().bytes());
            if (entry == null) {
                throw damaged(keys.get(entries.size()));
            }
            entries.add(entry);
        }
        return entries;
    }

    /** The entries that begin with a number become one segment. They are safe before, so what fails here costs only speed. */
    private void seal(String place, long first) {
        try {
            List<byte[]> entries = single(place, first, Segment.ENTRIES);
            long bytes = entries.stream().mapToLong(entry -> entry.length).sum();
            if (entries.size() < Segment.ENTRIES || bytes > Segment.MAX_BYTES) {
                return;
            }
            if (bucket.create(segmentKey(place, first), Segment.encode(first, entries))) {
                List<String> keys = new ArrayList<>();
                for (long number = first; number < first + Segment.ENTRIES; number++) {
                    keys.add(entryKey(place, number));
                }
                bucket.remove(keys);
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

    private static long number(Bucket.Listed listed) {
        return Long.parseLong(listed.key().substring(listed.key().lastIndexOf('/') + 1));
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
