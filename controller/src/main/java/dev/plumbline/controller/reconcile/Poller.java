package dev.plumbline.controller.reconcile;

import dev.plumbline.registry.source.SourceException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Polls one repository for all its syncs: every interval while it answers, with growing pauses while it does not. The first
 * poll begins at once.
 *
 * @param <T> what a poll finds
 */
public final class Poller<T> implements AutoCloseable {

    /** Longest pause between two tries while the repository is away. */
    public static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final Look<T> look;
    private final Listener<T> listener;
    private final Semaphore wake = new Semaphore(0);
    private final Queue<Runnable> after = new ConcurrentLinkedQueue<>();
    private final Thread thread;
    private volatile Duration interval;
    private volatile boolean closed;

    /** A poller that is not started yet. */
    public Poller(String url, Look<T> look, Duration interval, Listener<T> listener) {
        this.look = look;
        this.interval = interval;
        this.listener = listener;
        this.thread = Thread.ofVirtual().name("poll " + url).unstarted(this::loop);
    }

    /**
     * One question to a repository.
     *
     * @param <T> what it finds
     */
    @FunctionalInterface
    public interface Look<T> {

        /**
         * Asks.
         *
         * @throws SourceException when it does not answer, or not with what is wanted
         */
        T once() throws SourceException;
    }

    /** Starts it. */
    public void start() {
        thread.start();
    }

    /** Polls as often as this from the next pause on. */
    public void every(Duration other) {
        interval = other;
    }

    /** Polls at once instead of at the end of the pause. */
    public void pollNow() {
        wake.release();
    }

    /** The same, and then does something, whether the repository answered or not; nothing if it is closed before. */
    public void pollNow(Runnable then) {
        after.add(then);
        wake.release();
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void loop() {
        int failures = 0;
        @Nullable String said = null;
        while (!closed) {
            Duration pause = interval;
            List<Runnable> waiting = takeAfter();
            try {
                T found = look.once();
                if (said != null) {
                    listener.back();
                }
                failures = 0;
                said = null;
                listener.seen(found);
            } catch (SourceException e) {
                pause = pause(++failures);
                if (!Objects.equals(said, e.getMessage()) && !closed) {
                    said = e.getMessage();
                    listener.away(e, pause);
                }
            }
            waiting.forEach(Runnable::run);
            sleep(pause);
        }
    }

    /** What waits for a poll that begins from now on. */
    private List<Runnable> takeAfter() {
        List<Runnable> taken = new ArrayList<>();
        for (Runnable one = after.poll(); one != null; one = after.poll()) {
            taken.add(one);
        }
        return taken;
    }

    private Duration pause(int failures) {
        Duration pause = interval.multipliedBy(1L << Math.min(failures, 12));
        return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }

    private void sleep(Duration pause) {
        try {
            if (wake.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                wake.drainPermits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closed = true;
        }
    }

    /**
     * Receives what polls see, from one thread.
     *
     * @param <T> what a poll finds
     */
    public interface Listener<T> {

        /** The repository answered. */
        void seen(T found);

        /** The repository did not answer, or refused; said once per reason. */
        void away(SourceException why, Duration pause);

        /** It answers again. */
        void back();
    }
}
