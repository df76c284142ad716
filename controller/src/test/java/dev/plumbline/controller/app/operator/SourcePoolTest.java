package dev.plumbline.controller.app.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.plumbline.controller.reconcile.Poller;
import dev.plumbline.controller.spec.GitRef;
import dev.plumbline.controller.spec.SourceSpec;
import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.source.Repository;
import dev.plumbline.registry.source.SourceException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SourcePoolTest {

    private static final CommitId FOUND = new CommitId("0123456789".repeat(4));
    private static final Duration SOON = Duration.ofSeconds(20);

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch answer = new CountDownLatch(1);
    private final AtomicInteger closed = new AtomicInteger();
    private final AtomicInteger looks = new AtomicInteger();

    @Test
    void whoLeavesARepositoryThatDoesNotAnswerKeepsNobodyWaiting() throws Exception {
        try (SourcePool pool = new SourcePool(this::open)) {
            SourcePool.Subscription hangs = pool.follow(ref("https://hangs.example/a.git"), SOON, new Heard());
            asked.await();
            assertTimeoutPreemptively(SOON, () -> {
                hangs.close();
                Heard heard = new Heard();
                try (SourcePool.Subscription other = pool.follow(ref("https://fine.example/a.git"), SOON, heard)) {
                    assertEquals(FOUND, heard.commits.poll(SOON.toSeconds(), TimeUnit.SECONDS));
                }
            });
            answer.countDown();
        }
        assertEquals(2, closed.get());
    }

    @Test
    void whoLeavesTwiceClosesOnce() throws Exception {
        try (SourcePool pool = new SourcePool(this::open)) {
            SourcePool.Subscription once = pool.follow(ref("https://fine.example/a.git"), SOON, new Heard());
            once.close();
            once.close();
        }
        assertEquals(1, closed.get());
    }

    @Test
    void allWhoFollowOneRefOfOneRepositoryShareOneMirrorAndOnePoll() throws Exception {
        Heard first = new Heard();
        Heard second = new Heard();
        Duration never = Duration.ofDays(1);
        try (SourcePool pool = new SourcePool(this::open);
                SourcePool.Subscription one = pool.follow(ref("https://fine.example/a.git"), never, first)) {
            assertEquals(FOUND, first.commits.poll(SOON.toSeconds(), TimeUnit.SECONDS));
            try (SourcePool.Subscription other = pool.follow(ref("https://fine.example/a.git"), never, second)) {
                assertSame(one.source(), other.source());
                assertEquals(FOUND, second.commits.poll(), "what is known is heard at once, without a poll");
                assertEquals(1, looks.get());
                other.pollNow(() -> {});
                assertEquals(FOUND, first.commits.poll(SOON.toSeconds(), TimeUnit.SECONDS));
                assertEquals(FOUND, second.commits.poll(SOON.toSeconds(), TimeUnit.SECONDS));
                assertEquals(2, looks.get());
            }
            assertEquals(0, closed.get(), "the first follows it still");
        }
        assertEquals(1, closed.get());
    }

    private static FollowedRef ref(String url) {
        return FollowedRef.of("team", new SourceSpec(url, GitRef.OWN_BRANCH, null, null, null));
    }

    private OpenSource open(FollowedRef ref) {
        String url = ref.source().url();
        return new OpenSource() {
            @Override
            public String url() {
                return url;
            }

            @Override
            public Repository repository() {
                throw new UnsupportedOperationException("nobody reads it here");
            }

            // As a transport that keeps the interrupt for itself.
            @Override
            public CommitId look() {
                boolean interrupted = false;
                looks.incrementAndGet();
                asked.countDown();
                while (url.contains("hangs") && answer.getCount() > 0) {
                    try {
                        answer.await();
                    } catch (InterruptedException e) {
                        interrupted = true;
                    }
                }
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
                return FOUND;
            }

            @Override
            public void close() {
                closed.incrementAndGet();
            }
        };
    }

    /** What one follower hears. */
    private static final class Heard implements Poller.Listener<CommitId> {

        private final BlockingQueue<CommitId> commits = new LinkedBlockingQueue<>();

        @Override
        public void seen(CommitId found) {
            commits.add(found);
        }

        @Override
        public void away(SourceException why, Duration pause) {
            throw new AssertionError(why);
        }

        @Override
        public void back() {
            throw new AssertionError("it never was away");
        }
    }
}
