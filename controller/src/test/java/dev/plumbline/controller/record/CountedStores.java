package dev.plumbline.controller.record;

import dev.plumbline.registry.store.LogStore;
import dev.plumbline.registry.store.RefStore;
import dev.plumbline.registry.store.StoreException;
import dev.plumbline.registry.store.Stores;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Stores that count how often they are read. */
final class CountedStores {

    private final Stores stores;
    private final AtomicLong reads = new AtomicLong();
    private volatile long last = System.nanoTime();

    CountedStores(Stores counted) {
        this.stores = new Stores(counted.objects(), new Refs(counted.refs()), new Logs(counted.logs()));
    }

    Stores stores() {
        return stores;
    }

    /** How often refs and logs were read or listed. */
    long reads() {
        return reads.get();
    }

    /** Whether nothing was read for this long. */
    boolean restsFor(Duration time) {
        return System.nanoTime() - last > time.toNanos();
    }

    private void read() {
        last = System.nanoTime();
        reads.incrementAndGet();
    }

    private final class Refs implements RefStore {

        private final RefStore refs;

        Refs(RefStore refs) {
            this.refs = refs;
        }

        @Override
        public Optional<byte[]> read(String name) throws StoreException {
            CountedStores.this.read();
            return refs.read(name);
        }

        @Override
        public boolean compareAndSet(String name, byte @Nullable [] expected, byte @Nullable [] value)
                throws StoreException {
            return refs.compareAndSet(name, expected, value);
        }

        @Override
        public List<String> names(String prefix) throws StoreException {
            CountedStores.this.read();
            return refs.names(prefix);
        }
    }

    private final class Logs implements LogStore {

        private final LogStore logs;

        Logs(LogStore logs) {
            this.logs = logs;
        }

        @Override
        public int append(String stream, long number, List<byte[]> entries) throws StoreException {
            return logs.append(stream, number, entries);
        }

        @Override
        public long next(String stream) throws StoreException {
            CountedStores.this.read();
            return logs.next(stream);
        }

        @Override
        public List<Entry> read(String stream, long from, int limit) throws StoreException {
            CountedStores.this.read();
            return logs.read(stream, from, limit);
        }

        @Override
        public List<String> streams(String prefix) throws StoreException {
            CountedStores.this.read();
            return logs.streams(prefix);
        }
    }
}
