package dev.plumbline.registry.file;

import dev.plumbline.registry.store.LogStoreContract;
import dev.plumbline.registry.store.StoreException;
import dev.plumbline.registry.store.Stores;

class FileLogStoreTest extends LogStoreContract {

    @Override
    protected Stores open() throws StoreException {
        return FileStores.open(folder);
    }
}
