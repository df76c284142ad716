package dev.plumbline.controller.reconcile;

import dev.plumbline.controller.inventory.Inventory;
import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.plan.Desired;
import dev.plumbline.controller.plan.OtherSyncs;
import dev.plumbline.controller.plan.Plan;
import dev.plumbline.controller.plan.PlanInput;
import dev.plumbline.controller.plan.Planner;
import dev.plumbline.controller.plan.VersionUse;
import dev.plumbline.controller.spec.DeletionBudget;
import dev.plumbline.registry.history.HistoryEntry;
import dev.plumbline.registry.history.ReleaseRecord;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.metrics.Metric;
import dev.plumbline.registry.metrics.Metrics;
import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.registry.model.SyncId;
import dev.plumbline.registry.store.StoreException;
import dev.plumbline.registry.version.Versions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Gathers what a plan is made from, and makes it. */
final class Planning {

    private final SyncId sync;
    private final DeletionBudget budget;
    private final SyncRules rules;
    private final Claims claims;
    private final SyncStore store;
    private final LiveObjects live;
    private final Metrics metrics;

    Planning(SyncSpec spec, SyncStore store, LiveObjects live, Claims claims, Metrics metrics) {
        this.sync = spec.id();
        this.budget = spec.budget();
        this.rules = spec.rules();
        this.claims = claims;
        this.store = store;
        this.live = live;
        this.metrics = metrics;
    }

    /** Whether one of these objects is owned and stands in another version than the one that our last apply made. */
    boolean changedByOthers(Set<ObjectKey> keys) throws StoreException, ClusterException {
        Map<ObjectKey, Inventory.Item> owned = store.inventory().items();
        for (ObjectKey key : keys) {
            Inventory.Item item = owned.get(key);
            if (item != null && !live.stands(key, item)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether a plan for a Release would find everything unchanged, told without making one: the sync owns what the Release wants and
     * nothing else, and of each object it is known without a call that it stands with that content. Where it is not known, it is
     * false. Where it is true, the claims have heard of it, as a plan would have told them.
     */
    boolean settled(ReleaseRecord release) throws StoreException, ClusterException {
        Map<ObjectKey, Inventory.Item> owned = store.inventory().items();
        if (!release.secrets().isEmpty() || owned.size() != release.objects().size()) {
            return false;
        }
        for (Manifest manifest : release.objects()) {
            Inventory.Item item = owned.get(manifest.key());
            if (item == null || !manifest.digest().equals(item.applied()) || !live.seen(manifest.key(), item)) {
                return false;
            }
        }
        claims.wants(sync, owned.keySet());
        return true;
    }

    /** The plan that deletes everything that the sync owns, whatever the budget says. */
    Plan removal(HistoryEntry last) throws StoreException, ClusterException {
        Inventory inventory = store.inventory();
        return Planner.plan(new PlanInput(
                sync,
                last.commit(),
                Digest.of(""),
                List.of(),
                inventory,
                live.of(Map.of(), Set.of(), inventory),
                Map.of(),
                Set.of(),
                DeletionBudget.UNLIMITED,
                null,
                rules.plan(),
                OtherSyncs.NONE));
    }

    /** The plan that makes the cluster what a Release wants, stamped with the blame that its entry holds. */
    Plan plan(ReleaseRecord release, HistoryEntry draft, @Nullable Digest confirmed)
            throws StoreException, ClusterException {
        Map<ObjectKey, ObjectKey> plain = new HashMap<>();
        release.versions().forEach((key, version) -> plain.put(version, key));
        List<Desired> desired = new ArrayList<>();
        Map<ObjectKey, Map<String, @Nullable Object>> wanted = new HashMap<>();
        Map<ObjectKey, Digest> digests = new HashMap<>();
        Set<CustomKind> defined = new HashSet<>();
        for (Manifest manifest : release.objects()) {
            ObjectKey key = manifest.key();
            wanted.put(key, manifest.content());
            digests.put(key, manifest.digest());
            CustomKind.definedBy(manifest).ifPresent(defined::add);
            desired.add(new Desired(
                    manifest,
                    sync,
                    draft.blame().get(plain.getOrDefault(key, key)),
                    Versions.isVersion(manifest.content())));
        }
        // What was not stored cannot be restored: Secrets of an archived Release are left as they are.
        release.secrets().forEach(key -> wanted.put(key, Map.of()));
        claims.wants(sync, wanted.keySet());
        Inventory inventory = store.inventory();
        Map<ObjectKey, Map<String, @Nullable Object>> objects = live.of(digests, defined, inventory);
        VersionUse use = live.use(wanted, digests, inventory, objects);
        Plan plan = Planner.plan(new PlanInput(
                sync,
                draft.commit(),
                release.digest(),
                desired,
                inventory,
                objects,
                kept(release, use, wanted.keySet(), inventory),
                use.collectable(),
                budget,
                confirmed,
                rules.plan(),
                claims.others(sync, wanted.keySet())));
        live.found(plan, objects);
        metrics.count(Metric.PLANS, "outcome", outcome(plan));
        return plan;
    }

    private static String outcome(Plan plan) {
        if (plan.confirmation() != null || !plan.refusals().isEmpty()) {
            return "refused";
        }
        return plan.isEmpty() ? "unchanged" : "changes";
    }

    private Map<ObjectKey, String> kept(
            ReleaseRecord release, VersionUse use, Set<ObjectKey> wanted, Inventory inventory) {
        Map<ObjectKey, String> kept = new HashMap<>(use.kept());
        release.secrets().forEach(key -> kept.put(key, "data of Secrets is not stored, so it stays as it is"));
        if (!rules.prune()) {
            inventory.items().keySet().stream()
                    .filter(key -> !wanted.contains(key))
                    .forEach(key -> kept.putIfAbsent(key, "spec.prune is false"));
        }
        return kept;
    }
}
