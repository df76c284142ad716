package dev.plumbline.controller.plan;

import dev.plumbline.controller.inventory.Inventory;
import dev.plumbline.controller.spec.DeletionBudget;
import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.registry.model.SyncId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a plan is made from.
 *
 * @param sync for which sync
 * @param commit the commit of the Release
 * @param release the Release's digest
 * @param desired what the Release wants, in rendered order
 * @param inventory what the sync owns now
 * @param live the live objects among the desired and the owned ones
 * @param kept owned objects that must stay although they are not wanted any more, with the reason in words
 * @param collectable owned objects whose deletion is collection of old versions, outside the budget
 * @param budget how much may be deleted without a confirmation
 * @param confirmed the digest that a person confirmed; null when none did
 * @param rules what a sync allows
 * @param others what other syncs own or want
 */
public record PlanInput(
        SyncId sync,
        CommitId commit,
        Digest release,
        List<Desired> desired,
        Inventory inventory,
        Map<ObjectKey, Map<String, @Nullable Object>> live,
        Map<ObjectKey, String> kept,
        Set<ObjectKey> collectable,
        DeletionBudget budget,
        @Nullable Digest confirmed,
        PlanRules rules,
        OtherSyncs others) {

    /** Keeps its own copies. */
    public PlanInput {
        desired = List.copyOf(desired);
        live = Map.copyOf(live);
        kept = Map.copyOf(kept);
        collectable = Set.copyOf(collectable);
    }
}
