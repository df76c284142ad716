package dev.plumbline.registry.index;

import dev.plumbline.registry.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Reads many small things of a store that is far away. */
final class Parallel {

    /** Readings at once. */
    private static final int AT_ONCE = 32;

    private Parallel() {}

    /** What each becomes, in their order. */
    static <A, B> List<B> map(List<A> from, Reading<A, B> reading) throws StoreException {
        try (ExecutorService threads = Executors.newFixedThreadPool(
                AT_ONCE, Thread.ofVirtual().name("index-", 0).factory())) {
            List<Future<B>> futures = from.stream()
                    .map(each -> threads.submit(() -> reading.of(each)))
                    .toList();
            List<B> all = new ArrayList<>();
            for (Future<B> future : futures) {
                all.add(future.get());
            }
            return all;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof StoreException failed) {
                throw failed;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException("tried to read for the index, interrupted; ask again", true);
        }
    }

    /** Reads one thing. */
    interface Reading<A, B> {
        B of(A from) throws StoreException;
    }
}
