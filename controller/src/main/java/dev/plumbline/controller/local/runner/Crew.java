package dev.plumbline.controller.local.runner;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** Jobs that run beside each other, each in a thread of its own; whoever asks waits for them. Used by one thread. */
final class Crew {

    private final BlockingQueue<Ended> ended = new LinkedBlockingQueue<>();
    private int running;
    private @Nullable RuntimeException trouble;

    /**
     * A job's thread ended.
     *
     * @param trouble what ended it; null when it did its work
     */
    private record Ended(@Nullable RuntimeException trouble) {

        /** What a job left; an Error, which ends a thread just as well, becomes a trouble that can be told. */
        static Ended of(FutureTask<@Nullable Void> job) {
            try {
                job.get();
                return new Ended(null);
            } catch (ExecutionException e) {
                return new Ended(
                        e.getCause() instanceof RuntimeException trouble
                                ? trouble
                                : new IllegalStateException(String.valueOf(e.getCause()), e.getCause()));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return new Ended(new RunEnded("interrupted"));
            }
        }
    }

    /** Starts a job, unless one before was ended by a bug or by the end of the run. */
    void start(String name, Runnable job) {
        if (trouble != null) {
            return;
        }
        running++;
        FutureTask<@Nullable Void> task = new FutureTask<>(job, null);
        Thread.ofVirtual().name(name).start(() -> {
            task.run();
            ended.add(Ended.of(task));
        });
    }

    /**
     * Waits until one of the jobs has ended.
     *
     * @return false when none runs any more
     * @throws RuntimeException what ended a job, once all have ended; an Error is its cause
     */
    boolean awaitOne() {
        if (running == 0) {
            if (trouble != null) {
                throw trouble;
            }
            return false;
        }
        try {
            Ended one = ended.take();
            running--;
            trouble = trouble == null ? one.trouble() : trouble;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RunEnded("interrupted");
        }
        return true;
    }

    /** Runs all of them and waits until the last has ended. */
    static void all(String name, List<Runnable> jobs) {
        Crew crew = new Crew();
        jobs.forEach(job -> crew.start(name, job));
        boolean more = true;
        while (more) {
            more = crew.awaitOne();
        }
    }
}
