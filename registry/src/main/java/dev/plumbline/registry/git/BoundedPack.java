package dev.plumbline.registry.git;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A pack as it comes in, cut off with a reason where it passes a bound. */
final class BoundedPack extends FilterInputStream {

    /** The number of objects stands in the last four of the first bytes, after {@code PACK} and the version. */
    private static final int HEADER = 12;

    private static final int COUNT_FROM = 8;

    private final FetchBounds bounds;
    private final long end = System.nanoTime() + Patience.FETCH.toNanos();
    private long read;
    private long objects;

    BoundedPack(InputStream pack, FetchBounds bounds) {
        super(pack);
        this.bounds = bounds;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int from, int length) throws IOException {
        int count = super.read(buffer, from, length);
        for (int i = 0; i < count && read + i < HEADER; i++) {
            if (read + i >= COUNT_FROM) {
                objects = objects << Byte.SIZE | (buffer[from + i] & 0xFF);
            }
        }
        read += Math.max(count, 0);
        if (objects > FetchBounds.MAX_OBJECTS) {
            throw new BoundException(objects + " objects pass MAX_OBJECTS (" + FetchBounds.MAX_OBJECTS + ")");
        }
        if (read > bounds.packBytes()) {
            throw new BoundException("it sends more than MAX_FETCH_BYTES (" + bounds.packBytes() + ")");
        }
        if (System.nanoTime() - end > 0) {
            throw new BoundException("it takes longer than " + Patience.FETCH.toMinutes() + " minutes");
        }
        return count;
    }

    @Override
    public long skip(long count) throws IOException {
        return read(new byte[(int) Math.min(count, Short.MAX_VALUE)]);
    }
}
