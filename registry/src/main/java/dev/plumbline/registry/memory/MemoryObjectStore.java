package dev.plumbline.registry.memory;

import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.store.ObjectStore;
import dev.plumbline.registry.store.StoreException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Objects in a map. */
final class MemoryObjectStore implements ObjectStore {

    private final Map<Digest, byte[]> objects = new ConcurrentHashMap<>();

    @Override
    public Digest put(byte[] bytes) throws StoreException {
        if (bytes.length > MAX_OBJECT_BYTES) {
            throw new StoreException(
                    "tried to store an object of " + bytes.length + " bytes, refused because MAX_OBJECT_BYTES is "
                            + MAX_OBJECT_BYTES + "; split it",
                    false);
        }
        Digest digest = Digest.of(bytes);
        objects.putIfAbsent(digest, bytes.clone());
        return digest;
    }

    @Override
    public Optional<byte[]> get(Digest digest) {
        return Optional.ofNullable(objects.get(digest)).map(byte[]::clone);
    }
}
