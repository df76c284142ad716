package dev.plumbline.controller.apply;

import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.live.ClusterException.Reason;
import dev.plumbline.controller.live.ClusterReader;
import dev.plumbline.controller.plan.Change;
import dev.plumbline.controller.plan.OwnerLabel;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.registry.model.SyncId;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Deletes exactly what was planned: the object with the uid that was seen, while its label names no other sync. */
final class Deletion {

    /** How often an object that changes meanwhile is looked at again. */
    private static final int ATTEMPTS = 4;

    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

    /** How often a replaced object is looked at until it is gone; with the pause above, 30 s. */
    private static final int LOOKS = 150;

    private final ClusterReader reader;
    private final ClusterWriter writer;
    private final Function<ObjectKey, Optional<SyncId>> elsewhere;

    Deletion(ClusterReader reader, ClusterWriter writer, Function<ObjectKey, Optional<SyncId>> elsewhere) {
        this.reader = reader;
        this.writer = writer;
        this.elsewhere = elsewhere;
    }

    /**
     * What became of it.
     *
     * @param owned whether it is still the sync's: it only waits for its finalizers
     * @param note in words; empty when it is gone
     */
    record Outcome(boolean owned, String note) {

        static final Outcome GONE = new Outcome(false, "");
    }

    /** Deletes. With {@code made}, the sync has applied the object before. */
    Outcome delete(Change change, SyncId sync, boolean made) throws ClusterException {
        if (change.uid() == null || change.uid().isEmpty()) {
            return Outcome.GONE; // It was claimed and never came to be.
        }
        ObjectKey key = change.key();
        // A CronWorkflow owns its runs: deleting it must not delete them (Argo sets a controller ownerReference).
        boolean orphan = key.kind().equals("CronWorkflow");
        String resourceVersion = change.resourceVersion();
        for (int attempt = 1; ; attempt++) {
            Optional<SyncId> wanted = elsewhere.apply(key);
            if (wanted.isPresent()) {
                return new Outcome(false, "it moves to sync " + wanted.get());
            }
            try {
                writer.delete(key, new DeleteOptions(change.uid(), resourceVersion, orphan));
                return after(change);
            } catch (ClusterException e) {
                if (e.reason() == Reason.NOT_FOUND) {
                    return Outcome.GONE;
                }
                Map<String, @Nullable Object> live = changed(change, e, attempt);
                if (!OwnerLabel.mayDelete(live, sync, made)) {
                    return new Outcome(false, "it belongs to sync " + OwnerLabel.of(live));
                }
                resourceVersion = Tree.text(live, "metadata", "resourceVersion");
            }
        }
    }

    /** The same object as it is now; anything else is a failure. */
    private Map<String, @Nullable Object> changed(Change change, ClusterException why, int attempt)
            throws ClusterException {
        if (why.reason() != Reason.CONFLICT || attempt == ATTEMPTS) {
            throw why;
        }
        return reader.get(change.key())
                .filter(live -> Tree.text(live, "metadata", "uid").equals(change.uid()))
                .orElseThrow(() -> why);
    }

    private Outcome after(Change change) throws ClusterException {
        return reader.get(change.key())
                .filter(live -> Tree.text(live, "metadata", "uid").equals(change.uid()))
                .map(live -> new Outcome(
                        true, "it is being deleted and waits for " + Tree.list(live, "metadata", "finalizers")))
                .orElse(Outcome.GONE);
    }

    /**
     * Deletes an object that is to be made anew, and waits until it is gone.
     *
     * @throws ClusterException UNAVAILABLE when it does not go in time
     */
    void replaced(Change change, Pause pause, BooleanSupplier cancelled) throws ClusterException {
        ObjectKey key = change.key();
        String uid = String.valueOf(change.uid());
        try {
            writer.delete(key, DeleteOptions.exactly(uid));
        } catch (ClusterException e) {
            if (e.reason() != Reason.NOT_FOUND) {
                throw e;
            }
        }
        Optional<Map<String, @Nullable Object>> live = reader.get(key);
        for (int look = 0; look < LOOKS && live.isPresent() && !cancelled.getAsBoolean(); look++) {
            try {
                pause.last(LOOK_AGAIN);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
            live = reader.get(key);
        }
        if (live.isPresent()) {
            throw new ClusterException(
                    Reason.UNAVAILABLE,
                    key,
                    "replacing " + key + " waits, because the old one is being deleted and waits for "
                            + Tree.list(live.get(), "metadata", "finalizers")
                            + "; it is made anew when it is gone");
        }
    }
}
