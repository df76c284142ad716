package dev.plumbline.controller.apply;

import dev.plumbline.controller.live.ClusterException;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * How much is under way at once. The one of a cluster counts writes and is shared by all its syncs; each sync has a smaller one of its own,
 * which counts changes, so that a sync with thousands of objects leaves room for the others.
 */
public final class InFlight {

    /** Most writes to one API server: more of them make it slower, not faster. */
    public static final int CLUSTER = 32;

    /** Most changes of one sync. */
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

    /** The same where nothing is answered. */
    void run(Write write) throws ClusterException {
        call(() -> {
            write.write();
            return true;
        });
    }

    /** A call of a cluster. */
    @FunctionalInterface
    interface Call<T extends @Nullable Object> {
        T call() throws ClusterException;
    }

    /** A call of a cluster that answers nothing. */
    @FunctionalInterface
    interface Write {
        void write() throws ClusterException;
    }
}
