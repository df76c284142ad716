package dev.plumbline.controller.local.runner;

import java.io.IOException;
import java.nio.file.Path;

/** A place where artifacts are kept by their keys. */
interface ArtifactPlace {

    /** Stores a file or folder. What stood under the key is replaced. */
    ArtifactStore.Stored put(String key, Path source, Packing packing, int level) throws IOException;

    /**
     * Puts a stored artifact at a path. An archive is unpacked, whichever it is, as in Argo; what is none stays as it is.
     *
     * @param packing whether anything is unpacked: {@code NONE} for not
     */
    void get(String key, Path target, Packing packing) throws IOException;

    /** Deletes what stands under the key, a file or a folder; it is no error when nothing does. */
    void remove(String key) throws IOException;
}
