package dev.plumbline.controller.plan;

import dev.plumbline.controller.diff.Diff;
import dev.plumbline.controller.diff.FieldChange;
import dev.plumbline.controller.inventory.Inventory.Item;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.model.ObjectKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes a Plan: Release + live objects + Inventory, and nothing else. */
public final class Planner {

    private static final int DELETE_WAVE = 100;

    private Planner() {}

    /** The plan that makes the cluster what the Release wants. */
    public static Plan plan(PlanInput input) {
        List<Change> changes = new ArrayList<>();
        Set<ObjectKey> wanted = new HashSet<>();
        for (Desired desired : input.desired()) {
            wanted.add(desired.manifest().key());
            changes.add(wantedChange(desired, input));
        }
        changes.sort(Comparator.comparingInt(Change::wave));
        List<Change> deletions = new ArrayList<>();
        int counted = 0;
        for (ObjectKey key : input.inventory().items().keySet()) {
            if (!wanted.contains(key)) {
                Change change = unwantedChange(key, input);
                deletions.add(change);
                counted +=
                        change.action() == Action.DELETE && !input.collectable().contains(key) ? 1 : 0;
            }
        }
        deletions.sort(Comparator.comparingInt(Change::wave).thenComparing(Change::key));
        changes.addAll(deletions);
        Digest confirmation = null;
        if (!input.budget().admits(counted, input.inventory().items().size())) {
            Digest digest = deletionDigest(deletions, input.collectable());
            confirmation = digest.equals(input.confirmed()) ? null : digest;
        }
        return new Plan(input.sync(), input.commit(), input.release(), changes, confirmation);
    }

    private static Change wantedChange(Desired desired, PlanInput input) {
        ObjectKey key = desired.manifest().key();
        Digest after = desired.manifest().digest();
        int wave = Waves.of(key, desired.version());
        Item item = input.inventory().items().get(key);
        Map<String, @Nullable Object> live = input.live().get(key);
        Digest before = item == null ? null : item.applied();
        boolean owned = item != null;
        if (live == null) {
            String note = before == null ? "" : "it was deleted by somebody else";
            return new Change(Action.CREATE, key, wave, before, after, desired.stamped(), null, owned, List.of(), note);
        }
        String uid = Tree.text(live, "metadata", "uid");
        boolean touched = item == null || !Objects.equals(item.resourceVersion(), version(live));
        if (after.equals(before) && !touched) {
            return new Change(Action.UNCHANGED, key, wave, before, after, null, uid, owned, List.of(), "");
        }
        List<FieldChange> fields = withoutStamps(
                Diff.wanted(desired.manifest().content(), live),
                desired.manifest().content());
        if (fields.isEmpty() && after.equals(before)) {
            return new Change(Action.UNCHANGED, key, wave, before, after, null, uid, owned, List.of(), "");
        }
        String note = after.equals(before) ? "changed by somebody else" : owned ? "" : "exists already; not forced";
        return new Change(Action.UPDATE, key, wave, before, after, desired.stamped(), uid, owned, fields, note);
    }

    private static Change unwantedChange(ObjectKey key, PlanInput input) {
        Map<String, @Nullable Object> live = input.live().get(key);
        Item item = Objects.requireNonNull(input.inventory().items().get(key));
        String uid = live == null ? item.uid() : Tree.text(live, "metadata", "uid");
        String kept = input.kept().get(key);
        if (kept != null) {
            return new Change(
                    Action.SKIP, key, DELETE_WAVE, item.applied(), item.applied(), null, uid, true, List.of(), kept);
        }
        String note = live == null ? "already gone" : input.collectable().contains(key) ? "nothing refers to it" : "";
        // Users of a thing go before the thing: the reverse of the order in which they were applied.
        int wave = DELETE_WAVE - Waves.of(key, input.collectable().contains(key));
        return new Change(
                Action.DELETE, key, DELETE_WAVE + wave, item.applied(), null, null, uid, true, List.of(), note);
    }

    private static List<FieldChange> withoutStamps(List<FieldChange> fields, Map<String, @Nullable Object> wanted) {
        return fields.stream()
                .filter(field -> !field.path().startsWith("metadata.annotations.plumbline.dev/")
                        || Tree.map(wanted, "metadata", "annotations")
                                .containsKey(field.path().substring("metadata.annotations.".length())))
                .toList();
    }

    /** The digest of the sorted (key, uid) list of counted deletions: it survives new commits that delete the same. */
    private static Digest deletionDigest(List<Change> deletions, Set<ObjectKey> collectable) {
        StringBuilder text = new StringBuilder();
        deletions.stream()
                .filter(change -> change.action() == Action.DELETE && !collectable.contains(change.key()))
                .sorted(Comparator.comparing(Change::key))
                .forEach(change -> text.append(change.key())
                        .append(' ')
                        .append(change.uid())
                        .append('\n'));
        return Digest.of(text.toString());
    }

    private static String version(Map<String, @Nullable Object> live) {
        return Tree.text(live, "metadata", "resourceVersion");
    }
}
