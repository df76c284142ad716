package dev.plumbline.controller.record;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done about runs, oldest first, bounded: of each attempt only its newest state waits, and who brings more runs than
 * there is room for waits too.
 */
final class RunQueue {

    /** Most runs that wait: 100. Each holds a whole Workflow object. */
    static final int MAX_WAITING = 100;

    private final Map<String, Runnable> waiting = new LinkedHashMap<>();
    private long tasks;
    private boolean closed;

    /**
     * Something to do about one run, in the place of what waits for the same attempt. Waits while there is no room; when the queue
     * is closed it is dropped.
     */
    synchronized void put(String attempt, Runnable work) {
        try {
            while (!closed && waiting.size() >= MAX_WAITING && !waiting.containsKey(attempt)) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        if (!closed) {
            waiting.put(attempt, work);
            notifyAll();
        }
    }

    /** Something to do after all that waits now; there is always room for it. */
    synchronized void then(Runnable task) {
        if (!closed) {
            waiting.put("task " + ++tasks, task);
            notifyAll();
        }
    }

    /** Drops everything, now and later. */
    synchronized void close() {
        closed = true;
        waiting.clear();
        notifyAll();
    }

    /** Whether nothing comes any more. */
    synchronized boolean closed() {
        return closed;
    }

    /** What has waited longest; null when nothing came within that many nanoseconds, or the queue is closed. */
    synchronized @Nullable Runnable next(long patience) throws InterruptedException {
        long end = System.nanoTime() + patience;
        while (waiting.isEmpty() && !closed) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                return null;
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        if (closed) {
            return null;
        }
        Runnable first = waiting.remove(waiting.keySet().iterator().next());
        notifyAll();
        return first;
    }
}
