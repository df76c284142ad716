package dev.plumbline.controller.reconcile;

import dev.plumbline.controller.inventory.Inventory;
import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.live.ClusterReader;
import dev.plumbline.controller.live.Selection;
import dev.plumbline.controller.plan.VersionUse;
import dev.plumbline.registry.argo.ArgoKinds;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.registry.version.Versions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads what a plan needs to know of the cluster, and nothing more. */
final class LiveObjects {

    private static final List<String> USERS = List.of(
            ArgoKinds.WORKFLOW, ArgoKinds.CRON_WORKFLOW, ArgoKinds.WORKFLOW_TEMPLATE, ArgoKinds.WORKFLOW_EVENT_BINDING);

    private final ClusterReader reader;

    LiveObjects(ClusterReader reader) {
        this.reader = reader;
    }

    /** The live objects among the desired and the owned ones. */
    Map<ObjectKey, Map<String, @Nullable Object>> of(Collection<ObjectKey> desired, Inventory inventory)
            throws ClusterException {
        Set<ObjectKey> keys = new TreeSet<>(desired);
        keys.addAll(inventory.items().keySet());
        Map<ObjectKey, Map<String, @Nullable Object>> live = new HashMap<>();
        for (ObjectKey key : keys) {
            reader.get(key).ifPresent(object -> live.put(key, object));
        }
        return live;
    }

    /**
     * Which of the owned objects that are not desired any more are still in use as versions.
     *
     * @param desired what will be live when the plan is done, by key
     */
    VersionUse use(
            Map<ObjectKey, Map<String, @Nullable Object>> desired,
            Inventory inventory,
            Map<ObjectKey, Map<String, @Nullable Object>> live)
            throws ClusterException {
        Map<ObjectKey, Map<String, @Nullable Object>> unwanted = new HashMap<>(live);
        unwanted.keySet().retainAll(inventory.items().keySet());
        unwanted.keySet().removeAll(desired.keySet());
        if (unwanted.values().stream().noneMatch(Versions::isVersion)) {
            return new VersionUse(Map.of(), Set.of());
        }
        Set<String> namespaces = new TreeSet<>();
        unwanted.keySet().forEach(key -> namespaces.add(key.namespace()));
        List<Map<String, @Nullable Object>> users = new ArrayList<>();
        for (String namespace : namespaces) {
            for (String kind : USERS) {
                for (Map<String, @Nullable Object> user : list(kind, namespace)) {
                    ObjectKey key = Manifest.keyOf(user);
                    if (!unwanted.containsKey(key) && !desired.containsKey(key)) {
                        users.add(user);
                    }
                }
            }
        }
        users.addAll(desired.values());
        return VersionUse.of(users, unwanted, Versions::isVersion);
    }

    private List<Map<String, @Nullable Object>> list(String kind, String namespace) throws ClusterException {
        try {
            return reader.list(Selection.of(ArgoKinds.GROUP, kind, namespace)).items();
        } catch (ClusterException e) {
            if (e.reason() == ClusterException.Reason.UNSUPPORTED) {
                return List.of(); // The cluster does not have the kind, so nobody of that kind uses anything.
            }
            throw e;
        }
    }
}
