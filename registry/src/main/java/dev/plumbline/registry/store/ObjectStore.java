package dev.plumbline.registry.store;

import dev.plumbline.registry.model.Digest;
import java.util.Optional;

/** Bytes by their digest. Create-only: what was put is never changed or removed through this door. Many threads may call it. */
public interface ObjectStore {

    /** Most bytes of one object: 64 MiB. */
    int MAX_OBJECT_BYTES = 64 * 1024 * 1024;

    /**
     * Keeps these bytes; when this returns they survive a crash. Putting the same bytes again changes nothing.
     *
     * @throws StoreException when they could not be kept; whether they were is then unknown, and putting again is safe
     */
    Digest put(byte[] bytes) throws StoreException;

    /**
     * The bytes of a digest, checked against it; empty when they were never put.
     *
     * @throws StoreException when the store cannot be read, or what it holds does not have that digest (not retryable)
     */
    Optional<byte[]> get(Digest digest) throws StoreException;
}
