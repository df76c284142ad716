package dev.plumbline.registry.memory;

import dev.plumbline.registry.store.LogStore;
import dev.plumbline.registry.store.LogStoreContract;
import dev.plumbline.registry.store.Stores;

class MemoryLogStoreTest extends LogStoreContract {

    @Override
    protected Stores open() {
        return MemoryStores.create();
    }

    @Override
    protected LogStore otherReader(LogStore logs) {
        return logs; // It is of one process alone.
    }
}
