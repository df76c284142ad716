package dev.plumbline.controller.apply;

import dev.plumbline.controller.live.ClusterException;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * How many writes are under way at once. One of a cluster is shared by all its syncs; each sync has a smaller one of its own, so that
 * one with thousands of objects leaves room for the others.
 */
public final class InFlight {

    /** Most writes to one API server: more connections make it slower (tests/benchmark/report.md). */
    public static final int CLUSTER = 32;

    /** Most writes of one sync. */
    public static final int SYNC = 24;

    private final Semaphore permits;

    /** At most so many at once. */
    public InFlight(int most) {
        this.permits = new Semaphore(most, true);
    }

    /** Waits for its turn and calls. */
    <T extends @Nullable Object> T call(Call<T> call) throws ClusterException {
        permits.acquireUninterruptibly();
        try {
            return call.call();
        } finally {
            permits.release();
        }
    }

    /** A call of a cluster. */
    @FunctionalInterface
    interface Call<T extends @Nullable Object> {
        T call() throws ClusterException;
    }
}
