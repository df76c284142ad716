package dev.plumbline.controller.informer;

import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.live.ClusterException.Reason;
import dev.plumbline.controller.live.ClusterReader;
import dev.plumbline.controller.live.LiveList;
import dev.plumbline.controller.live.LiveVersion;
import dev.plumbline.controller.live.Selection;
import dev.plumbline.controller.live.Watch;
import dev.plumbline.controller.live.WatchListener;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.model.ObjectKey;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Follows the objects of one kind that have a label: a list, then a watch, and a list again whenever the watch ended and cannot
 * be resumed. Objects are kept packed. Many threads may ask it.
 */
public final class Informer implements AutoCloseable {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final int MOST_DOUBLINGS = 6;

    /** A watch that lasted as long was a good one: the next failure is the first. */
    private static final Duration FRESH = Duration.ofSeconds(10);

    private final ClusterReader reader;
    private final Selection selection;
    private final String label;
    private final InformerListener listener;
    private final Map<ObjectKey, Kept> objects = new ConcurrentHashMap<>();
    private final Semaphore again = new Semaphore(0);
    private final Thread thread;
    private volatile CompletableFuture<Boolean> listed = new CompletableFuture<>();
    private volatile @Nullable ClusterException failure;
    private volatile boolean closed;

    /**
     * An informer that is not started yet.
     *
     * @param label the label that objects must have; empty for all objects of the kind
     */
    public Informer(ClusterReader reader, Selection selection, String label, InformerListener listener) {
        this.reader = reader;
        this.selection = label.isEmpty() ? selection : selection.having(label);
        this.label = label;
        this.listener = listener;
        this.thread = Thread.ofVirtual().name("informer " + selection.kind()).unstarted(this::follow);
    }

    /** An object as it was seen last. */
    private record Kept(LiveVersion version, String owner, PackedObject packed) {}

    /** Starts it. */
    public void start() {
        thread.start();
    }

    /**
     * Waits until it has seen everything once.
     *
     * @throws ClusterException when it has not after the patience, or will not before somebody acts, with the reason
     */
    public void await(Duration patience) throws ClusterException {
        CompletableFuture<Boolean> first = listed;
        ClusterException last = failure;
        if (first.isCompletedExceptionally() && last != null && last.reason() == Reason.FORBIDDEN) {
            throw last; // It looks again by itself, ever less often: a permission does not come by asking.
        }
        if (first.isCompletedExceptionally()) {
            first = new CompletableFuture<>();
            listed = first;
            again.release();
        }
        try {
            first.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException | ExecutionException e) {
            ClusterException why = failure;
            if (why != null) {
                throw why;
            }
        }
        throw new ClusterException(
                Reason.UNAVAILABLE,
                null,
                "listing " + selection.kind() + " did not end within " + patience.toSeconds()
                        + " s; the API server may be busy, it is tried again");
    }

    /** The object as it was seen last; empty when none was. */
    public Optional<Map<String, @Nullable Object>> get(ObjectKey key) {
        return Optional.ofNullable(objects.get(key)).map(kept -> kept.packed.open());
    }

    /** Its version; empty when it was not seen. */
    public Optional<LiveVersion> version(ObjectKey key) {
        return Optional.ofNullable(objects.get(key)).map(Kept::version);
    }

    /** Keys of all objects that it keeps. */
    public Set<ObjectKey> keys() {
        return Set.copyOf(objects.keySet());
    }

    /** How many objects it keeps. */
    public int size() {
        return objects.size();
    }

    /** Why it does not see anything at present; null while it does. */
    public @Nullable ClusterException failure() {
        return failure;
    }

    /** Takes in what a write of ours answered, which its watch will only tell later. */
    public void wrote(Map<String, @Nullable Object> object) {
        if (label.isEmpty() || !owner(object).isEmpty()) {
            take(Manifest.keyOf(object), object);
        }
    }

    /** Knows nothing of an object any more, because it was deleted by us: whether it is gone is asked until its watch tells. */
    void deleted(ObjectKey key) {
        objects.remove(key);
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }

