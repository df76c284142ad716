package dev.plumbline.controller.reconcile;

import dev.plumbline.controller.inventory.Inventory;
import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.plan.DeletionBudget;
import dev.plumbline.controller.plan.Desired;
import dev.plumbline.controller.plan.OtherSyncs;
import dev.plumbline.controller.plan.Plan;
import dev.plumbline.controller.plan.PlanInput;
import dev.plumbline.controller.plan.PlanRules;
import dev.plumbline.controller.plan.Planner;
import dev.plumbline.controller.plan.VersionUse;
import dev.plumbline.registry.history.HistoryEntry;
import dev.plumbline.registry.history.ReleaseRecord;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.registry.model.SyncId;
import dev.plumbline.registry.release.Stamps;
import dev.plumbline.registry.store.StoreException;
import dev.plumbline.registry.version.Versions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gathers what a plan is made from, and makes it. */
final class Planning {

    private final SyncId sync;
    private final DeletionBudget budget;
    private final SyncStore store;
    private final LiveObjects live;

    Planning(SyncId sync, DeletionBudget budget, SyncStore store, LiveObjects live) {
        this.sync = sync;
        this.budget = budget;
        this.store = store;
        this.live = live;
    }

    /** The plan that makes the cluster what a Release wants, stamped with the blame that its entry holds. */
    Plan plan(ReleaseRecord release, HistoryEntry draft, @Nullable Digest confirmed)
            throws StoreException, ClusterException {
        Map<ObjectKey, ObjectKey> plain = new HashMap<>();
        release.versions().forEach((key, version) -> plain.put(version, key));
        List<Desired> desired = new ArrayList<>();
        Map<ObjectKey, Map<String, @Nullable Object>> wanted = new HashMap<>();
        for (Manifest manifest : release.objects()) {
            ObjectKey key = manifest.key();
            wanted.put(key, manifest.content());
            desired.add(new Desired(
                    manifest,
                    Stamps.stamp(manifest, sync, draft.blame().get(plain.getOrDefault(key, key))),
                    Versions.isVersion(manifest.content())));
        }
        // What was not stored cannot be restored: Secrets of an archived Release are left as they are.
        release.secrets().forEach(key -> wanted.put(key, Map.of()));
        Inventory inventory = store.inventory();
        Map<ObjectKey, Map<String, @Nullable Object>> objects = live.of(wanted.keySet(), inventory);
        VersionUse use = live.use(wanted, inventory, objects);
        Map<ObjectKey, String> kept = new HashMap<>(use.kept());
        release.secrets().forEach(key -> kept.put(key, "data of Secrets is not stored, so it stays as it is"));
        return Planner.plan(new PlanInput(
                sync,
                draft.commit(),
                release.digest(),
                desired,
                inventory,
                objects,
                kept,
                use.collectable(),
                budget,
                confirmed,
                PlanRules.STANDARD,
                OtherSyncs.NONE));
    }
}
