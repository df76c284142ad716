package dev.plumbline.controller.record;

import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.live.ClusterReader;
import dev.plumbline.controller.live.Selection;
import dev.plumbline.controller.live.Watch;
import dev.plumbline.controller.live.WatchListener;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One list and watch, over again whenever it ends, that keeps nothing: what it sees is handed on, and a hearer that takes its
 * time keeps it waiting.
 */
final class RecorderWatch implements AutoCloseable {

    private static final Duration FIRST_WAIT = Duration.ofMillis(200);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    private static final Duration LONGEST_REFUSED = Duration.ofMinutes(5);

    private final ClusterReader cluster;
    private final Selection selection;
    private final Hearer hearer;
    private final RunEvents events;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;
    private volatile @Nullable Listener listener;

    RecorderWatch(ClusterReader cluster, Selection selection, Hearer hearer, RunEvents events) {
        this.cluster = cluster;
        this.selection = selection;
        this.hearer = hearer;
        this.events = events;
        this.thread = Thread.ofVirtual()
                .name("recorder-watch-" + selection.kind() + "-" + selection.namespace())
                .unstarted(this::follow);
    }

    /** Takes what the watch sees, one call at a time. */
    interface Hearer {

        /** A list begins. */
        void lists();

        /** An object is there, or was deleted in this last state. */
        void object(Map<String, @Nullable Object> object, boolean deleted);

        /** Everything that is there was handed over since {@link #lists()}. */
        void listed();

        /** From now on nothing is seen until the next list. */
        void blind();
    }

    RecorderWatch start() {
        thread.start();
        return this;
    }

    /** Ends it, uninterrupted, as its hearer may read files that others read too; one more object may be handed over meanwhile. */
    @Override
    public void close() {
        closed.countDown();
        Listener now = listener;
        if (now != null) {
            now.ended.countDown();
        }
    }

    private void follow() {
        Duration wait = FIRST_WAIT;
        while (closed.getCount() > 0) {
            Duration longest = LONGEST_WAIT;
            try {
                hearer.lists();
                String version = cluster.list(selection, object -> hearer.object(object, false));
                hearer.listed();
                Listener now = new Listener();
                listener = now;
                if (closed.getCount() == 0) {
                    return;
                }
                try (Watch watch = cluster.watch(selection, version, now)) {
                    wait = FIRST_WAIT;
                    now.ended.await();
                }
                hearer.blind();
            } catch (ClusterException e) {
                // A right is not given by asking often.
                longest = e.reason() == ClusterException.Reason.FORBIDDEN ? LONGEST_REFUSED : LONGEST_WAIT;
                if (e.reason() == ClusterException.Reason.UNSUPPORTED) {
                    events.state(ArgoConfiguration.NO_ARGO);
                } else {
                    say("tried to watch " + selection.kind() + " in " + selection.namespace() + ", failed because "
                            + e.getMessage() + "; it is tried again");
                }
            } catch (InterruptedException e) {
                return;
            }
            try {
                if (closed.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
            } catch (InterruptedException e) {
                return;
            }
            wait = wait.multipliedBy(2).compareTo(longest) < 0 ? wait.multipliedBy(2) : longest;
        }
    }

    private void say(String message) {
        if (closed.getCount() > 0) {
            events.trouble(message);
        }
    }

    /** Hands on what a watch sees. */
    private final class Listener implements WatchListener {

        private final CountDownLatch ended = new CountDownLatch(1);

        @Override
        public void changed(Type type, Map<String, @Nullable Object> object) {
            hearer.object(object, type == Type.DELETED);
        }

        @Override
        public void ended(ClusterException why) {
            if (why.reason() != ClusterException.Reason.GONE) {
                say("the watch of " + selection.kind() + " in " + selection.namespace() + " ended: " + why.getMessage()
                        + "; it is started again");
            }
            ended.countDown();
        }
    }
}
