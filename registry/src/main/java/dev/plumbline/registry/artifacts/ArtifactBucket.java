package dev.plumbline.registry.artifacts;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

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
     * The keys that begin with a prefix, in order.
     *
     * @throws IOException when they cannot be listed
     */
    List<String> list(String prefix) throws IOException;
}
