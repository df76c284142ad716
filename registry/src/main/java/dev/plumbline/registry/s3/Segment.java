package dev.plumbline.registry.s3;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
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
        int length = HEADER;
        for (byte[] entry : entries) {
            length += Integer.BYTES + entry.length;
        }
        ByteBuffer bytes = ByteBuffer.allocate(length);
        bytes.putInt(MAGIC).putLong(first).putInt(entries.size()).putInt(0);
        entries.forEach(entry -> bytes.putInt(entry.length).put(entry));
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
        try {
            List<byte[]> entries = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                byte[] entry = new byte[buffer.getInt()];
                buffer.get(entry);
                entries.add(entry);
            }
            return entries;
        } catch (BufferUnderflowException | NegativeArraySizeException e) {
            return null;
        }
    }

    private static int sum(byte[] bytes) {
        CRC32C sum = new CRC32C();
        sum.update(bytes, HEADER, bytes.length - HEADER);
        return (int) sum.getValue();
    }
}
