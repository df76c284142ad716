package dev.plumbline.registry.memory;

import dev.plumbline.registry.store.RefStoreContract;
import dev.plumbline.registry.store.Stores;

class MemoryRefStoreTest extends RefStoreContract {

    @Override
    protected Stores open() {
        return MemoryStores.create();
    }
}
