package dev.plumbline.registry.s3;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Sealed entries of a stream as one object, format 1: magic, number of the first entry, how many there are, CRC-32C of all
 * that follows it (big-endian, 20 bytes), then each entry after its length.
 */
final class Segment {

    /** Entries of a segment. The first numbers are 1, 65, 129, … */
    static final int ENTRIES = 64;

    /** Most bytes of all entries of a segment: 8 MiB. Larger ones stay apart. */
    static final long MAX_BYTES = 8L * 1024 * 1024;

    private static final int MAGIC = 0x504C5331; // "PLS1"

    private static final int HEADER = 20;

    private Segment() {}

    /** Number of the first entry of the segment that an entry belongs to. */
    static long first(long number) {
        return (number - 1) / ENTRIES * ENTRIES + 1;
    }

    static byte[] encode(long first, List<byte[]> entries) {
        ByteBuffer bytes = ByteBuffer.allocate(HEADER + Frames.length(entries));
        bytes.putInt(MAGIC).putLong(first).putInt(entries.size()).putInt(0);
        Frames.put(bytes, entries);
        return bytes.putInt(HEADER - Integer.BYTES, sum(bytes.array())).array();
    }

    /** The entries, in order; null when the bytes are damaged or another segment's. */
    static @Nullable List<byte[]> decode(long first, byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        if (bytes.length < HEADER || buffer.getInt() != MAGIC || buffer.getLong() != first) {
            return null;
        }
        int count = buffer.getInt();
        if (count != ENTRIES || buffer.getInt() != sum(bytes)) {
            return null;
        }
        return Frames.take(buffer, count);
    }

    private static int sum(byte[] bytes) {
        CRC32C sum = new CRC32C();
        sum.update(bytes, HEADER, bytes.length - HEADER);
        return (int) sum.getValue();
    }
}
