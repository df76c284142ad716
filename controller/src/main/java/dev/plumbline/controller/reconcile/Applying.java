package dev.plumbline.controller.reconcile;

import dev.plumbline.controller.apply.Applier;
import dev.plumbline.controller.apply.ApplyResult;
import dev.plumbline.controller.apply.ClusterWriter;
import dev.plumbline.controller.apply.DryRun;
import dev.plumbline.controller.apply.Gate;
import dev.plumbline.controller.health.HealthReport;
import dev.plumbline.controller.health.ObjectHealth;
import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.plan.Change;
import dev.plumbline.controller.plan.Plan;
import dev.plumbline.registry.history.ReleaseRecord;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.registry.store.StoreException;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/** Keeps the Inventory around an apply: claimed before the first write, as it turned out after the last (law 4). */
final class Applying {

    private final SyncStore store;
    private final Applier applier;
    private final ClusterWriter writer;
    private final Gate health;

    Applying(SyncStore store, Applier applier, ClusterWriter writer, Gate health) {
        this.store = store;
        this.applier = applier;
        this.writer = writer;
        this.health = health;
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

    /** How the objects of a Release are now; looks once. */
    HealthReport look(ReleaseRecord release) {
        TreeMap<ObjectKey, ObjectHealth> objects = new TreeMap<>();
        release.objects()
                .forEach(manifest -> objects.put(manifest.key(), ObjectHealth.inProgress("not looked at yet")));
        return settled(new HealthReport(objects), () -> true);
    }

    /** Waits until what was written is healthy, one of it has failed, the patience ends, or a newer commit comes. */
    HealthReport settled(HealthReport applied, BooleanSupplier newer) {
        SortedMap<ObjectKey, ObjectHealth> unwell = new TreeMap<>(applied.unwell());
        unwell.keySet().removeIf(key -> !Applier.isWaitedFor(key));
        return unwell.isEmpty() || health.equals(Gate.OPEN)
                ? new HealthReport(new TreeMap<>())
                : health.settled(unwell, newer);
    }
}
