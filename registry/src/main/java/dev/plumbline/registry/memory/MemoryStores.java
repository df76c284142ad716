package dev.plumbline.registry.memory;

import dev.plumbline.registry.store.Stores;

/** Makes stores in memory. */
public final class MemoryStores {

    private MemoryStores() {}

    /** New, empty stores. */
    public static Stores create() {
        return new Stores(new MemoryObjectStore(), new MemoryRefStore(), new MemoryLogStore());
    }
}
