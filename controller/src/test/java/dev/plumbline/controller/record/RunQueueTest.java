package dev.plumbline.controller.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Different runs side by side, one run never, and a task alone in its turn. */
class RunQueueTest {

    private static final long SOON = Duration.ofMillis(20).toNanos();

    private final RunQueue queue = new RunQueue();
    private final List<String> order = new ArrayList<>();

    @Test
    void differentRunsAreHandedOutSideBySideAndOneRunNever() throws Exception {
        queue.put("a", "a/1", () -> order.add("a/1"));
        queue.put("a", "a/2", () -> order.add("a/2"));
        queue.put("b", "b/1", () -> order.add("b/1"));
        RunQueue.Item first = take();
        RunQueue.Item other = take();
        assertEquals(List.of("a", "b"), List.of(first.run(), other.run()));
        assertNull(queue.next(SOON), "the second attempt waits for the first");
        queue.done(first);
        take();
        assertEquals(List.of("a/1", "b/1", "a/2"), order);
    }

    @Test
    void ofAnAttemptOnlyTheNewestStateWaits() throws Exception {
        queue.put("a", "a/1", () -> order.add("old"));
        queue.put("a", "a/1", () -> order.add("new"));
        queue.done(take());
        assertNull(queue.next(SOON));
        assertEquals(List.of("new"), order);
    }

    @Test
    void aTaskComesAfterAllThatCameBeforeAndAlone() throws Exception {
        queue.put("a", "a/1", () -> order.add("a"));
        queue.then(() -> order.add("task"));
        queue.put("b", "b/1", () -> order.add("b"));
        RunQueue.Item before = take();
        assertNull(queue.next(SOON), "the task waits for the run");
        queue.done(before);
        RunQueue.Item task = take();
        assertNull(queue.next(SOON), "the run waits for the task");
        queue.done(task);
        take();
        assertEquals(List.of("a", "task", "b"), order);
    }

    @Test
    void soManyAtOnceAndNoMore() throws Exception {
        List<RunQueue.Item> taken = new ArrayList<>();
        for (int i = 0; i <= RunQueue.MAX_AT_ONCE; i++) {
            queue.put("run " + i, "run " + i + "/1", () -> {});
        }
        for (int i = 0; i < RunQueue.MAX_AT_ONCE; i++) {
            taken.add(take());
        }
        assertNull(queue.next(SOON));
        queue.done(taken.getFirst());
        assertNotNull(queue.next(SOON));
    }

    private RunQueue.Item take() throws InterruptedException {
        RunQueue.Item item = Objects.requireNonNull(queue.next(SOON));
        item.work().run();
        return item;
    }
}
