package dev.plumbline.controller.reconcile;

import dev.plumbline.controller.apply.Applier;
import dev.plumbline.controller.apply.ApplyResult;
import dev.plumbline.controller.apply.ClusterWriter;
import dev.plumbline.controller.apply.DryRun;
import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.plan.Change;
import dev.plumbline.controller.plan.Plan;
import dev.plumbline.registry.history.ReleaseRecord;
import dev.plumbline.registry.store.StoreException;
import java.util.function.BooleanSupplier;

/** Keeps the Inventory around an apply: claimed before the first write, as it turned out after the last (law 4). */
final class Applying {

    private final SyncStore store;
    private final Applier applier;
    private final ClusterWriter writer;

    Applying(SyncStore store, Applier applier, ClusterWriter writer) {
        this.store = store;
        this.applier = applier;
        this.writer = writer;
    }

    /** The plan with what the cluster would refuse of adoptions. */
    Plan tried(Plan plan) throws ClusterException {
        return DryRun.of(plan, writer);
    }

    /** Records that everything the plan is about to write is ours. */
    void claim(ReleaseRecord release, Plan plan) throws StoreException {
        store.save(store.inventory()
                .including(release.objects().stream()
                        .map(manifest -> manifest.key())
                        .toList())
                .including(plan.changes().stream().map(Change::key).toList()));
    }

    /** Does what the plan says. */
    ApplyResult apply(Plan plan, BooleanSupplier newer) throws StoreException {
        ApplyResult result = applier.apply(plan, store.inventory(), newer);
        store.save(result.inventory());
        return result;
    }
}
