package dev.plumbline.controller.local.cluster;

import dev.plumbline.controller.live.WatchListener;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.ObjectKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Changes that happen together or not at all. */
final class Transaction {

    private final ObjectTable table;
    private final List<Change> changes = new ArrayList<>();
    private final Map<ObjectKey, Change> newest = new HashMap<>();
    private long version;

    Transaction(ObjectTable table) {
        this.table = table;
        this.version = table.version();
    }

    List<Change> changes() {
        return changes;
    }

    /** The object as this transaction has made it so far. */
    @Nullable
    Map<String, @Nullable Object> get(ObjectKey key) {
        Change change = newest.get(key);
        if (change == null) {
            return table.get(key);
        }
        return change.type() == WatchListener.Type.DELETED ? null : change.after();
    }

    /** Keeps an object, which the caller gives up; answers it with its new resourceVersion. */
    Map<String, @Nullable Object> put(ObjectKey key, Map<String, @Nullable Object> object) {
        Map<String, @Nullable Object> before = get(key);
        version++;
        Map<String, @Nullable Object> after = ObjectRules.copy(object);
        Tree.set(after, Long.toString(version), "metadata", "resourceVersion");
        after = Tree.freeze(after);
        add(new Change(
                version, before == null ? WatchListener.Type.ADDED : WatchListener.Type.MODIFIED, key, before, after));
        return after;
    }

    /** Removes an object. */
    void remove(ObjectKey key, Map<String, @Nullable Object> last) {
        version++;
        add(new Change(version, WatchListener.Type.DELETED, key, get(key), RunningWatch.withVersion(last, version)));
    }

    private void add(Change change) {
        changes.add(change);
        newest.put(change.key(), change);
    }
}
