package dev.plumbline.registry.s3;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The bytes at the key of an entry: those of one entry, or of several that were appended together and of which the key names the
 * first (how many there are, big-endian, 4 bytes, then {@link Frames}). Both are {@link Sealed}, under a magic of their own.
 */
final class Batch {

    private Batch() {}

    static byte[] encode(List<byte[]> entries) {
        if (entries.size() == 1) {
            return Sealed.seal(entries.getFirst());
        }
        ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES + Frames.length(entries));
        bytes.putInt(entries.size());
        Frames.put(bytes, entries);
        return Sealed.seal(Sealed.SEVERAL, bytes.array());
    }

    /** The entries, in order; null when the bytes are damaged. */
    static @Nullable List<byte[]> decode(byte[] bytes) {
        byte[] one = Sealed.open(bytes);
        if (one != null) {
            return List.of(one);
        }
        byte[] several = Sealed.open(Sealed.SEVERAL, bytes);
        if (several == null) {
            return null;
        }
        ByteBuffer buffer = ByteBuffer.wrap(several);
        return several.length < Integer.BYTES ? null : Frames.take(buffer, buffer.getInt());
    }
}
