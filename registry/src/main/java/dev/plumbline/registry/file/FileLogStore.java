package dev.plumbline.registry.file;

import dev.plumbline.registry.store.LogStore;
import dev.plumbline.registry.store.StoreException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One folder per stream under {@code logs/}, holding segments named by the number of their first entry. An append is one
 * write and one sync at the end of the newest segment, however many entries it has; a full one is sealed by the next one's existence and never written
 * again. What a crash left unfinished at the end is not read, and is cut by the next append.
 */
final class FileLogStore implements LogStore {

    /** A segment of at least this many bytes is sealed: reading one whole must stay cheap. */
    private static final int SEGMENT_BYTES = 1024 * 1024;

    private static final String SUFFIX = ".log";

    private final Folder folder;
    private final Names names;
    private final Map<String, Tail> tails = new ConcurrentHashMap<>();

    FileLogStore(Folder folder) {
        this.folder = folder;
        this.names = new Names(folder.root().resolve("logs"));
    }

    @Override
    public int append(String stream, long number, List<byte[]> entries) throws StoreException {
        LogStore.check(stream, entries);
        Path place = names.path(stream);
        try {
            return folder.locked("log " + stream, () -> {
                Tail tail = tail(stream, place);
                if (tail.next != number) {
                    return 0;
                }
                tails.remove(stream);
                tails.put(stream, write(place, tail, Segment.encode(number, entries), entries.size()));
                return entries.size();
            });
        } catch (IOException e) {
            throw FileStores.failed("append to", place.toString(), e, "free space or repair the disk, then retry");
        }
    }

    @Override
    public long next(String stream) throws StoreException {
        Path place = names.path(stream);
        return reading(stream, place, () -> {
            Tail known = tails.get(stream);
            if (known != null
                    && known.size < SEGMENT_BYTES
                    && Files.exists(file(place, known.base))
                    && size(file(place, known.base)) == known.size) {
                return known.next; // Nobody appended since.
            }
            Map.Entry<Long, Path> last = segments(place).lastEntry();
            if (last == null) {
                return 1L;
            }
            return segment(last.getValue(), last.getKey(), Long.MAX_VALUE).after();
        });
    }

    @Override
    public List<Entry> read(String stream, long from, int limit) throws StoreException {
        Path place = names.path(stream);
        return reading(stream, place, () -> {
            NavigableMap<Long, Path> segments = segments(place);
            List<Entry> found = new ArrayList<>();
            Long first = segments.floorKey(Math.max(from, 1));
            for (Map.Entry<Long, Path> at :
                    segments.tailMap(first == null ? 1 : first).entrySet()) {
                if (found.size() >= limit) {
                    break;
                }
                Segment segment = segment(at.getValue(), at.getKey(), from);
                Long following = segments.higherKey(at.getKey());
                if (following != null && following != segment.after()) {
                    throw Segment.damaged(at.getValue(), segment.after(), segment.end());
                }
                int room = limit - found.size();
                found.addAll(segment.entries()
                        .subList(0, Math.min(room, segment.entries().size())));
            }
            return found;
        });
    }

    @Override
    public List<String> streams(String prefix) throws StoreException {
        try {
            return names.list(prefix);
        } catch (IOException e) {
            throw FileStores.failed("list streams", prefix, e, "repair the disk, then retry");
        }
    }

    /** Reads without the lock; what looks damaged may be an append under way, so it is looked at again with it. */
    private <T> T reading(String stream, Path place, IoCall<T> call) throws StoreException {
        try {
            try {
                return call.run();
            } catch (StoreException e) {
                return folder.locked("log " + stream, call);
            }
        } catch (IOException e) {
            throw FileStores.failed("read", place.toString(), e, "repair the disk, then retry");
        }
    }

    /** The end of a stream, without what a crash left unfinished. The lock is held. */
    private Tail tail(String stream, Path place) throws IOException, StoreException {
        Tail known = tails.get(stream);
        if (known != null && known.size < SEGMENT_BYTES && size(file(place, known.base)) == known.size) {
            return known;
        }
        Map.Entry<Long, Path> last = segments(place).lastEntry();
        if (last == null) {
            return new Tail(0, SEGMENT_BYTES, 1);
        }
        Segment segment = segment(last.getValue(), last.getKey(), last.getKey());
        if (size(last.getValue()) != segment.end()) {
            try (RandomAccessFile file = new RandomAccessFile(last.getValue().toFile(), "rw")) {
                file.setLength(segment.end());
                file.getFD().sync();
            }
        }
        return new Tail(last.getKey(), segment.end(), segment.after());
    }

    private Tail write(Path place, Tail tail, byte[] bytes, int entries) throws IOException {
        if (tail.size >= SEGMENT_BYTES) {
            folder.replace(file(place, tail.next), bytes);
            return new Tail(tail.next, bytes.length, tail.next + entries);
        }
        try (RandomAccessFile file = new RandomAccessFile(file(place, tail.base).toFile(), "rw")) {
            file.seek(tail.size);
            file.write(bytes);
            file.getFD().sync();
        }
        return new Tail(tail.base, tail.size + bytes.length, tail.next + entries);
    }

    private static Segment segment(Path file, long base, long from) throws IOException, StoreException {
        return Segment.decode(file, base, from, Files.readAllBytes(file));
    }

    private static NavigableMap<Long, Path> segments(Path place) throws IOException {
        TreeMap<Long, Path> segments = new TreeMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(place, "[0-9]*" + SUFFIX)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                segments.put(Long.valueOf(name.substring(0, name.length() - SUFFIX.length())), file);
            }
        } catch (NoSuchFileException e) {
            return segments;
        }
        return segments;
    }

    private static Path file(Path place, long base) {
        return place.resolve(String.format("%019d", base) + SUFFIX);
    }

    private static long size(Path file) throws IOException {
        return Files.size(file);
    }

    /** The newest segment: number of its first entry, bytes, and the number that the next entry will have. */
    private record Tail(long base, long size, long next) {}
}
