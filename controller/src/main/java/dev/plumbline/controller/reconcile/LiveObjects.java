package dev.plumbline.controller.reconcile;

import dev.plumbline.controller.inventory.Inventory;
import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.live.ClusterReader;
import dev.plumbline.controller.live.LiveVersion;
import dev.plumbline.controller.live.Selection;
import dev.plumbline.controller.plan.Action;
import dev.plumbline.controller.plan.Change;
import dev.plumbline.controller.plan.Plan;
import dev.plumbline.controller.plan.VersionUse;
import dev.plumbline.registry.argo.ArgoKinds;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.registry.model.Recent;
import dev.plumbline.registry.release.Stamps;
import dev.plumbline.registry.version.Versions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Reads what a plan needs to know of the cluster, and nothing more. */
final class LiveObjects {

    private static final List<String> USERS = List.of(
            ArgoKinds.WORKFLOW, ArgoKinds.CRON_WORKFLOW, ArgoKinds.WORKFLOW_TEMPLATE, ArgoKinds.WORKFLOW_EVENT_BINDING);

    /** Reads at one time: what a single API server answers without queueing. */
    private static final int AT_ONCE = 32;

    private static final int MAX_NAMED = 20_000;

    private final ClusterReader reader;
    /** Versions in which an object was compared and found as it should be, although its last apply made another. */
    private final Map<ObjectKey, String> compared = new ConcurrentHashMap<>();

    /** What wanted contents name; the next commit wants nearly the same. */
    private final Recent<Digest, Set<ObjectKey>> named = new Recent<>(MAX_NAMED);

    LiveObjects(ClusterReader reader) {
        this.reader = reader;
    }

    /**
     * The live objects among the desired and the owned ones. Of one that stands as we applied it only uid and resourceVersion are
     * given: a plan asks nothing else of it.
     *
     * @param desired digest of the wanted content of each object
     * @param defined kinds that the Release itself brings, by group and kind: they may be unknown to the cluster yet
     */
    Map<ObjectKey, Map<String, @Nullable Object>> of(
            Map<ObjectKey, Digest> desired, Set<CustomKind> defined, Inventory inventory) throws ClusterException {
        Map<ObjectKey, Map<String, @Nullable Object>> live = new ConcurrentHashMap<>();
        Set<ObjectKey> keys = new HashSet<>(desired.keySet());
        keys.addAll(inventory.items().keySet());
        Set<ObjectKey> asked = new TreeSet<>();
        for (ObjectKey key : keys) {
            Inventory.Item item = inventory.items().get(key);
            Optional<Map<String, @Nullable Object>> known = item != null && isApplied(item, desired.get(key))
                    ? standing(key, seen(key), item)
                    : Optional.empty();
            known.ifPresentOrElse(object -> live.put(key, object), () -> asked.add(key));
        }
        Concurrently.each(asked, AT_ONCE, key -> {
            try {
                Optional<Map<String, @Nullable Object>> object =
                        object(key, desired.get(key), inventory.items().get(key));
                object.ifPresent(found -> live.put(key, found));
            } catch (ClusterException e) {
                if (e.reason() != ClusterException.Reason.UNSUPPORTED || !defined.contains(CustomKind.of(key))) {
                    throw e;
                }
            }
        });
        return live;
    }

    /** Whether an object stands in the cluster as our last apply left it. */
    boolean stands(ObjectKey key, Inventory.Item item) throws ClusterException {
        return reader.version(key).filter(version -> stands(key, version, item)).isPresent();
    }

    /** Whether it is known without asking anybody that an object stands as our last apply left it, or as a plan found it right. */
    boolean seen(ObjectKey key, Inventory.Item item) throws ClusterException {
        return seen(key).filter(version -> stands(key, version, item)).isPresent();
    }

    /** The version that a watch has seen. */
    private Optional<LiveVersion> seen(ObjectKey key) throws ClusterException {
        try {
            return reader.seen(key);
        } catch (ClusterException e) {
            if (e.reason() == ClusterException.Reason.UNSUPPORTED) {
                return Optional.empty(); // Its kind went away; a plan finds out what that means.
            }
            throw e;
        }
    }

    private boolean stands(ObjectKey key, LiveVersion version, Inventory.Item item) {
        return version.resourceVersion().equals(item.resourceVersion())
                || version.resourceVersion().equals(compared.get(key));
    }

