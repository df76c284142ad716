package dev.plumbline.controller.record;

import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done about runs, oldest first, bounded: of each attempt only its newest state waits, and who brings more runs than
 * there is room for waits too. Different runs are handed out side by side, one run never; tasks alone, after all that came before.
 */
final class RunQueue {

    /** Most runs that wait: 100. Each holds a whole Workflow object. */
    static final int MAX_WAITING = 100;

    /** Most runs that are worked on at once: most of the time of a record is waiting for the store. */
    static final int MAX_AT_ONCE = 16;

    private final Map<String, Item> waiting = new LinkedHashMap<>();
    private final Set<String> busy = new HashSet<>();
    private long tasks;
    private boolean closed;

    /**
     * Something to do.
     *
     * @param run uid of the run; empty for a task
     * @param work what
     */
    record Item(String run, Runnable work) {}

    /**
     * Something to do about one run, in the place of what waits for the same attempt. Waits while there is no room; when the queue
     * is closed it is dropped.
     *
     * @param run its uid
     * @param attempt its attempt, unique among all runs
     */
    synchronized void put(String run, String attempt, Runnable work) {
        try {
            while (!closed && waiting.size() >= MAX_WAITING && !waiting.containsKey(attempt)) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        if (!closed) {
            waiting.put(attempt, new Item(run, work));
            notifyAll();
        }
    }

    /** Something to do alone, after all that waits now; there is always room for it. */
    synchronized void then(Runnable task) {
        if (!closed) {
            waiting.put("task " + ++tasks, new Item("", task));
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

    /**
     * What has waited longest and may be done now; {@link #done} is to be said of it. Null when there was nothing within that many
     * nanoseconds, or the queue is closed.
     */
    synchronized @Nullable Item next(long patience) throws InterruptedException {
        long end = System.nanoTime() + patience;
        Item next = take();
        while (next == null && !closed) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                return null;
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
            next = take();
        }
        return next;
    }

    /** It is done with. */
    synchronized void done(Item item) {
        busy.remove(item.run());
        notifyAll();
    }

    /** Returns when nothing is being done. */
    synchronized void idle() throws InterruptedException {
        while (!busy.isEmpty()) {
            wait();
        }
    }

    private @Nullable Item take() {
        if (busy.size() >= MAX_AT_ONCE || busy.contains("")) {
            return null;
        }
        for (Iterator<Item> items = waiting.values().iterator(); items.hasNext(); ) {
            Item item = items.next();
            if (item.run().isEmpty() && !busy.isEmpty()) {
                return null;
            }
            if (busy.add(item.run())) {
                items.remove();
                notifyAll();
                return item;
            }
        }
        return null;
    }
}
