package dev.plumbline.controller.local.runner;

import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.manifest.Manifest;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Has artifacts collected, each Workflow in a thread of its own; what cannot be done now is done when the runner starts again. */
final class ArtifactCollector {

    /** Pause before another attempt while the cluster is away, or the Workflow is written by others. */
    private static final Duration AGAIN = Duration.ofMillis(200);

    private final Runner.Doors doors;

    /** Whether one was seen again since its thread last looked, by uid. */
    private final Map<String, Boolean> busy = new HashMap<>();

    private volatile boolean closed;

    ArtifactCollector(Runner.Doors doors) {
        this.doors = doors;
    }

    /** Takes up a Workflow for which nothing runs any more. Returns at once. */
    void see(Map<String, @Nullable Object> workflow) {
        if (!new ArtifactCollection(doors, workflow).due()) {
            return;
        }
        String uid = Tree.text(workflow, "metadata", "uid");
        synchronized (this) {
            if (closed || busy.put(uid, true) != null) {
                return;
            }
        }
        Thread.ofVirtual().name("collect " + Manifest.keyOf(workflow).name()).start(() -> collect(uid, workflow));
    }

    void close() {
        closed = true;
    }

    private void collect(String uid, Map<String, @Nullable Object> seen) {
        try {
            while (again(uid)) {
                while (!closed && !once(uid, seen)) {
                    Thread.sleep(AGAIN);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ClusterException | IOException e) {
            System.getLogger(ArtifactCollector.class.getName())
                    .log(
                            System.Logger.Level.WARNING,
                            "the artifacts of " + Manifest.keyOf(seen) + " are not collected: " + e.getMessage());
            synchronized (this) {
                busy.remove(uid);
            }
        }
    }

    /** Whether it was seen since the last look; if not, its thread is done and the next one to see it starts another. */
    private synchronized boolean again(String uid) {
        if (closed || !Boolean.TRUE.equals(busy.put(uid, false))) {
            busy.remove(uid);
            return false;
        }
        return true;
    }

    /** Collects what is due; answers whether that is done. */
    private boolean once(String uid, Map<String, @Nullable Object> seen) throws ClusterException, IOException {
        try {
            Optional<Map<String, @Nullable Object>> now = doors.reader().get(Manifest.keyOf(seen));
            if (now.isEmpty() || !Tree.text(now.get(), "metadata", "uid").equals(uid)) {
                return true;
            }
            ArtifactCollection collection = new ArtifactCollection(doors, now.get());
            if (collection.due()) {
                doors.writer().mergePatch(Manifest.keyOf(seen), collection.collect(), RunStatus.MANAGER);
            }
            return true;
        } catch (ClusterException e) {
            if (e.retryable() || e.reason() == ClusterException.Reason.CONFLICT) {
                return false;
            }
            throw e;
        }
    }
}
