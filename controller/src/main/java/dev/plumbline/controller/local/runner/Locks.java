package dev.plumbline.controller.local.runner;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The mutexes and semaphores of all runs of a runner. Whoever asked first gets one first; several are taken together or not at all. */
final class Locks {

    private static final Duration POLL = Duration.ofMillis(50);

    private final Map<String, Integer> held = new HashMap<>();
    private final Map<String, List<Object>> waiting = new HashMap<>();

    /** Says how many may hold a lock now; asked again and again, because a ConfigMap may say something else later. */
    @FunctionalInterface
    interface Sizes {

        Map<String, Integer> now() throws NodeProblem;
    }

    /**
     * Waits until all of them are held, or the run is to be stopped.
     *
     * @param exit whether only {@code Terminate} ends the wait, as for an exit handler
     * @param waits called once when it has to wait
     * @return their names, to be given back; null when it was waited in vain, because the run is to be stopped
     * @throws RunEnded when the run has to end meanwhile
     */
    @Nullable
    List<String> take(Sizes sizes, RunSignal signal, boolean exit, Runnable waits) throws NodeProblem {
        Object me = new Object();
        boolean told = false;
        try {
            while (true) {
                Map<String, Integer> now = sizes.now();
                if (taken(me, now)) {
                    return List.copyOf(now.keySet());
                }
                if (signal.shutdown(exit) != null) {
                    return null;
                }
                if (!told) {
                    told = true;
                    waits.run();
                }
                signal.rest(POLL, exit);
            }
        } finally {
            leave(me);
        }
    }

    private synchronized boolean taken(Object me, Map<String, Integer> sizes) {
        sizes.keySet().forEach(name -> {
            List<Object> queue = waiting.computeIfAbsent(name, _ -> new ArrayList<>());
            if (!queue.contains(me)) {
                queue.add(me);
            }
        });
        boolean free = sizes.entrySet().stream().allMatch(lock -> {
            int place = waiting.getOrDefault(lock.getKey(), List.of()).indexOf(me);
            return held.getOrDefault(lock.getKey(), 0) + place < lock.getValue();
        });
        if (free) {
            sizes.keySet().forEach(name -> held.merge(name, 1, Integer::sum));
        }
        return free;
    }

    private synchronized void leave(Object me) {
        waiting.values().forEach(queue -> queue.remove(me));
        waiting.values().removeIf(List::isEmpty);
    }

    /** Gives locks back. */
    synchronized void giveBack(List<String> names) {
        names.forEach(name -> held.computeIfPresent(name, (_, count) -> count > 1 ? count - 1 : null));
    }
}
