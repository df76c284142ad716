package dev.plumbline.controller.local.serving;

import dev.plumbline.controller.local.serving.ServiceStatus.Facts;
import dev.plumbline.registry.json.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One InferenceService, in a thread of its own: its address, the model that answers there, and the one that it asks for. The old
 * model answers until the new one does. A model that cannot be loaded, or ends, is tried again after a pause.
 */
final class ServedObject implements AutoCloseable {

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration ENDING = Duration.ofSeconds(10);

    private final Serving serving;
    private final Path folder;
    private final LinkedBlockingQueue<Map<String, @Nullable Object>> seen = new LinkedBlockingQueue<>();
    private final Thread thread;
    private Map<String, @Nullable Object> object;
    private @Nullable Gateway gateway;
    private @Nullable ModelProcess active;
    private String activeUri = "";
    private Duration pause = FIRST_PAUSE;
    private boolean again;
    private volatile boolean closed;

    /**
     * A service that is not served yet.
     *
     * @param folder where its port, program and log are kept
     */
    ServedObject(Serving serving, Path folder, Map<String, @Nullable Object> object) {
        this.serving = serving;
        this.folder = folder;
        this.object = object;
        this.thread = Thread.ofVirtual()
                .name("serve " + Tree.text(object, "metadata", "name"))
                .unstarted(this::serve);
    }

    void start() {
        thread.start();
    }

    /** Takes up what the service asks for now. */
    void see(Map<String, @Nullable Object> now) {
        seen.add(now);
    }

    /** Ends the model and gives up the address; waits for both. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join(ENDING);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void serve() {
        try {
            while (!closed) {
                reconcile();
                await();
            }
        } catch (InterruptedException e) {
            // Asked to end: there is nothing more to wait for.
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            serving.say("cannot serve " + name() + ": " + e.getMessage());
        } finally {
            Thread.interrupted();
            end();
        }
    }

    /** Waits for another spec, for the end of the model, or until it is time to try again. */
    private void await() throws InterruptedException {
        long generation = generation(object);
        boolean changed = false;
        long until = System.nanoTime() + pause.toNanos();
        while (!changed) {
            Map<String, @Nullable Object> next = seen.poll(POLL.toMillis(), TimeUnit.MILLISECONDS);
            if (next != null) {
                object = next;
                changed = generation(next) != generation;
                pause = changed ? FIRST_PAUSE : pause;
            }
            ModelProcess model = active;
            if (model != null && !model.isAlive()) {
                serving.say("the model of " + name() + " ended; its log is " + folder.resolve("model.log"));
                active = null;
                activeUri = "";
                return;
            }
            changed |= again && System.nanoTime() >= until;
        }
    }

    private void reconcile() throws IOException {
        again = false;
        Gateway address = address();
        Predictor wanted;
        try {
            wanted = Predictor.of(object);
        } catch (Predictor.NotServed e) {
            write("InvalidSpec", String.valueOf(e.getMessage()));
            return;
        }
        if (active != null && activeUri.equals(wanted.storageUri())) {
            write("UpToDate", "");
            return;
        }
        write("InProgress", "");
        try {
            ModelProcess next =
                    ModelProcess.start(serving.python(), wanted, folder.resolve(Long.toString(generation(object))));
            ModelProcess before = active;
            active = next;
            activeUri = wanted.storageUri();
            address.to(next.port());
            if (before != null) {
                before.stop();
            }
            pause = FIRST_PAUSE;
            write("UpToDate", "");
            serving.say("model " + name() + " answers at " + url());
        } catch (IOException e) {
            write("BlockedByFailedLoad", String.valueOf(e.getMessage()));
            serving.say("cannot serve " + name() + ": " + e.getMessage());
            again = true;
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
        }
    }

    private Gateway address() throws IOException {
        Gateway open = gateway;
        if (open == null) {
            Path file = folder.resolve("port");
            Files.createDirectories(folder);
            String before = Files.exists(file) ? Files.readString(file).trim() : "";
            open = Gateway.open(before.matches("[0-9]{1,5}") ? Integer.parseInt(before) : 0);
            Files.writeString(file, Integer.toString(open.port()));
            gateway = open;
        }
        return open;
    }

    private void write(String transition, String failure) {
        object = serving.write(
                object, ServiceStatus.of(object, new Facts(url(), active != null, transition, failure, serving.now())));
    }

    private void end() {
        ModelProcess model = active;
        if (model != null) {
            model.stop();
        }
        Gateway open = gateway;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                serving.say("the address of " + name() + " was not closed: " + e.getMessage());
            }
        }
    }

    private String url() {
        return "http://127.0.0.1:" + Objects.requireNonNull(gateway).port();
    }

    private String name() {
        return Tree.text(object, "metadata", "namespace") + "/" + Tree.text(object, "metadata", "name");
    }

    private static long generation(Map<String, @Nullable Object> object) {
        return Tree.at(object, "metadata", "generation") instanceof Long number ? number : 0;
    }
}
