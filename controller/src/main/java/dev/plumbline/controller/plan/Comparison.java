package dev.plumbline.controller.plan;

import dev.plumbline.controller.diff.Baseline;
import dev.plumbline.controller.diff.Diff;
import dev.plumbline.controller.diff.Drift;
import dev.plumbline.controller.diff.FieldChange;
import dev.plumbline.controller.diff.FieldDrift;
import dev.plumbline.controller.diff.Repair;
import dev.plumbline.controller.inventory.Inventory.Item;
import dev.plumbline.controller.plan.PlanRules.DriftPolicy;
import dev.plumbline.registry.argo.ArgoKinds;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.registry.release.Stamps;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is to be done to one object that a Release wants. */
final class Comparison {

    /** Argo looks a templateRef up again at each step (design section 6). */
    private static final String IN_PLACE =
            "changed in place: a run that is under way and calls it by templateRef may fail or hang";

    private final PlanInput input;
    private final Desired desired;
    private final ObjectKey key;
    private final @Nullable Item item;
    private final @Nullable Digest before;
    private final Digest after;
    private final boolean sideBySide;

    /**
     * Of one object.
     *
     * @param sideBySide whether templates have versions of their own, which runs call
     */
    Comparison(PlanInput input, Desired desired, boolean sideBySide) {
        this.sideBySide = sideBySide;
        this.input = input;
        this.desired = desired;
        this.key = desired.manifest().key();
        this.item = input.inventory().items().get(key);
        this.before = item == null ? null : item.applied();
        this.after = desired.manifest().digest();
    }

    Change change() {
        Map<String, @Nullable Object> live = input.live().get(key);
        if (live == null) {
            String note = before == null ? "" : "it was deleted by somebody else";
            return change(Action.CREATE, null, desired.stamped(), before != null, List.of(), note, null);
        }
        if (Tree.at(live, "metadata", "deletionTimestamp") != null) {
            return left(
                    live, "it is being deleted" + Pruning.finalizers(live) + "; it is created again when it is gone");
        }
        String label = OwnerLabel.of(live);
        boolean ours = label.equals(Stamps.label(input.sync()));
        if (!ours && !label.isEmpty()) {
            return labelled(live, label);
        }
        return ours || before != null ? compared(live) : firstContact(live);
    }

    /** Another sync's label is on it. */
    private Change labelled(Map<String, @Nullable Object> live, String label) {
        if (input.others().gaveUp(key, label)) {
            return update(live, true, "taken over from sync " + label);
        }
        return update(live, false, "")
                .refused(key + " is wanted by sync " + input.sync() + " and owned by sync "
                        + Optional.ofNullable(input.others().claims().get(key))
                                .map(Object::toString)
                                .orElse(label)
                        + "; remove it from one of the two, or its label " + Stamps.SYNC + " if that sync is gone");
    }

    private Change firstContact(Map<String, @Nullable Object> live) {
        FirstContact contact = FirstContact.of(desired.stamped(), live);
        PlanRules.Adoption adoption = input.rules().adoption();
        boolean forced = adoption == PlanRules.Adoption.ALWAYS;
        Change change = update(
                live,
                forced,
                "exists already" + contact.words() + (forced ? "; its fields are taken over" : "; not forced"));
        return contact.refusal(key, adoption).map(change::refused).orElse(change);
    }

    private Change compared(Map<String, @Nullable Object> live) {
        boolean touched =
                item == null || !Objects.equals(item.resourceVersion(), Tree.text(live, "metadata", "resourceVersion"));
        if (!after.equals(before)) {
            return update(live, true, inPlace() ? IN_PLACE : "");
        }
        if (!touched) {
            return unchanged(live);
        }
        Baseline baseline = item == null ? null : item.baseline();
        if (baseline != null) {
            return drifted(live, baseline);
        }
        // Stored before baselines were: only what the content says can be compared.
        return fields(live).isEmpty() ? unchanged(live) : update(live, true, "changed by somebody else");
    }

    private boolean inPlace() {
        return !sideBySide
                && key.group().equals(ArgoKinds.GROUP)
                && (key.kind().equals(ArgoKinds.WORKFLOW_TEMPLATE)
                        || key.kind().equals(ArgoKinds.CLUSTER_WORKFLOW_TEMPLATE));
    }

    private Change drifted(Map<String, @Nullable Object> live, Baseline baseline) {
        Map<String, @Nullable Object> content = content(live);
        List<FieldDrift> drift = Drift.of(content, baseline, live, input.rules().ignore());
        if (drift.isEmpty()) {
            return unchanged(live);
        }
        String words = "changed by somebody else: "
                + drift.stream().map(FieldDrift::words).collect(Collectors.joining(", "));
        List<FieldChange> fields = drift.stream().map(FieldDrift::change).toList();
        Repair repair = Repair.of(drift, live);
        if (input.rules().drift() == DriftPolicy.REPORT || repair.isEmpty()) {
            String why = repair.isEmpty() ? "; nobody knows the value that it had" : "; only reported";
            return change(Action.SKIP, live, null, true, fields, words + why, null);
        }
        return change(Action.UPDATE, live, content, true, fields, words, repair);
    }

    private Change update(Map<String, @Nullable Object> live, boolean owned, String note) {
        return change(Action.UPDATE, live, content(live), owned, fields(live), note, null);
    }

    private Change unchanged(Map<String, @Nullable Object> live) {
        return change(Action.UNCHANGED, live, null, true, List.of(), "", null);
    }

    private Change left(Map<String, @Nullable Object> live, String note) {
        return change(Action.SKIP, live, null, true, List.of(), note, null);
    }

    private Change change(
            Action action,
            @Nullable Map<String, @Nullable Object> live,
            @Nullable Map<String, @Nullable Object> content,
            boolean owned,
            List<FieldChange> fields,
            String note,
            @Nullable Repair repair) {
        return new Change(
                action,
                key,
                Waves.of(key, desired.version()),
                before,
                after,
                content,
                live == null ? null : Tree.text(live, "metadata", "uid"),
                live == null ? null : Tree.text(live, "metadata", "resourceVersion"),
                owned,
                fields,
                note,
                repair,
                false,
                "");
    }

    private Map<String, @Nullable Object> content(Map<String, @Nullable Object> live) {
        return input.rules().ignore().yielded(desired.stamped(), live);
    }

    private List<FieldChange> fields(Map<String, @Nullable Object> live) {
        Map<String, @Nullable Object> wanted = desired.manifest().content();
        return Diff.wanted(wanted, live).stream()
                .filter(field -> !field.path().startsWith("metadata.annotations.plumbline.dev/")
                        || Tree.map(wanted, "metadata", "annotations")
                                .containsKey(field.path().substring("metadata.annotations.".length())))
                .toList();
    }
}
