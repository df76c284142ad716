package dev.plumbline.controller.reconcile;

import dev.plumbline.registry.source.Refs;
import dev.plumbline.registry.source.Source;
import dev.plumbline.registry.source.SourceException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Polls one repository for all its syncs: every interval while it answers, with growing pauses while it does not. The first
 * poll begins at once.
 */
public final class Poller implements AutoCloseable {

    /** Longest pause between two tries while the repository is away. */
    public static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final Source source;
    private final Duration interval;
    private final Listener listener;
    private final Semaphore wake = new Semaphore(0);
    private final Thread thread;
    private volatile boolean closed;

    /** A poller that is not started yet. */
    public Poller(Source source, Duration interval, Listener listener) {
        this.source = source;
        this.interval = interval;
        this.listener = listener;
        this.thread = Thread.ofVirtual().name("poll " + source.url()).unstarted(this::loop);
    }

    /** Starts it. */
    public void start() {
        thread.start();
    }

    /** Polls at once instead of at the end of the pause. */
    public void pollNow() {
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
            try {
                Refs refs = source.poll();
                if (said != null) {
                    listener.back();
                }
                failures = 0;
                said = null;
                listener.seen(refs);
            } catch (SourceException e) {
                pause = pause(++failures);
                if (!Objects.equals(said, e.getMessage()) && !closed) {
                    said = e.getMessage();
                    listener.away(String.valueOf(e.getMessage()), pause);
                }
            }
            sleep(pause);
        }
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

    /** Receives what polls see, from one thread. */
    public interface Listener {

        /** The repository answered. */
        void seen(Refs refs);

        /** The repository did not answer; said once per reason. */
        void away(String why, Duration pause);

        /** It answers again. */
        void back();
    }
}
