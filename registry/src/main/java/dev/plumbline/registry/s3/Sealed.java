package dev.plumbline.registry.s3;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of one ref or entry, format 1: magic, sixteen random bytes, CRC-32C of these and of the value (big-endian, 24
 * bytes), then the value. The random bytes make each write unlike all others, even one of the same value: so a writer knows
 * its own again, and a value that came back is told from one that stayed.
 */
final class Sealed {

    /** Magic of several values as one, see {@link Batch}. */
    static final int SEVERAL = 0x504C4231; // "PLB1"

    private static final int ONE = 0x504C5631; // "PLV1"

    private static final int SUM_AT = 20;

    private static final int HEADER = 24;

    private Sealed() {}

    /** Wraps a value. */
    static byte[] seal(byte[] value) {
        return seal(ONE, value);
    }

    /** Wraps a value under a magic. */
    static byte[] seal(int magic, byte[] value) {
        UUID random = UUID.randomUUID();
        ByteBuffer bytes = ByteBuffer.allocate(HEADER + value.length);
        bytes.putInt(magic).putLong(random.getMostSignificantBits()).putLong(random.getLeastSignificantBits());
        bytes.putInt(0).put(value);
        bytes.putInt(SUM_AT, sum(bytes.array()));
        return bytes.array();
    }

    /** The value; null when the bytes are damaged. */
    static byte @Nullable [] open(byte[] bytes) {
        return open(ONE, bytes);
    }

    /** The value; null when the bytes are damaged, or stand under another magic. */
    static byte @Nullable [] open(int magic, byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        if (bytes.length < HEADER || buffer.getInt(0) != magic || buffer.getInt(SUM_AT) != sum(bytes)) {
            return null;
        }
        return Arrays.copyOfRange(bytes, HEADER, bytes.length);
    }

    private static int sum(byte[] bytes) {
        CRC32C sum = new CRC32C();
        sum.update(bytes, 0, SUM_AT);
        sum.update(bytes, HEADER, bytes.length - HEADER);
        return (int) sum.getValue();
    }
}
