package dev.plumbline.controller.live;

import dev.plumbline.registry.json.Tree;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Keeps what a watch tells. */
public final class SeenEvents implements WatchListener {

    private static final long PATIENCE_SECONDS = 20;

    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();

    @Override
    public void changed(Type type, Map<String, @Nullable Object> object) {
        events.add(type + " " + Tree.text(object, "metadata", "name") + " " + Tree.text(object, "data", "key"));
    }

    @Override
    public void ended(ClusterException why) {
        events.add("ended " + why.reason());
    }

    /** The next one, as {@code TYPE name data.key}. */
    public String next() throws InterruptedException {
        String event = events.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        return event == null ? "nothing for " + PATIENCE_SECONDS + " s" : event.strip();
    }

    /** Whether nothing is waiting. */
    public boolean isEmpty() {
        return events.isEmpty();
    }
}
