package dev.plumbline.controller.app.operator;

import dev.plumbline.controller.reconcile.Poller;
import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.source.SourceException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The repositories that syncs follow. Syncs that follow the same ref of the same repository with the same credentials share one
 * mirror and one poll, as often as the most eager of them asks.
 */
final class SourcePool implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SourcePool.class);

    /** How long the end of all waits for polls that are under way. */
    private static final Duration LAST_POLLS = Duration.ofSeconds(5);

    private final Opener opener;
    private final List<Thread> ending = new ArrayList<>();
    private final Map<FollowedRef, Followed> followed = new HashMap<>();

    SourcePool(Opener opener) {
        this.opener = opener;
    }

    /** Opens repositories. */
    @FunctionalInterface
    interface Opener {

        /**
         * Opens one.
         *
         * @throws SourceException when its address is refused or its mirror cannot be used
         */
        OpenSource open(FollowedRef ref) throws SourceException;
    }

    /**
     * Follows a ref from now on. What is known of it is heard at once, the rest from the poller's thread.
     *
     * @throws SourceException when the repository cannot be opened
     */
    synchronized Subscription follow(FollowedRef ref, Duration interval, Poller.Listener<CommitId> listener)
            throws SourceException {
        Followed one = followed.get(ref);
        if (one == null) {
            one = new Followed(opener.open(ref), interval);
            followed.put(ref, one);
        }
        Subscription subscription = new Subscription(ref, one, interval);
        one.add(subscription, listener);
        return subscription;
    }

    private synchronized void leave(Subscription subscription) {
        Followed one = subscription.followed;
        if (one.listeners.remove(subscription) == null) {
            return; // It left before.
        }
        if (one.listeners.isEmpty()) {
            followed.remove(subscription.ref, one);
            end(one);
        } else {
            one.adapt();
        }
    }

    /** Nobody waits for a repository that does not answer, least of all those who follow another. */
    private void end(Followed one) {
        ending.removeIf(thread -> !thread.isAlive());
        ending.add(Thread.ofVirtual().name("end " + one.source.url()).start(() -> {
            try {
                one.close();
            } catch (IOException e) {
                LOG.warn("the mirror of {} did not close: {}", one.source.url(), e.getMessage());
            }
        }));
    }

    /** Ends all polls, and waits a moment for those that are under way. */
    @Override
    public void close() {
        List<Thread> last;
        synchronized (this) {
            followed.values().forEach(this::end);
            followed.clear();
            last = List.copyOf(ending);
        }
        long until = System.nanoTime() + LAST_POLLS.toNanos();
        try {
            for (Thread thread : last) {
                var _ = thread.join(Duration.ofNanos(Math.max(1, until - System.nanoTime())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One sync's part in a poll. */
    final class Subscription implements AutoCloseable {

        private final FollowedRef ref;
        private final Followed followed;
        private final Duration interval;

        private Subscription(FollowedRef ref, Followed followed, Duration interval) {
            this.ref = ref;
            this.followed = followed;
            this.interval = interval;
        }

        OpenSource source() {
            return followed.source;
        }

        void pollNow(Runnable then) {
            followed.poller.pollNow(then);
        }

        @Override
        public void close() {
            leave(this);
        }
    }

    /** What polls found last. */
    private record State(@Nullable CommitId tip, @Nullable SourceException why, Duration pause) {

        void tell(Poller.Listener<CommitId> listener) {
            if (tip != null) {
                listener.seen(tip);
            }
            if (why != null) {
                listener.away(why, pause);
            }
        }
    }

    /** A ref of a repository, its poller, and those who hear it. */
    private static final class Followed implements Poller.Listener<CommitId> {

        private final OpenSource source;
        private final Poller<CommitId> poller;
        private final Map<Subscription, Poller.Listener<CommitId>> listeners = new ConcurrentHashMap<>();
        private volatile State state = new State(null, null, Duration.ZERO);

        Followed(OpenSource source, Duration interval) {
            this.source = source;
            this.poller = new Poller<>(source.url(), source::look, interval, this);
            poller.start();
        }

        void add(Subscription subscription, Poller.Listener<CommitId> listener) {
            listeners.put(subscription, listener);
            state.tell(listener);
            adapt();
        }

        void adapt() {
            listeners.keySet().stream()
                    .map(subscription -> subscription.interval)
                    .min(Comparator.naturalOrder())
                    .ifPresent(poller::every);
        }

        @Override
        public void seen(CommitId found) {
            state = new State(found, null, Duration.ZERO);
            listeners.values().forEach(listener -> listener.seen(found));
        }

        @Override
        public void away(SourceException why, Duration pause) {
            state = new State(state.tip, why, pause);
            listeners.values().forEach(listener -> listener.away(why, pause));
        }

        @Override
        public void back() {
            listeners.values().forEach(Poller.Listener::back);
        }

        void close() throws IOException {
            poller.close();
            source.close();
        }
    }
}
