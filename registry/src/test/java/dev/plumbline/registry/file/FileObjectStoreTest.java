package dev.plumbline.registry.file;

import dev.plumbline.registry.store.ObjectStoreContract;
import dev.plumbline.registry.store.StoreException;
import dev.plumbline.registry.store.Stores;

class FileObjectStoreTest extends ObjectStoreContract {

    @Override
    protected Stores open() throws StoreException {
        return FileStores.open(folder);
    }
}