    private void follow() {
        int failures = 0;
        while (!closed) {
            long listedAt = Long.MAX_VALUE;
            try {
                LiveList list = reader.list(selection);
                replace(list);
                failure = null;
                if (!listed.complete(true) && listed.isCompletedExceptionally()) {
                    listed = CompletableFuture.completedFuture(true);
                }
                listedAt = System.nanoTime();
                watch(list.resourceVersion());
            } catch (ClusterException e) {
                failure = e;
                boolean good = listedAt != Long.MAX_VALUE && System.nanoTime() - listedAt > FRESH.toNanos();
                // What is too old after a while is listed again at once; what is too old at once is not asked for in a
                // rush.
                failures = (good ? 0 : failures) + (good && e.reason() == Reason.GONE ? 0 : 1);
                if (!e.retryable()) {
                    listed.completeExceptionally(e);
                }
            }
            pause(failures);
        }
    }

    /** Returns when the watch ended by itself. */
    private void watch(String version) throws ClusterException {
        CompletableFuture<ClusterException> ended = new CompletableFuture<>();
        try (Watch watch = reader.watch(selection, version, new Events(ended))) {
            ClusterException why = ended.get();
            if (!closed) {
                throw why;
            }
        } catch (InterruptedException e) {
            closed = true;
        } catch (ExecutionException e) {
            throw new IllegalStateException("a watch ended by a bug", e.getCause());
        }
    }

    private void pause(int failures) {
        if (failures == 0 || closed) {
            return;
        }
        try {
            long pause = FIRST_PAUSE
                    .multipliedBy(1L << Math.min(failures - 1, MOST_DOUBLINGS))
                    .toMillis();
            if (again.tryAcquire(pause, TimeUnit.MILLISECONDS)) {
                again.drainPermits();
            }
        } catch (InterruptedException e) {
            closed = true;
        }
    }

    /** What the list does not have is gone, unless it was written after the list was made. */
    private void replace(LiveList list) {
        Map<ObjectKey, Map<String, @Nullable Object>> found = new HashMap<>();
        for (Map<String, @Nullable Object> item : list.items()) {
            found.put(Manifest.keyOf(item), item);
        }
        LiveVersion made = new LiveVersion("", list.resourceVersion());
        objects.forEach((key, kept) -> {
            if (!found.containsKey(key) && made.after(kept.version) && objects.remove(key, kept)) {
                listener.changed(key, kept.owner);
            }
        });
        for (Map.Entry<ObjectKey, Map<String, @Nullable Object>> entry : found.entrySet()) {
            take(entry.getKey(), entry.getValue());
        }
    }

    private void take(ObjectKey key, Map<String, @Nullable Object> object) {
        LiveVersion version = LiveVersion.of(object);
        Kept known = objects.get(key);
        if (known != null && known.version.uid().equals(version.uid()) && !version.after(known.version)) {
            return; // A write of ours told it before the watch did.
        }
        String owner = owner(object);
        Kept kept = new Kept(version, owner, PackedObject.of(object));
        Kept now = objects.merge(
                key,
                kept,
                (old, fresh) ->
                        fresh.version.after(old.version) || !fresh.version.uid().equals(old.version.uid())
                                ? fresh
                                : old);
        if (now.equals(kept)) {
            listener.changed(key, owner);
        }
    }

    private void remove(ObjectKey key, Map<String, @Nullable Object> last) {
        LiveVersion version = LiveVersion.of(last);
        Kept kept = objects.get(key);
        boolean same = kept != null && kept.version.uid().equals(version.uid()) && !kept.version.after(version);
        if (kept != null && same && objects.remove(key, kept)) {
            listener.changed(key, kept.owner);
        }
    }

    private String owner(Map<String, @Nullable Object> object) {
        return label.isEmpty() ? "" : Tree.text(object, "metadata", "labels", label);
    }

    /** What a watch delivers. */
    private final class Events implements WatchListener {

        private final CompletableFuture<ClusterException> ended;

        Events(CompletableFuture<ClusterException> ended) {
            this.ended = ended;
        }

        @Override
        public void changed(Type type, Map<String, @Nullable Object> object) {
            ObjectKey key = Manifest.keyOf(object);
            if (type == Type.DELETED) {
                remove(key, object);
            } else {
                take(key, object);
            }
        }

        @Override
        public void ended(ClusterException why) {
            ended.complete(why);
        }
    }
}
