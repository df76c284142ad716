package dev.plumbline.tests.operator;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.live.LiveList;
import dev.plumbline.controller.live.Selection;
import dev.plumbline.controller.live.Watch;
import dev.plumbline.controller.live.WatchListener;
import dev.plumbline.registry.json.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Every state that the ConfigMaps of a desk's namespace were in, as the API server told a watch of the test's own. The test commits
 * numbers that only grow, so that what is applied twice, in the wrong order or put back shows.
 */
final class Observed implements WatchListener, AutoCloseable {

    private final Map<String, List<String>> states = new TreeMap<>();
    private final OperatorDesk desk;
    private Watch watch;
    private boolean closed;

    Observed(OperatorDesk desk) throws ClusterException {
        this.desk = desk;
        this.watch = watch();
    }

    private Watch watch() throws ClusterException {
        Selection all = Selection.of("", "ConfigMap", desk.namespace());
        LiveList now = desk.cluster().list(all);
        for (Map<String, @Nullable Object> object : now.items()) {
            List<String> known = of(Tree.text(object, "metadata", "name"));
            if (known.isEmpty() || !known.getLast().equals(Tree.text(object, "data", "n"))) {
                changed(Type.MODIFIED, object);
            }
        }
        return desk.cluster().watch(all, now.resourceVersion(), this);
    }

    @Override
    public synchronized void changed(Type type, Map<String, @Nullable Object> object) {
        states.computeIfAbsent(Tree.text(object, "metadata", "name"), name -> new ArrayList<>())
                .add(type == Type.DELETED ? "deleted" : Tree.text(object, "data", "n"));
    }

    /** The API server went away for long: what it has when it is back is the next state. */
    @Override
    public void ended(ClusterException why) {
        Thread.ofVirtual().start(() -> {
            while (!again()) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
            }
        });
    }

    private synchronized boolean again() {
        try {
            if (!closed) {
                watch = watch();
            }
            return true;
        } catch (ClusterException e) {
            return e.reason() != ClusterException.Reason.UNAVAILABLE;
        }
    }

    /** Names of those that were seen with a value. */
    synchronized Set<String> with(String value) {
        return states.entrySet().stream()
                .filter(entry -> entry.getValue().contains(value))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    synchronized List<String> of(String name) {
        return List.copyOf(states.getOrDefault(name, List.of()));
    }

    /** Checks that each object only ever went forward, one write for each change. */
    synchronized void checkOnlyForward() {
        assertTrue(!states.isEmpty());
        states.forEach((name, values) -> {
            int last = -1;
            for (String value :
                    values.stream().filter(value -> !value.equals("deleted")).toList()) {
                int number = Integer.parseInt(value);
                assertTrue(number > last, name + " was written twice or put back: " + values);
                last = number;
            }
        });
    }

    @Override
    public synchronized void close() {
        closed = true;
        watch.close();
    }
}
