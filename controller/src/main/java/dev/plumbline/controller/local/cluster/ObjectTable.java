package dev.plumbline.controller.local.cluster;

import dev.plumbline.controller.live.Selection;
import dev.plumbline.controller.live.WatchListener;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.ObjectKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** All objects in memory, ordered by kind, namespace and name. Its owner guards it by a lock; the trees never change. */
final class ObjectTable {

    private final TreeMap<ObjectKey, Map<String, @Nullable Object>> objects = new TreeMap<>();
    private final Map<String, Set<ObjectKey>> dependents = new HashMap<>();
    private long version;

    /** The newest resourceVersion. */
    long version() {
        return version;
    }

    /** Goes on from a stored resourceVersion. */
    void version(long stored) {
        version = Math.max(version, stored);
    }

    @Nullable
    Map<String, @Nullable Object> get(ObjectKey key) {
        return objects.get(key);
    }

    /** The objects that a selection admits, in order. */
    List<Map<String, @Nullable Object>> list(Selection selection) {
        ObjectKey from = new ObjectKey(selection.group(), selection.kind(), selection.namespace(), "");
        List<Map<String, @Nullable Object>> found = new ArrayList<>();
        for (Map.Entry<ObjectKey, Map<String, @Nullable Object>> entry :
                objects.tailMap(from).entrySet()) {
            if (!placed(selection, entry.getKey())) {
                break;
            }
            if (labelled(selection, entry.getValue())) {
                found.add(entry.getValue());
            }
        }
        return found;
    }

    /** The objects in a namespace. */
    List<ObjectKey> inNamespace(String namespace) {
        List<ObjectKey> found = new ArrayList<>();
        for (ObjectKey key : objects.keySet()) {
            if (key.namespace().equals(namespace)) {
                found.add(key);
            }
        }
        return found;
    }

    /** The objects that name this uid as an owner. */
    List<ObjectKey> dependents(String uid) {
        return List.copyOf(dependents.getOrDefault(uid, Set.of()));
    }

    /** A copy of all objects at this moment. */
    List<Map<String, @Nullable Object>> all() {
        return List.copyOf(objects.values());
    }

    /** Takes over one change. */
    void accept(Change change) {
        version = Math.max(version, change.version());
        Map<String, @Nullable Object> before = change.type() == WatchListener.Type.DELETED
                ? objects.remove(change.key())
                : objects.put(change.key(), change.after());
        if (before != null) {
            forEachOwner(
                    before,
                    uid -> dependents.computeIfPresent(uid, (k, keys) -> {
                        keys.remove(change.key());
                        return keys.isEmpty() ? null : keys;
                    }));
        }
        if (change.type() != WatchListener.Type.DELETED) {
            forEachOwner(
                    change.after(),
                    uid -> dependents.computeIfAbsent(uid, k -> new TreeSet<>()).add(change.key()));
        }
    }

    /** Whether a selection admits an object. */
    static boolean admits(Selection selection, ObjectKey key, Map<String, @Nullable Object> object) {
        return placed(selection, key) && labelled(selection, object);
    }

    private static boolean placed(Selection selection, ObjectKey key) {
        return key.kind().equals(selection.kind())
                && key.group().equals(selection.group())
                && (selection.namespace().isEmpty() || selection.namespace().equals(key.namespace()));
    }

    private static boolean labelled(Selection selection, Map<String, @Nullable Object> object) {
        Map<String, @Nullable Object> labels = Tree.map(object, "metadata", "labels");
        for (Map.Entry<String, String> wanted : selection.labels().entrySet()) {
            if (!wanted.getValue().equals(labels.get(wanted.getKey()))) {
                return false;
            }
        }
        return labels.keySet().containsAll(selection.present())
                && Collections.disjoint(labels.keySet(), selection.absent());
    }

    private static void forEachOwner(Map<String, @Nullable Object> object, java.util.function.Consumer<String> action) {
        for (Map<String, @Nullable Object> owner : Tree.maps(object, "metadata", "ownerReferences")) {
            action.accept(Tree.text(owner, "uid"));
        }
    }
}
