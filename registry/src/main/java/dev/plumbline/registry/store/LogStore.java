package dev.plumbline.registry.store;

import java.util.List;

/**
 * Append-only streams of entries with consecutive numbers from 1. Stream names follow the rule of {@link RefStore}. Many
 * threads and processes may call it.
 */
public interface LogStore {

    /** Most bytes of one entry: 16 MiB. */
    int MAX_ENTRY_BYTES = 16 * 1024 * 1024;

    /**
     * Appends an entry at a number if and only if that is the next number of the stream; when this returns true the entry
     * survives a crash.
     *
     * @return whether it was appended; false means that the next number is another one
     * @throws StoreException when it is unknown whether it was appended; read the number again
     */
    default boolean append(String stream, long number, byte[] entry) throws StoreException {
        return append(stream, number, List.of(entry)) == 1;
    }

    /**
     * Appends entries one after the other from a number on, in one write, if and only if that is the next number of the stream.
     *
     * @param entries at least one; of all together at most {@link #MAX_ENTRY_BYTES}
     * @return how many of them were appended, from the first on, and survive a crash now. 0 means that the next number is another
     *     one. A store may take fewer than it is given, and at least one; the others can be appended at the number that follows
     * @throws StoreException when it is unknown whether any of them, from the first on, were appended; read the number again
     */
    int append(String stream, long number, List<byte[]> entries) throws StoreException;

    /**
     * The number that the next entry will have: 1 for a stream without entries.
     *
     * @throws StoreException when the store cannot be read
     */
    long next(String stream) throws StoreException;

    /**
     * Entries from a number on, in order, at most {@code limit}.
     *
     * @throws StoreException when the store cannot be read, or an entry is damaged (not retryable)
     */
    List<Entry> read(String stream, long from, int limit) throws StoreException;

    /**
     * Names of all streams that begin with a prefix, sorted.
     *
     * @throws StoreException when the store cannot be read
     */
    List<String> streams(String prefix) throws StoreException;

    /**
     * Checks the bounds of what is to be appended, the same in every store.
     *
     * @throws StoreException when the bytes pass {@link #MAX_ENTRY_BYTES} (not retryable)
     * @throws IllegalArgumentException when there is no entry, which is a bug
     */
    static void check(String stream, List<byte[]> entries) throws StoreException {
        if (entries.isEmpty()) {
            throw new IllegalArgumentException("nothing to append to " + stream);
        }
        long bytes = entries.stream().mapToLong(entry -> entry.length).sum();
        if (bytes > MAX_ENTRY_BYTES) {
            throw new StoreException(
                    "tried to append " + bytes + " bytes to " + stream + ", refused because MAX_ENTRY_BYTES is "
                            + MAX_ENTRY_BYTES + "; store an object and refer to it",
                    false);
        }
    }

    /**
     * One entry.
     *
     * @param number its number, from 1
     * @param bytes its bytes
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by number only; the bytes are handed on as they are
    record Entry(long number, byte[] bytes) {}
}
