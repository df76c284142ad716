package dev.plumbline.registry.s3;

import dev.plumbline.registry.store.LogStoreContract;
import dev.plumbline.registry.store.StoreException;
import dev.plumbline.registry.store.Stores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;

@Tag("cluster")
class S3LogStoreTest extends LogStoreContract {

    private Versitygw server;

    @Override
    protected Stores open() throws StoreException {
        server = Versitygw.of(server, folder);
        return server.open();
    }

    @AfterEach
    void stop() throws InterruptedException {
        if (server != null) {
            server.close();
        }
    }
}
