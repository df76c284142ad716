package dev.plumbline.controller.plan;

import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.model.ObjectKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Makes a Plan: Release + live objects + Inventory, and nothing else. */
public final class Planner {

    private Planner() {}

    /** The plan that makes the cluster what the Release wants. */
    public static Plan plan(PlanInput input) {
        List<Change> changes = new ArrayList<>();
        Set<ObjectKey> wanted = new HashSet<>();
        boolean sideBySide = input.desired().stream().anyMatch(Desired::version);
        for (Desired desired : input.desired()) {
            wanted.add(desired.manifest().key());
            changes.add(new Comparison(input, desired, sideBySide).change());
        }
        changes.sort(Comparator.comparingInt(Change::wave));
        List<Change> deletions = new ArrayList<>();
        int counted = 0;
        for (ObjectKey key : input.inventory().items().keySet()) {
            if (!wanted.contains(key)) {
                Change change = Pruning.change(key, input);
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
}
