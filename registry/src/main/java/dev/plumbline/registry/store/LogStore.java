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
    boolean append(String stream, long number, byte[] entry) throws StoreException;

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
     * One entry.
     *
     * @param number its number, from 1
     * @param bytes its bytes
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by number only; the bytes are handed on as they are
    record Entry(long number, byte[] bytes) {}
}
