package dev.plumbline.registry.store;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Small values by name, moved only by compare-and-set. Names are parts of {@code [A-Za-z0-9._@:-]+} joined by {@code /}.
 * Many threads and processes may call it.
 */
public interface RefStore {

    /** Most bytes of one value: 4 MiB. */
    int MAX_REF_BYTES = 4 * 1024 * 1024;

    /**
     * The value of a ref; empty when it does not exist.
     *
     * @throws StoreException when the store cannot be read
     */
    Optional<byte[]> read(String name) throws StoreException;

    /**
     * Sets a ref atomically if and only if its value is the expected one.
     *
     * @param expected the value it must have now; null when it must not exist
     * @param value the new value; null removes it
     * @return whether it was set; false means that the value was another one
     * @throws StoreException when it is unknown whether it was set; read again
     */
    boolean compareAndSet(String name, byte @Nullable [] expected, byte @Nullable [] value) throws StoreException;

    /**
     * Names of all refs that begin with a prefix, sorted.
     *
     * @throws StoreException when the store cannot be read
     */
    List<String> names(String prefix) throws StoreException;
}