    /** Remembers which objects a plan found as they should be: a controller's status is no reason to compare them again. */
    void found(Plan plan, Map<ObjectKey, Map<String, @Nullable Object>> live) {
        compared.keySet().retainAll(live.keySet());
        for (Change change : plan.changes()) {
            Map<String, @Nullable Object> object = live.get(change.key());
            if (object != null && change.action() == Action.UNCHANGED) {
                compared.put(change.key(), LiveVersion.of(object).resourceVersion());
            } else {
                compared.remove(change.key());
            }
        }
    }

    private Optional<Map<String, @Nullable Object>> object(
            ObjectKey key, @Nullable Digest wanted, Inventory.@Nullable Item item) throws ClusterException {
        if (item == null || !isApplied(item, wanted)) {
            return reader.get(key);
        }
        Optional<LiveVersion> version = reader.version(key);
        Optional<Map<String, @Nullable Object>> standing = standing(key, version, item);
        return standing.isPresent() || version.isEmpty() ? standing : reader.get(key);
    }

    /** Whether what is wanted of an object is what our last apply of it was. */
    private static boolean isApplied(Inventory.Item item, @Nullable Digest wanted) {
        return wanted != null && wanted.equals(item.applied());
    }

    /** What a plan needs to know of an object that stands as we applied it; empty where it does not. */
    private Optional<Map<String, @Nullable Object>> standing(
            ObjectKey key, Optional<LiveVersion> version, Inventory.Item item) {
        String applied = item.resourceVersion();
        return applied == null
                ? Optional.empty()
                : version.filter(found -> stands(key, found, item))
                        .map(found -> Map.of("metadata", Map.of("uid", found.uid(), "resourceVersion", applied)));
    }

    /**
     * Which of the owned objects that are not desired any more are still in use as versions.
     *
     * @param desired what will be live when the plan is done, by key
     * @param digests digests of these contents; none of what is not known
     */
    VersionUse use(
            Map<ObjectKey, Map<String, @Nullable Object>> desired,
            Map<ObjectKey, Digest> digests,
            Inventory inventory,
            Map<ObjectKey, Map<String, @Nullable Object>> live)
            throws ClusterException {
        Map<ObjectKey, Map<String, @Nullable Object>> unwanted = new HashMap<>();
        for (ObjectKey owned : inventory.items().keySet()) {
            Map<String, @Nullable Object> object = desired.containsKey(owned) ? null : live.get(owned);
            if (object != null) {
                unwanted.put(owned, object);
            }
        }
        if (unwanted.values().stream().noneMatch(Versions::isVersion)) {
            return new VersionUse(Map.of(), Set.of());
        }
        Set<String> namespaces = new TreeSet<>();
        unwanted.keySet().forEach(key -> namespaces.add(key.namespace()));
        Predicate<ObjectKey> others = key -> !unwanted.containsKey(key) && !desired.containsKey(key);
        List<VersionUse.User> users = new ArrayList<>();
        for (String namespace : namespaces) {
            for (String kind : USERS) {
                for (Map<String, @Nullable Object> user : list(kind, namespace, others)) {
                    if (others.test(Manifest.keyOf(user))) {
                        users.add(VersionUse.User.of(user));
                    }
                }
            }
        }
        digests.forEach((key, digest) -> users.add(new VersionUse.User(key, names(digest, desired.get(key)))));
        return VersionUse.of(users, unwanted, Versions::isVersion);
    }

    private Set<ObjectKey> names(Digest digest, @Nullable Map<String, @Nullable Object> content) {
        Set<ObjectKey> known = named.get(digest);
        if (known == null) {
            known = content == null ? Set.of() : VersionUse.User.of(content).names();
            named.put(digest, known);
        }
        return known;
    }

    /** Templates of syncs are many, and watched; the others and the kinds that people and controllers make are asked for. */
    private List<Map<String, @Nullable Object>> list(String kind, String namespace, Predicate<ObjectKey> others)
            throws ClusterException {
        Selection all = Selection.of(ArgoKinds.GROUP, kind, namespace);
        try {
            if (!kind.equals(ArgoKinds.WORKFLOW_TEMPLATE)) {
                return reader.list(all).items();
            }
            List<Map<String, @Nullable Object>> templates =
                    new ArrayList<>(reader.watched(all.having(Stamps.SYNC), others));
            templates.addAll(reader.list(all.lacking(Stamps.SYNC)).items());
            return templates;
        } catch (ClusterException e) {
            if (e.reason() == ClusterException.Reason.UNSUPPORTED) {
                return List.of(); // The cluster does not have the kind, so nobody of that kind uses anything.
            }
            throw e;
        }
    }
}
