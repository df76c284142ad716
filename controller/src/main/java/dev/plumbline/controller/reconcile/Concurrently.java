package dev.plumbline.controller.reconcile;

import dev.plumbline.controller.live.ClusterException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/** Reads of many objects at once on virtual threads, a bounded number at one time. */
final class Concurrently {

    private Concurrently() {}

    /** One read. */
    @FunctionalInterface
    interface Read<T> {
        void of(T one) throws ClusterException;
    }

    /**
     * Reads each; returns when all ended.
     *
     * @throws ClusterException the first refusal in the order of the given ones
     */
    static <T> void each(Collection<T> all, int atOnce, Read<T> read) throws ClusterException {
        Semaphore room = new Semaphore(atOnce);
        List<Future<?>> futures = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (T one : all) {
                futures.add(threads.submit(() -> {
                    room.acquire();
                    try {
                        read.of(one);
                    } finally {
                        room.release();
                    }
                    return true;
                }));
            }
        }
        for (Future<?> future : futures) {
            result(future);
        }
    }

    private static void result(Future<?> future) throws ClusterException {
        try {
            future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ClusterException refusal) {
                throw refusal;
            }
            throw new IllegalStateException("a read ended by a bug", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClusterException(
                    ClusterException.Reason.UNAVAILABLE, null, "reading the cluster was interrupted; try again later");
        }
    }
}
