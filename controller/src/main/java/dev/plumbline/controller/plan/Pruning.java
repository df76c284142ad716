package dev.plumbline.controller.plan;

import dev.plumbline.controller.inventory.Inventory.Item;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.registry.model.SyncId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What is to be done to one object of the inventory that the Release does not want any more. */
final class Pruning {

    private static final int DELETE_WAVE = 100;

    private Pruning() {}

    static Change change(ObjectKey key, PlanInput input) {
        Map<String, @Nullable Object> live = input.live().get(key);
        Item item = Objects.requireNonNull(input.inventory().items().get(key));
        String kept = input.kept().get(key);
        if (kept != null) {
            return change(Action.SKIP, key, DELETE_WAVE, item, live, kept, false);
        }
        SyncId other = input.others().claims().get(key);
        if (other != null) {
            return change(Action.SKIP, key, DELETE_WAVE, item, live, "it moves to sync " + other, true);
        }
        boolean collected = input.collectable().contains(key);
        // Users of a thing go before the thing: the reverse of the order in which they were applied.
        int wave = DELETE_WAVE + DELETE_WAVE - Waves.of(key, collected);
        if (live == null) {
            return change(Action.DELETE, key, wave, item, null, "already gone", false);
        }
        if (!OwnerLabel.mayDelete(live, input.sync(), item.applied() != null)) {
            String owner = OwnerLabel.of(live);
            String why = owner.isEmpty() ? "it was there before this sync" : "it belongs to sync " + owner;
            return change(Action.SKIP, key, DELETE_WAVE, item, live, why, true);
        }
        if (Tree.at(live, "metadata", "deletionTimestamp") != null) {
            return change(Action.SKIP, key, DELETE_WAVE, item, live, "it is being deleted" + finalizers(live), false);
        }
        return change(Action.DELETE, key, wave, item, live, collected ? "nothing refers to it" : "", false);
    }

    /** What a deletion waits for, for people. */
    static String finalizers(Map<String, @Nullable Object> live) {
        List<@Nullable Object> finalizers = Tree.list(live, "metadata", "finalizers");
        return finalizers.isEmpty() ? "" : " and waits for " + finalizers;
    }

    private static Change change(
            Action action,
            ObjectKey key,
            int wave,
            Item item,
            @Nullable Map<String, @Nullable Object> live,
            String note,
            boolean released) {
        return new Change(
                action,
                key,
                wave,
                item.applied(),
                action == Action.DELETE || released ? null : item.applied(),
                null,
                live == null ? item.uid() : Tree.text(live, "metadata", "uid"),
                live == null ? null : Tree.text(live, "metadata", "resourceVersion"),
                true,
                List.of(),
                note,
                null,
                released,
                "");
    }
}
