package dev.plumbline.controller.local.runner;

import dev.plumbline.controller.apply.ClusterWriter;
import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.registry.argo.ArgoKinds;
import dev.plumbline.registry.argo.NodeIds;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.ObjectKey;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The status of one run in Argo's shape. Changes are gathered and written by {@link #flush()} as one merge patch; when it
 * returns, everything that was changed before is in the cluster. Many threads may use it.
 */
final class RunStatus {

    /** Field manager of everything that the runner writes. */
    static final String MANAGER = "plumbline-runner";

    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final ClusterWriter writer;
    private final InstantSource clock;
    private final RunSignal signal;
    private final ObjectKey key;
    private final String uid;
    private final Map<String, Map<String, @Nullable Object>> nodes = new LinkedHashMap<>();
    private final Set<String> dirty = new LinkedHashSet<>();
    private final ReentrantLock writing = new ReentrantLock();
    private Map<String, @Nullable Object> pending = new LinkedHashMap<>();

    RunStatus(ClusterWriter writer, InstantSource clock, RunSignal signal, Map<String, @Nullable Object> workflow) {
        this.writer = writer;
        this.clock = clock;
        this.signal = signal;
        this.key = new ObjectKey(
                ArgoKinds.GROUP,
                ArgoKinds.WORKFLOW,
                Tree.text(workflow, "metadata", "namespace"),
                Tree.text(workflow, "metadata", "name"));
        this.uid = Tree.text(workflow, "metadata", "uid");
        Tree.map(workflow, "status", "nodes").forEach((id, node) -> {
            if (node instanceof Map<?, ?> map) {
                nodes.put(id, Tree.copy(Tree.cast(map)));
            }
        });
    }

    ObjectKey key() {
        return key;
    }

    String uid() {
        return uid;
    }

    /** The present time as Argo writes it: RFC 3339, whole seconds, UTC. */
    String now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    String id(String nodeName) {
        return NodeIds.of(key.name(), nodeName);
    }

    /** A copy of a node; null when there is none. */
    synchronized @Nullable Map<String, @Nullable Object> node(String id) {
        Map<String, @Nullable Object> node = nodes.get(id);
        return node == null ? null : Tree.copy(node);
    }

    /** The phase of a node; empty when there is none. */
    synchronized String phase(String id) {
        return Tree.text(nodes.get(id), "phase");
    }

    /** Copies of the nodes within a dag or steps whose names begin so. */
    synchronized List<Map<String, @Nullable Object>> within(String boundaryId, String beginning) {
        return nodes.values().stream()
                .filter(node -> Tree.text(node, "boundaryID").equals(boundaryId)
                        && Tree.text(node, "name").startsWith(beginning))
                .map(Tree::copy)
                .toList();
    }

    /** Copies of all nodes. */
    synchronized List<Map<String, @Nullable Object>> nodes() {
        return nodes.values().stream().map(Tree::copy).toList();
    }

    /** Changes a node, made when there is none. */
    synchronized void change(String id, Consumer<Map<String, @Nullable Object>> change) {
        change.accept(nodes.computeIfAbsent(id, _ -> new LinkedHashMap<>()));
        dirty.add(id);
    }

    /** Forgets nodes that a Workflow was created with. */
    synchronized void forget() {
        nodes.clear();
    }

    /** Notes that one node came after another. */
    synchronized void link(String parentId, String childId) {
        List<@Nullable Object> children = new ArrayList<>(Tree.list(nodes.get(parentId), "children"));
        if (nodes.containsKey(parentId) && !children.contains(childId)) {
            children.add(childId);
            change(parentId, node -> node.put("children", children));
        }
    }

    /** Ends a node. */
    void end(String id, String phase, String message) {
        change(id, node -> {
            node.put("phase", phase);
            node.put("finishedAt", now());
            if (!message.isEmpty()) {
                node.put("message", message);
            }
        });
    }

    /** Sets something in the patch that the next flush writes; null removes it. */
    synchronized void set(@Nullable Object value, String... path) {
        Tree.set(pending, value, path);
    }

    /** The nodes from which a successor hangs: the node itself, a retry's last attempt, the ends of a dag. */
    synchronized List<String> outbound(String id) {
        Map<String, @Nullable Object> node = nodes.get(id);
        if (Tree.text(node, "type").equals("Retry")) {
            // Also where that is a hook, as in Argo.
            List<@Nullable Object> children = Tree.list(node, "children");
            return children.isEmpty() ? List.of(id) : outbound(String.valueOf(children.getLast()));
        }
        if (Tree.text(node, "type").equals("TaskGroup")) {
            List<String> outbound = new ArrayList<>();
            Tree.list(node, "children").forEach(child -> outbound.addAll(outbound(String.valueOf(child))));
            return outbound.isEmpty() ? List.of(id) : List.copyOf(outbound);
        }
        if (Set.of("DAG", "Steps").contains(Tree.text(node, "type"))) {
            return Tree.list(node, "outboundNodes").stream()
                    .map(String::valueOf)
                    .toList();
        }
        return List.of(id);
    }

    /** The attempts of a Retry node, among whose children hooks may be too. */
    synchronized List<String> attempts(String id) {
        return Tree.list(nodes.get(id), "children").stream()
                .map(String::valueOf)
                .filter(child -> Tree.at(nodes.get(child), "nodeFlag", "hooked") == null)
                .toList();
    }

    /**
     * Writes everything that changed. Waits while the cluster is away.
     *
     * @throws RunEnded when the Workflow is gone or the runner stops
     */
    void flush() {
        writing.lock();
        try {
            Map<String, @Nullable Object> patch = takePatch();
            if (!patch.isEmpty()) {
                write(patch);
            }
        } finally {
            writing.unlock();
        }
    }

    private synchronized Map<String, @Nullable Object> takePatch() {
        Map<String, @Nullable Object> patch = pending;
        pending = new LinkedHashMap<>();
        if (!patch.isEmpty() || !dirty.isEmpty()) {
            // A precondition: another Workflow of the same name is not this run.
            Tree.set(patch, uid, "metadata", "uid");
        }
        for (String id : dirty) {
            Map<String, @Nullable Object> node = nodes.get(id);
            if (node != null) {
                Tree.set(patch, Tree.copy(node), "status", "nodes", id);
            }
        }
        if (!dirty.isEmpty()) {
            Tree.set(patch, progress(), "status", "progress");
        }
        dirty.clear();
        return patch;
    }

    /** Pods that have ended, of those that are known. */
    private String progress() {
        int total = 0;
        int done = 0;
        for (Map<String, @Nullable Object> node : nodes.values()) {
            if (Tree.text(node, "type").equals("Pod")) {
                total++;
                done += Phase.fulfilled(Tree.text(node, "phase")) ? 1 : 0;
            }
        }
        return done + "/" + total;
    }

    private void write(Map<String, @Nullable Object> patch) {
        Duration pause = FIRST_PAUSE;
        while (true) {
            signal.check();
            try {
                writer.mergePatch(key, patch, MANAGER);
                return;
            } catch (ClusterException e) {
                if (!e.retryable()) {
                    throw new RunEnded(
                            "tried to write the status of " + key.display() + ", failed because " + e.getMessage());
                }
                signal.pause(pause);
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
            }
        }
    }
}
