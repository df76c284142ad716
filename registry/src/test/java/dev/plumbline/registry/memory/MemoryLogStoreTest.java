package dev.plumbline.registry.memory;

import dev.plumbline.registry.store.LogStoreContract;
import dev.plumbline.registry.store.Stores;

class MemoryLogStoreTest extends LogStoreContract {

    @Override
    protected Stores open() {
        return MemoryStores.create();
    }
}
