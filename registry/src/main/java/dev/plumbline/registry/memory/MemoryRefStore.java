package dev.plumbline.registry.memory;

import dev.plumbline.registry.store.RefStore;
import dev.plumbline.registry.store.StoreException;
import dev.plumbline.registry.store.StoreNames;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Refs in a map. */
final class MemoryRefStore implements RefStore {

    private final TreeMap<String, byte[]> refs = new TreeMap<>();

    @Override
    public synchronized Optional<byte[]> read(String name) {
        return Optional.ofNullable(refs.get(StoreNames.check(name))).map(byte[]::clone);
    }

    @Override
    public synchronized boolean compareAndSet(String name, byte @Nullable [] expected, byte @Nullable [] value)
            throws StoreException {
        if (value != null && value.length > MAX_REF_BYTES) {
            throw new StoreException(
                    "tried to set ref " + name + " to " + value.length + " bytes, refused because MAX_REF_BYTES is "
                            + MAX_REF_BYTES + "; store an object and refer to it",
                    false);
        }
        if (!Arrays.equals(refs.get(StoreNames.check(name)), expected)) {
            return false;
        }
        if (value == null) {
            refs.remove(name);
        } else {
            refs.put(name, value.clone());
        }
        return true;
    }

    @Override
    public synchronized List<String> names(String prefix) {
        return refs.tailMap(prefix).keySet().stream()
                .takeWhile(name -> name.startsWith(prefix))
                .toList();
    }
}
