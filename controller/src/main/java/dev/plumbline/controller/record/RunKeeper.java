package dev.plumbline.controller.record;

import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.live.ClusterReader;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.model.ObjectKey;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps runs from being deleted before they are recorded, where that was asked for: by a finalizer, put there at the first sight of
 * a run and taken away when it is recorded, when it could not be for too long, or when its namespace goes.
 */
final class RunKeeper {

    /** The finalizer. {@code plumbline uninstall} removes it everywhere. */
    static final String FINALIZER = "plumbline.dev/recorded";

    /** Times that a write is tried while others write the same Workflow; its next change is another chance. */
    private static final int TRIES = 5;

    private final ClusterReader cluster;
    private final @Nullable RunMarks marks;
    private final InstantSource clock;
    private final Consumer<String> trouble;

    RunKeeper(ClusterReader cluster, @Nullable RunMarks marks, InstantSource clock, Consumer<String> trouble) {
        this.cluster = cluster;
        this.marks = marks;
        this.clock = clock;
        this.trouble = trouble;
    }

    /** A run goes on: it is kept from now on. */
    void keep(Map<String, @Nullable Object> workflow) {
        if (marks != null && !holds(workflow) && !deleting(workflow)) {
            set(marks, workflow, true);
        }
    }

    /** A run is recorded: it may go. */
    void letGo(Map<String, @Nullable Object> workflow) {
        if (marks != null && holds(workflow)) {
            set(marks, workflow, false);
        }
    }

    /** Whether somebody deleted a run, and it is only there because we keep it. */
    boolean leaving(Map<String, @Nullable Object> workflow) {
        return deleting(workflow) && holds(workflow);
    }

    /** A run could not be recorded at present: one that was deleted is not kept for ever. */
    void bound(Map<String, @Nullable Object> workflow) {
        if (marks == null || !leaving(workflow)) {
            return;
        }
        boolean late;
        try {
            Instant deleted = Instant.parse(Tree.text(workflow, "metadata", "deletionTimestamp"));
            late = clock.instant().isAfter(deleted.plus(marks.longest()));
        } catch (DateTimeException e) {
            late = true;
        }
        if (late || namespaceGoes(workflow)) {
            trouble.accept("run " + Tree.text(workflow, "metadata", "name")
                    + " was deleted and could not be recorded in time; it is let go");
            set(marks, workflow, false);
        }
    }

    private boolean namespaceGoes(Map<String, @Nullable Object> workflow) {
        try {
            Optional<Map<String, @Nullable Object>> namespace =
                    cluster.get(new ObjectKey("", "Namespace", "", Tree.text(workflow, "metadata", "namespace")));
            return namespace.isEmpty() || deleting(namespace.get());
        } catch (ClusterException e) {
            return false; // Then it is asked again with the next try.
        }
    }

    private void set(RunMarks how, Map<String, @Nullable Object> workflow, boolean there) {
        Map<String, @Nullable Object> now = workflow;
        ObjectKey key = Manifest.keyOf(workflow);
        try {
            for (int i = 0; i < TRIES; i++) {
                if (holds(now) == there) {
                    return;
                }
                try {
                    how.writer().finalizers(key, finalizers(now, there), Tree.text(now, "metadata", "resourceVersion"));
                    return;
                } catch (ClusterException e) {
                    if (e.reason() != ClusterException.Reason.CONFLICT) {
                        throw e;
                    }
                }
                Optional<Map<String, @Nullable Object>> fresh = cluster.get(key);
                if (fresh.isEmpty()
                        || !Tree.text(fresh.get(), "metadata", "uid").equals(Tree.text(workflow, "metadata", "uid"))) {
                    return;
                }
                now = fresh.get();
            }
        } catch (ClusterException e) {
            if (e.reason() != ClusterException.Reason.NOT_FOUND) {
                trouble.accept("tried to " + (there ? "keep" : "let go of") + " run " + key.name() + ", failed because "
                        + e.getMessage() + "; it is tried again when it changes");
            }
        }
    }

    private static List<String> finalizers(Map<String, @Nullable Object> workflow, boolean there) {
        List<String> finalizers = new ArrayList<>();
        Tree.list(workflow, "metadata", "finalizers").forEach(name -> finalizers.add(String.valueOf(name)));
        finalizers.remove(FINALIZER);
        if (there) {
            finalizers.add(FINALIZER);
        }
        return finalizers;
    }

    private static boolean holds(Map<String, @Nullable Object> workflow) {
        return Tree.list(workflow, "metadata", "finalizers").contains(FINALIZER);
    }

    private static boolean deleting(Map<String, @Nullable Object> object) {
        return !Tree.text(object, "metadata", "deletionTimestamp").isEmpty();
    }
}
