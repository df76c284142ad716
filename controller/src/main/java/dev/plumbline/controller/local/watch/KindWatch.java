package dev.plumbline.controller.local.watch;

import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.live.ClusterReader;
import dev.plumbline.controller.live.LiveList;
import dev.plumbline.controller.live.Selection;
import dev.plumbline.controller.live.Watch;
import dev.plumbline.controller.live.WatchListener;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Sees every object of a kind and every change of it, for as long as it is open. */
public final class KindWatch implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final ClusterReader reader;
    private final Selection selection;
    private final Handler handler;
    private final CountDownLatch closed = new CountDownLatch(1);
    private @Nullable CompletableFuture<ClusterException> current;

    /** Takes what is seen. */
    @FunctionalInterface
    public interface Handler {

        /** An object as it is, or was last when it is gone. What was seen may be older than what another thread has written since. */
        void seen(WatchListener.Type type, Map<String, @Nullable Object> object);
    }

    /**
     * A watch that does not look yet.
     *
     * @param group API group of the kind, in all namespaces
     * @param handler called by one thread; it must not block
     */
    public KindWatch(ClusterReader reader, String group, String kind, Handler handler) {
        this.reader = reader;
        this.selection = Selection.of(group, kind, "");
        this.handler = handler;
    }

    /** Begins, in a thread of its own. */
    public void start() {
        Thread.ofVirtual().name("watch " + selection.kind()).start(this::loop);
    }

    @Override
    public synchronized void close() {
        closed.countDown();
        if (current != null) {
            current.cancel(false);
        }
    }

    private void loop() {
        while (closed.getCount() > 0) {
            try {
                LiveList list = reader.list(selection);
                for (Map<String, @Nullable Object> item : list.items()) {
                    handler.seen(WatchListener.Type.ADDED, item);
                }
                if (follow(list.resourceVersion())) {
                    continue;
                }
            } catch (ClusterException e) {
                System.getLogger(KindWatch.class.getName())
                        .log(System.Logger.Level.WARNING, "cannot watch " + selection.kind() + ": " + e.getMessage());
                if (e.reason() == ClusterException.Reason.UNSUPPORTED) {
                    return;
                }
            }
            pause();
        }
    }

    /** Follows changes until the watch ends; returns whether to list again at once. */
    private boolean follow(String from) throws ClusterException {
        CompletableFuture<ClusterException> end = new CompletableFuture<>();
        synchronized (this) {
            if (closed.getCount() == 0) {
                return true;
            }
            current = end;
        }
        try (Watch _ = reader.watch(selection, from, new Listener(handler, end))) {
            ClusterException why = end.join();
            return why.reason() == ClusterException.Reason.GONE;
        } catch (CancellationException e) {
            return true;
        }
    }

    private void pause() {
        try {
            closed.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closed.countDown();
        }
    }

    private record Listener(Handler handler, CompletableFuture<ClusterException> end) implements WatchListener {

        @Override
        public void changed(Type type, Map<String, @Nullable Object> object) {
            handler.seen(type, object);
        }

        @Override
        public void ended(ClusterException why) {
            end.complete(why);
        }
    }
}
