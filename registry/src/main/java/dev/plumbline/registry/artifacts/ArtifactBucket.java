package dev.plumbline.registry.artifacts;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Files by keys, on a server. A failure says what was tried, why it failed and what to do; no secret is in it. */
public interface ArtifactBucket {

    /**
     * Writes a file to a key; what stood there is replaced.
     *
     * @throws IOException when it cannot be written
     */
    void put(String key, Path file) throws IOException;

    /**
     * Reads a key into a file, whose folder exists; a file that is there is replaced.
     *
     * @return false when nothing stands at the key
     * @throws IOException when it cannot be read
     */
    boolean get(String key, Path file) throws IOException;

    /**
     * Reads a key as a stream. The reader need not read it to its end; it is called again, from the beginning, when the connection
     * breaks.
     *
     * @return what the reader made of it; empty when nothing stands at the key
     * @throws IOException when it cannot be read
     */
    <T> Optional<T> read(String key, Reader<T> reader) throws IOException;

    /** Makes something of bytes. */
    @FunctionalInterface
    interface Reader<T> {

        /**
         * Makes it.
         *
         * @param size how many bytes there are, as the server says
         * @param content the bytes, closed by the caller
         * @throws IOException when they cannot be read
         */
        T read(long size, InputStream content) throws IOException;
    }

    /**
     * The keys that begin with a prefix, in order.
     *
     * @throws IOException when they cannot be listed
     */
    default List<String> list(String prefix) throws IOException {
        return list(prefix, Integer.MAX_VALUE);
    }

    /**
     * The first keys that begin with a prefix, in order.
     *
     * @param most how many at most
     * @throws IOException when they cannot be listed
     */
    List<String> list(String prefix, int most) throws IOException;

    /**
     * Removes keys; one at which nothing stands is removed already.
     *
     * @throws IOException when one cannot be removed
     */
    void remove(List<String> keys) throws IOException;
}
