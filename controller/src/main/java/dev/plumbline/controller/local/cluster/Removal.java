package dev.plumbline.controller.local.cluster;

import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.ObjectKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Deletion, and what follows from it: finalizers hold an object back; what it owned goes with it once no other owner is
 * left, or loses the reference; a namespace takes its content with it.
 */
final class Removal {

    /** The field manager of what deletion changes in other objects. */
    private static final String COLLECTOR = "plumbline-embedded";

    private final ObjectTable table;
    private final Transaction transaction;
    private final String now;

    /**
     * Deletes within a transaction.
     *
     * @param now the time as Kubernetes writes it
     */
    Removal(ObjectTable table, Transaction transaction, String now) {
        this.table = table;
        this.transaction = transaction;
        this.now = now;
    }

    /** Deletes an object, or marks it where finalizers hold it. */
    void delete(ObjectKey key, Map<String, @Nullable Object> object, boolean orphan) {
        if (orphan) {
            orphan(Tree.text(object, "metadata", "uid"));
        }
        boolean namespace = key.kind().equals("Namespace") && key.group().isEmpty();
        if (namespace) {
            content(key.name());
        }
        if (!Tree.list(object, "metadata", "finalizers").isEmpty()
                || (namespace && !left(key.name()).isEmpty())) {
            mark(key, object, namespace);
        } else {
            finish(key, object);
        }
    }

    /** Ends an object whose last finalizer went. */
    void finish(ObjectKey key, Map<String, @Nullable Object> last) {
        transaction.remove(key, last);
        String uid = Tree.text(last, "metadata", "uid");
        for (ObjectKey dependent : table.dependents(uid)) {
            Map<String, @Nullable Object> object = transaction.get(dependent);
            if (object != null && owns(object, uid)) {
                withoutOwner(dependent, object, uid);
            }
        }
        if (!key.namespace().isEmpty()) {
            endNamespace(key.namespace());
        }
    }

    private void endNamespace(String name) {
        ObjectKey key = new ObjectKey("", "Namespace", "", name);
        Map<String, @Nullable Object> namespace = transaction.get(key);
        if (namespace != null
                && Tree.at(namespace, "metadata", "deletionTimestamp") != null
                && Tree.list(namespace, "metadata", "finalizers").isEmpty()
                && left(name).isEmpty()) {
            finish(key, namespace);
        }
    }

    private void withoutOwner(ObjectKey key, Map<String, @Nullable Object> object, String uid) {
        if (!hasAnotherOwner(key, object, uid)) {
            if (Tree.at(object, "metadata", "deletionTimestamp") == null) {
                delete(key, object, false);
            }
        } else {
            dropOwner(key, object, uid);
        }
    }

    private boolean hasAnotherOwner(ObjectKey key, Map<String, @Nullable Object> object, String uid) {
        for (Map<String, @Nullable Object> owner : Tree.maps(object, "metadata", "ownerReferences")) {
            if (!uid.equals(owner.get("uid")) && exists(key, owner)) {
                return true;
            }
        }
        return false;
    }

    private boolean exists(ObjectKey key, Map<String, @Nullable Object> owner) {
        String group = ObjectKey.groupOf(Tree.text(owner, "apiVersion"));
        for (String namespace : List.of(key.namespace(), "")) {
            Map<String, @Nullable Object> found = transaction.get(
                    new ObjectKey(group, Tree.text(owner, "kind"), namespace, Tree.text(owner, "name")));
            if (found != null && Tree.text(found, "metadata", "uid").equals(owner.get("uid"))) {
                return true;
            }
        }
        return false;
    }

    private void orphan(String uid) {
        for (ObjectKey dependent : table.dependents(uid)) {
            Map<String, @Nullable Object> object = transaction.get(dependent);
            if (object != null && owns(object, uid)) {
                dropOwner(dependent, object, uid);
            }
        }
    }

    private void dropOwner(ObjectKey key, Map<String, @Nullable Object> object, String uid) {
        Map<String, @Nullable Object> next = Tree.copy(object);
        List<@Nullable Object> owners = new ArrayList<>(Tree.maps(next, "metadata", "ownerReferences"));
        owners.removeIf(owner -> uid.equals(Tree.text(owner, "uid")));
        if (owners.isEmpty()) {
            Map<String, @Nullable Object> metadata = Tree.map(next, "metadata");
            metadata.remove("ownerReferences");
        } else {
            Tree.set(next, owners, "metadata", "ownerReferences");
        }
        transaction.put(key, disowned(key, object, next));
    }

    private Map<String, @Nullable Object> disowned(
            ObjectKey key, Map<String, @Nullable Object> live, Map<String, @Nullable Object> next) {
        try {
            return Owners.update(KindFacts.of(key.group(), key.kind(), key), key, live, next, COLLECTOR, now);
        } catch (ClusterException e) {
            throw new IllegalStateException("a stored object is not valid: " + e.getMessage(), e);
        }
    }

    private static boolean owns(Map<String, @Nullable Object> object, String uid) {
        return Tree.maps(object, "metadata", "ownerReferences").stream()
                .anyMatch(owner -> uid.equals(owner.get("uid")));
    }

    private void content(String namespace) {
        for (ObjectKey key : table.inNamespace(namespace)) {
            Map<String, @Nullable Object> object = transaction.get(key);
            if (object != null && Tree.at(object, "metadata", "deletionTimestamp") == null) {
                delete(key, object, false);
            }
        }
    }

    private List<ObjectKey> left(String namespace) {
        return table.inNamespace(namespace).stream()
                .filter(key -> transaction.get(key) != null)
                .toList();
    }

    private void mark(ObjectKey key, Map<String, @Nullable Object> object, boolean namespace) {
        if (Tree.at(object, "metadata", "deletionTimestamp") != null) {
            return;
        }
        Map<String, @Nullable Object> next = new LinkedHashMap<>(object);
        Map<String, @Nullable Object> metadata = new LinkedHashMap<>(Tree.map(object, "metadata"));
        metadata.put("deletionTimestamp", now);
        metadata.put("deletionGracePeriodSeconds", 0L);
        if (metadata.get("generation") instanceof Long generation) {
            metadata.put("generation", generation + 1);
        }
        next.put("metadata", metadata);
        if (namespace) {
            next.put("status", Map.of("phase", "Terminating"));
        }
        transaction.put(key, next);
    }
}
