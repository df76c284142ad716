package dev.plumbline.registry.file;

import dev.plumbline.registry.store.StoreException;
import java.io.IOException;

/** Work on files. */
@FunctionalInterface
interface IoCall<T> {
    T run() throws IOException, StoreException;
}
