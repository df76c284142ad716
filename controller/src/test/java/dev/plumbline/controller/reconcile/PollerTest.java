package dev.plumbline.controller.reconcile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.source.SourceException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PollerTest {

    private final LinkedBlockingQueue<String> heard = new LinkedBlockingQueue<>();

    @Test
    void whatWaitsForAPollComesAfterWhatThePollHasSeen() throws Exception {
        List<String> commits = List.of("one", "two");
        try (Poller<String> poller = poller(new LinkedBlockingQueue<>(commits)::take)) {
            poller.start();
            assertEquals("one", next());
            poller.pollNow(() -> heard.add("asked"));
            assertEquals("two", next());
            assertEquals("asked", next());
        }
    }

    @Test
    void whatIsAskedForDuringAPollWaitsForTheNextOne() throws Exception {
        CountDownLatch looking = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        LinkedBlockingQueue<String> commits = new LinkedBlockingQueue<>(List.of("one", "two"));
        Waiting look = () -> {
            looking.countDown();
            answer.await();
            return commits.take();
        };
        try (Poller<String> poller = poller(look)) {
            poller.start();
            looking.await();
            poller.pollNow(() -> heard.add("asked"));
            answer.countDown();
            assertEquals(List.of("one", "two", "asked"), List.of(next(), next(), next()));
        }
    }

    @Test
    void aRepositoryThatIsAwayKeepsNobodyWaiting() throws Exception {
        Waiting look = () -> {
            throw new SourceException("away", true);
        };
        try (Poller<String> poller = poller(look)) {
            poller.start();
            assertEquals("away", next());
            poller.pollNow(() -> heard.add("asked"));
            assertEquals("asked", next());
        }
        assertTrue(heard.isEmpty());
    }

    private String next() throws InterruptedException {
        return heard.poll(20, TimeUnit.SECONDS);
    }

    /** A look that may wait. */
    @FunctionalInterface
    private interface Waiting {
        String once() throws SourceException, InterruptedException;
    }

    private Poller<String> poller(Waiting waiting) {
        Poller.Look<String> look = () -> {
            try {
                return waiting.once();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new SourceException("interrupted", true);
            }
        };
        return new Poller<>("repository", look, Duration.ofHours(1), new Poller.Listener<>() {
            @Override
            public void seen(String found) {
                heard.add(found);
            }

            @Override
            public void away(SourceException why, Duration pause) {
                heard.add("away");
            }

            @Override
            public void back() {
                heard.add("back");
            }
        });
    }
}
