package dev.plumbline.controller.kube;

import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.live.Watch;
import dev.plumbline.controller.live.WatchListener;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.JsonException;
import dev.plumbline.registry.json.Tree;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One watch: a virtual thread that reads a stream of events and, when the stream ends, goes on where it was. Bookmarks keep
 * the place fresh while nothing happens.
 */
final class KubeWatch implements Watch {

    /** Longest event that is read, in bytes. */
    static final int MAX_EVENT = 16 * 1024 * 1024;

    /** Most of a refusal that is read, in bytes. */
    private static final int MAX_REFUSAL = 1 << 16;

    /** After this the server ends a stream by itself, in seconds; a stream that lives on much longer is dead. */
    private static final int SERVER_TIMEOUT = 240;

    private static final Duration DEAD_AFTER = Duration.ofSeconds(SERVER_TIMEOUT + 30);

    /** Failures in a row after which the watch ends. */
    private static final int MAX_FAILURES = 5;

    /** Before the next connection, after a failure or one that ended sooner than this. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final KubeHttp http;
    private final String doing;
    private final String path;
    private final WatchListener listener;
    private final Thread thread;
    private final AtomicReference<@Nullable InputStream> stream = new AtomicReference<>();
    private volatile boolean closed;
    private String version;
    private int failures;

    KubeWatch(KubeHttp http, String kind, String path, String version, WatchListener listener) {
        this.http = http;
        this.doing = "watching " + kind + " on";
        this.path = path + "&timeoutSeconds=" + SERVER_TIMEOUT;
        this.version = version;
        this.listener = listener;
        this.thread = Thread.ofVirtual().name("watch-" + kind).unstarted(this::run);
    }

    KubeWatch start() {
        thread.start();
        return this;
    }

    @Override
    public void close() {
        closed = true;
        closeStream();
        if (!Thread.currentThread().equals(thread)) {
            thread.interrupt();
        }
    }

    private void closeStream() {
        InputStream open = stream.getAndSet(null);
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                // It is being given up; what it says on closing changes nothing.
                return;
            }
        }
    }

    private void run() {
        while (!closed) {
            long begun = System.nanoTime();
            ClusterException failure = null;
            try {
                connection();
                failures = 0;
            } catch (ClusterException e) {
                failure = e;
            } catch (IOException e) {
                failure = KubeHttp.unavailable(doing, null, "the stream broke: " + e.getMessage());
            } catch (RuntimeException e) { // Whoever listens must not wait for ever because an event was no event.
                failure = KubeHttp.unavailable(doing, null, "an event could not be taken in: " + e);
            }
            if (failure != null && (!failure.retryable() || ++failures >= MAX_FAILURES)) {
                end(failure);
                return;
            }
            // A server that ends streams as soon as they begin must not be asked in a rush.
            boolean brief = Duration.ofNanos(System.nanoTime() - begun).compareTo(PAUSE) < 0;
            if ((failure != null || brief) && !pause()) {
                end(KubeHttp.unavailable(doing, null, "it was interrupted"));
                return;
            }
        }
    }

    private void end(ClusterException why) {
        if (!closed) {
            closed = true;
            listener.ended(why);
        }
    }

    private boolean pause() {
        try {
            Thread.sleep(PAUSE);
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    private void connection() throws ClusterException, IOException {
        HttpResponse<InputStream> response = http.stream(doing, path + "&resourceVersion=" + version);
        try (InputStream in = new BufferedInputStream(response.body())) {
            stream.set(in);
            boolean good = response.code() == 200;
            Thread guard = Thread.startVirtualThread(() -> closeAfter(good ? DEAD_AFTER : KubeHttp.TIMEOUT));
            try {
                if (!good) {
                    String body = new String(in.readNBytes(MAX_REFUSAL), StandardCharsets.UTF_8);
                    throw KubeErrors.of(doing, null, response.code(), body);
                }
                byte[] line = line(in);
                while (line != null && !closed) {
                    event(line);
                    line = line(in);
                }
            } finally {
                guard.interrupt();
            }
        }
    }

    private void closeAfter(Duration longest) {
        try {
            Thread.sleep(longest);
        } catch (InterruptedException e) {
            return;
        }
        closeStream();
    }

    private static byte @Nullable [] line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int next = in.read();
        while (next >= 0 && next != '\n') {
            if (line.size() >= MAX_EVENT) {
                throw new IOException("an event is longer than " + MAX_EVENT + " bytes");
            }
            line.write(next);
            next = in.read();
        }
        return next < 0 && line.size() == 0 ? null : line.toByteArray();
    }

    private void event(byte[] line) throws ClusterException {
        if (line.length == 0) {
            return;
        }
        Map<String, @Nullable Object> event;
        try {
            event = Json.parseObject(line);
        } catch (JsonException e) {
            throw KubeHttp.unavailable(doing, null, "an event is not JSON: " + e.getMessage());
        }
        Map<String, @Nullable Object> object = Tree.map(event, "object");
        String type = Tree.text(event, "type");
        if (type.equals("ERROR")) {
            throw KubeErrors.of(doing, object);
        }
        String seen = Tree.text(object, "metadata", "resourceVersion");
        failures = 0;
        if (!type.equals("BOOKMARK") && !closed) {
            listener.changed(WatchListener.Type.valueOf(type.toUpperCase(Locale.ROOT)), Tree.freeze(object));
        }
        version = seen;
    }
}
