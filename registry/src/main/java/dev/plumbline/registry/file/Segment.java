package dev.plumbline.registry.file;

import dev.plumbline.registry.store.LogStore;
import dev.plumbline.registry.store.StoreException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The bytes of one segment of a stream, format 1: entries one after another, each a header of magic, length, number,
 * CRC-32C of these and CRC-32C of the entry (big-endian, 24 bytes), then the entry. The header has its own checksum so that
 * a damaged length is told from an append that a crash cut short.
 *
 * @param entries its whole entries from the one on that was asked for, in order
 * @param after the number behind its last whole entry
 * @param end length of the whole entries in bytes; what follows is an unfinished append
 */
record Segment(List<LogStore.Entry> entries, long after, int end) {

    private static final int MAGIC = 0x504C4C31; // "PLL1"
    private static final int HEADER = 24;
    private static final int HEADER_SUMMED = 16;

    /** Entries as they are appended, the first with this number. */
    static byte[] encode(long number, List<byte[]> entries) {
        ByteBuffer bytes = ByteBuffer.allocate(
                entries.stream().mapToInt(entry -> HEADER + entry.length).sum());
        long next = number;
        for (byte[] entry : entries) {
            int at = bytes.position();
            bytes.putInt(MAGIC).putInt(entry.length).putLong(next++);
            bytes.putInt(sum(bytes.array(), at, HEADER_SUMMED)).putInt(sum(entry, 0, entry.length));
            bytes.put(entry);
        }
        return bytes.array();
    }

    /**
     * Reads a segment. Of entries before {@code from} only the headers are looked at: most readers want what is new.
     *
     * @param base number of its first entry
     * @param from the first entry that is wanted
     * @throws StoreException when a whole entry does not have its checksum (not retryable)
     */
    static Segment decode(Path file, long base, long from, byte[] bytes) throws StoreException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        List<LogStore.Entry> entries = new ArrayList<>();
        long number = base;
        int at = 0;
        while (bytes.length - at >= HEADER && !zeros(bytes, at)) {
            int length = buffer.getInt(at + Integer.BYTES);
            if (buffer.getInt(at) != MAGIC
                    || buffer.getLong(at + 2 * Integer.BYTES) != number
                    || buffer.getInt(at + HEADER_SUMMED) != sum(bytes, at, HEADER_SUMMED)) {
                throw damaged(file, number, at);
            }
            int start = at + HEADER;
            if (bytes.length - start < length) {
                break;
            }
            if (number >= from) {
                if (buffer.getInt(start - Integer.BYTES) != sum(bytes, start, length)) {
                    throw damaged(file, number, at);
                }
                entries.add(new LogStore.Entry(number, Arrays.copyOfRange(bytes, start, start + length)));
            }
            number++;
            at = start + length;
        }
        return new Segment(entries, number, at);
    }

    static StoreException damaged(Path file, long number, int at) {
        return new StoreException(
                "tried to read entry " + number + " of " + file + ", failed because the bytes at " + at
                        + " do not have their checksum; restore this file from a backup",
                false);
    }

    /** Whether only zeros follow: a file system may lengthen a file before it keeps the bytes. */
    private static boolean zeros(byte[] bytes, int from) {
        for (int i = from; i < bytes.length; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }

    private static int sum(byte[] bytes, int from, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, length);
        return (int) crc.getValue();
    }
}
