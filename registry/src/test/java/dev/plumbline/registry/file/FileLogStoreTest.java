package dev.plumbline.registry.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.store.LogStore;
import dev.plumbline.registry.store.LogStoreContract;
import dev.plumbline.registry.store.StoreException;
import dev.plumbline.registry.store.Stores;
import java.io.RandomAccessFile;
import org.junit.jupiter.api.Test;

class FileLogStoreTest extends LogStoreContract {

    private static final long MOST_OVERHEAD_NANOSECONDS = 1_000_000;

    @Override
    protected Stores open() throws StoreException {
        return FileStores.open(folder);
    }

    @Test
    void anAppendCostsLittleMoreThanItsSync() throws Exception {
        LogStore logs = open().logs();
        byte[] entry = new byte[600];
        int appends = 2000;
        long before = System.nanoTime();
        for (int number = 1; number <= appends; number++) {
            logs.append("cost", number, entry);
        }
        long appended = System.nanoTime() - before;
        before = System.nanoTime();
        try (RandomAccessFile file = new RandomAccessFile(folder.resolve("bare").toFile(), "rw")) {
            for (int number = 1; number <= appends; number++) {
                file.write(entry);
                file.getFD().sync();
            }
        }
        long bare = System.nanoTime() - before;
        before = System.nanoTime();
        assertEquals(10, logs.read("cost", appends - 9, 10).size());
        long read = System.nanoTime() - before;
        System.out.println("an append takes " + appended / appends / 1000 + " µs, of which a bare write and sync "
                + bare / appends / 1000 + " µs; reading the newest ten " + read / 1000 + " µs");
        assertTrue(appended - bare < appends * MOST_OVERHEAD_NANOSECONDS, (appended - bare) / appends + " ns each");
    }
}
