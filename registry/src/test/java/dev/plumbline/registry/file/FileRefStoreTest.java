package dev.plumbline.registry.file;

import dev.plumbline.registry.store.RefStoreContract;
import dev.plumbline.registry.store.StoreException;
import dev.plumbline.registry.store.Stores;

class FileRefStoreTest extends RefStoreContract {

    @Override
    protected Stores open() throws StoreException {
        return FileStores.open(folder);
    }
}
