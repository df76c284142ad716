package dev.plumbline.controller.local.serving;

import dev.plumbline.controller.local.serving.ServiceStatus.Facts;
import dev.plumbline.registry.json.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
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
    private Path log;
    private long answered;
    private long taken = -1;
    private Duration pause = FIRST_PAUSE;
    private Duration next = FIRST_PAUSE;
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
        this.log = folder;
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
        } finally {
            Thread.interrupted();
            end();
        }
    }

    /** Waits for another spec, for the end of the model, or until it is time to try again. */
    private void await() throws InterruptedException {
        long until = System.nanoTime() + pause.toNanos();
        while (generation(object) <= taken && !(again && System.nanoTime() >= until)) {
            Map<String, @Nullable Object> next = seen.poll(POLL.toMillis(), TimeUnit.MILLISECONDS);
            // What was written last may have answered something newer than what was seen since.
            object = next != null && generation(next) >= generation(object) ? next : object;
            ModelProcess model = active;
            if (model != null && !model.isAlive()) {
                ended();
                until = System.nanoTime() + pause.toNanos();
            }
        }
    }

    /** The model ended by itself: it is started anew after a pause, which grows as long as it never stays. */
    private void ended() {
        boolean stayed = System.nanoTime() - answered > LONGEST_PAUSE.toNanos();
        String why = "the model server ended; its log is " + log;
        active = null;
        activeUri = "";
        write("BlockedByFailedLoad", why);
        serving.say("the model of " + name() + ": " + why);
        retry(stayed ? FIRST_PAUSE : pause);
    }

    private void retry(Duration after) {
        again = true;
        pause = after;
        next = after.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : after.multipliedBy(2);
    }

    private void reconcile() {
        boolean other = generation(object) != taken;
        taken = generation(object);
        pause = other ? FIRST_PAUSE : next;
        again = false;
        try {
            Gateway address = address();
            Predictor wanted = Predictor.of(object);
            if (active == null || !activeUri.equals(wanted.storageUri())) {
                write("InProgress", "");
                replace(address, wanted);
            }
            write("UpToDate", "");
        } catch (Predictor.NotServed e) {
            write("InvalidSpec", String.valueOf(e.getMessage()));
        } catch (IOException e) {
            if (!stale()) {
                write("BlockedByFailedLoad", String.valueOf(e.getMessage()));
                serving.say("cannot serve " + name() + ": " + e.getMessage());
                retry(pause);
            }
        }
    }

    private void replace(Gateway address, Predictor wanted) throws IOException {
        Path own = folder.resolve(Long.toString(taken));
        ModelProcess fresh = ModelProcess.start(serving.python(), serving.variables(folder), wanted, own, this::stale);
        ModelProcess before = active;
        active = fresh;
        activeUri = wanted.storageUri();
        answered = System.nanoTime();
        log = own.resolve("model.log");
        address.to(fresh.port());
        if (before != null) {
            before.stop();
        }
        serving.say("model " + name() + " answers at " + url());
    }

    /** Whether the service asks for something newer than what was taken up. */
    private boolean stale() {
        for (Map<String, @Nullable Object> one : seen) {
            if (generation(one) > taken) {
                return true;
            }
        }
        return generation(object) > taken;
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
                object,
                ServiceStatus.of(object, new Facts(url(), active != null, transition, failure, taken, serving.now())));
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
        Gateway open = gateway;
        return open == null ? "" : "http://127.0.0.1:" + open.port();
    }

    private String name() {
        return Tree.text(object, "metadata", "namespace") + "/" + Tree.text(object, "metadata", "name");
    }

    private static long generation(Map<String, @Nullable Object> object) {
        return Tree.at(object, "metadata", "generation") instanceof Long number ? number : 0;
    }
}
