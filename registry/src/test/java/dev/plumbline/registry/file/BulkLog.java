package dev.plumbline.registry.file;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes a long log of a folder as appends would have left it, without waiting for the disk at each entry. */
public final class BulkLog implements AutoCloseable {

    private static final int SEGMENT_BYTES = 1024 * 1024;

    private final Path place;
    private final ByteArrayOutputStream segment = new ByteArrayOutputStream();
    private long base = 1;
    private long next = 1;

    /** A log that is not there yet, in the folder of a store. */
    public BulkLog(Path store, String stream) throws IOException {
        this.place = new Names(store.resolve("logs")).path(stream);
        Files.createDirectories(place);
    }

    /** Appends an entry. */
    public void append(byte[] entry) throws IOException {
        if (segment.size() >= SEGMENT_BYTES) {
            close();
            base = next;
        }
        segment.writeBytes(Segment.encode(next, List.of(entry)));
        next++;
    }

    @Override
    public void close() throws IOException {
        Files.write(place.resolve(String.format("%019d", base) + ".log"), segment.toByteArray());
        segment.reset();
    }
}
