package dev.plumbline.registry.s3;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Entries one after another, each after its length (big-endian, 4 bytes). */
final class Frames {

    private Frames() {}

    /** How many bytes entries take. */
    static int length(List<byte[]> entries) {
        return entries.stream().mapToInt(entry -> Integer.BYTES + entry.length).sum();
    }

    /** Writes entries at the buffer's position. */
    static void put(ByteBuffer buffer, List<byte[]> entries) {
        entries.forEach(entry -> buffer.putInt(entry.length).put(entry));
    }

    /** Reads so many entries from the buffer's position on; null when they are not there. */
    static @Nullable List<byte[]> take(ByteBuffer buffer, int count) {
        try {
            List<byte[]> entries = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int length = buffer.getInt();
                if (length < 0 || length > buffer.remaining()) {
                    return null;
                }
                byte[] entry = new byte[length];
                buffer.get(entry);
                entries.add(entry);
            }
            return entries;
        } catch (BufferUnderflowException e) {
            return null;
        }
    }
}
