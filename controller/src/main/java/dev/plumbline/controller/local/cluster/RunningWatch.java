package dev.plumbline.controller.local.cluster;

import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.live.Selection;
import dev.plumbline.controller.live.Watch;
import dev.plumbline.controller.live.WatchListener;
import dev.plumbline.registry.json.Tree;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One watch: a virtual thread that reads the window and tells its listener. */
final class RunningWatch implements Watch {

    private final EventWindow window;
    private final Selection selection;
    private final WatchListener listener;
    private final Thread thread;
    private volatile boolean closed;

    RunningWatch(EventWindow window, Selection selection, long after, WatchListener listener) {
        this.window = window;
        this.selection = selection;
        this.listener = listener;
        this.thread = Thread.ofVirtual().name("watch-" + selection.kind()).unstarted(() -> run(after));
    }

    RunningWatch start() {
        thread.start();
        return this;
    }

    @Override
    public void close() {
        closed = true;
        if (!Thread.currentThread().equals(thread)) {
            thread.interrupt();
        }
    }

    private void run(long after) {
        long cursor = after;
        try {
            while (!closed) {
                List<Change> changes = window.await(cursor);
                if (changes == null) {
                    end(ClusterException.Reason.GONE, "resourceVersion " + cursor + " is too old; list again");
                    return;
                }
                if (changes.isEmpty()) {
                    end(ClusterException.Reason.UNAVAILABLE, "the embedded cluster was closed");
                    return;
                }
                for (Change change : changes) {
                    cursor = change.version();
                    tell(change);
                }
            }
        } catch (InterruptedException e) {
            if (!closed) {
                end(ClusterException.Reason.UNAVAILABLE, "its thread was interrupted; watch again");
            }
        }
    }

    private void end(ClusterException.Reason reason, String why) {
        if (!closed) {
            listener.ended(
                    new ClusterException(reason, null, "watching " + selection.kind() + " ended, because " + why));
        }
    }

    private void tell(Change change) {
        Map<String, @Nullable Object> before = change.before();
        boolean was = before != null && ObjectTable.admits(selection, change.key(), before);
        boolean is = ObjectTable.admits(selection, change.key(), change.after());
        boolean gone = change.type() == WatchListener.Type.DELETED;
        if (closed || !(was || (is && !gone))) {
            return;
        }
        if (gone) {
            listener.changed(WatchListener.Type.DELETED, change.after());
        } else if (!is && before != null) {
            listener.changed(WatchListener.Type.DELETED, withVersion(before, change.version()));
        } else {
            listener.changed(was ? WatchListener.Type.MODIFIED : WatchListener.Type.ADDED, change.after());
        }
    }

    /** A shallow copy with another resourceVersion. */
    static Map<String, @Nullable Object> withVersion(Map<String, @Nullable Object> object, long version) {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>(object);
        Map<String, @Nullable Object> metadata = new LinkedHashMap<>(Tree.map(object, "metadata"));
        metadata.put("resourceVersion", Long.toString(version));
        copy.put("metadata", java.util.Collections.unmodifiableMap(metadata));
        return java.util.Collections.unmodifiableMap(copy);
    }
}
