package dev.plumbline.registry.memory;

import dev.plumbline.registry.store.ObjectStoreContract;
import dev.plumbline.registry.store.Stores;

class MemoryObjectStoreTest extends ObjectStoreContract {

    @Override
    protected Stores open() {
        return MemoryStores.create();
    }
}
