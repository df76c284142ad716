package dev.plumbline.controller.apply;

import dev.plumbline.controller.apply.Applier.Setup;
import dev.plumbline.controller.apply.ApplyResult.Cause;
import dev.plumbline.controller.apply.ApplyResult.Result;
import dev.plumbline.controller.diff.Baseline;
import dev.plumbline.controller.diff.Repair;
import dev.plumbline.controller.health.ObjectHealth;
import dev.plumbline.controller.inventory.Inventory.Item;
import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.live.ClusterException.Reason;
import dev.plumbline.controller.plan.Action;
import dev.plumbline.controller.plan.Change;
import dev.plumbline.controller.plan.Plan;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.ObjectKey;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Does the changes of one plan, each by itself. Many threads may call it. */
final class ChangeWriter {

    private final Setup setup;
    private final ClusterWriter writer;
    private final Plan plan;
    private final BooleanSupplier cancelled;
    private final Retry retry;
    private final Deletion deletion;
    private final Set<String> defined = new HashSet<>();

    ChangeWriter(Setup setup, Plan plan, BooleanSupplier cancelled) {
        this.setup = setup;
        this.writer = new BoundedWriter(setup.writer(), setup.inFlight());
        this.plan = plan;
        this.cancelled = cancelled;
        this.retry = new Retry(setup.pause(), cancelled);
        this.deletion = new Deletion(setup.reader(), writer, setup.elsewhere());
        for (Change change : plan.changes()) {
            if (change.key().kind().equals("CustomResourceDefinition") && change.writes()) {
                defined.add(Tree.text(change.content(), "spec", "group") + "/"
                        + Tree.text(change.content(), "spec", "names", "kind"));
            }
        }
    }

    /**
     * One change that was tried.
     *
     * @param result what became of it
     * @param item what is known of the object now; null when it is not owned any more
     * @param health how it is as far as the answer tells; null when nothing was applied
     */
    record Done(
            Result result, @Nullable Item item, @Nullable ObjectHealth health) {}

    /** Does one. */
    Done write(Change change, Item known) {
        try {
            return switch (change.action()) {
                case CREATE, UPDATE -> applied(change, known);
                case DELETE -> {
                    Deletion.Outcome outcome =
                            retry.call(() -> deletion.delete(change, plan.sync(), known.applied() != null), false);
                    yield done(change, outcome.note(), outcome.owned() ? known : null);
                }
                case UNCHANGED, SKIP -> done(change, "", change.released() ? null : known);
            };
        } catch (ClusterException e) {
            return new Done(new Result(change, message(change, e), cause(change, e), ""), known, null);
        }
    }

    private static Cause cause(Change change, ClusterException e) {
        // What was changed by somebody else between the look and the patch is planned anew.
        boolean crossed = change.repair() != null && e.reason() == Reason.CONFLICT;
        if (crossed) {
            return Cause.TIME;
        }
        return switch (e.reason()) {
            case UNAVAILABLE -> Cause.SERVER;
            case INVALID -> Cause.CONTENT;
            default -> Cause.OPERATOR;
        };
    }

    private static Done done(Change change, String note, @Nullable Item item) {
        return new Done(new Result(change, null, Cause.NONE, note), item, null);
    }

    private Done applied(Change change, Item known) throws ClusterException {
        Map<String, @Nullable Object> content = Objects.requireNonNull(change.content());
        Repair repair = change.repair();
        Map<String, @Nullable Object> live = null;
        String note = "";
        if (repair == null || repair.apply()) {
            try {
                live = apply(change, content);
            } catch (ClusterException e) {
                live = replace(change, content, e);
                note = "made anew";
            }
        }
        if (repair != null && !repair.patch().isEmpty()) {
            live = patch(change, repair, live);
        }
        boolean anew = change.action() == Action.CREATE || !note.isEmpty();
        Map<String, @Nullable Object> answer = Objects.requireNonNull(live);
        Baseline baseline = Baseline.of(content, answer, anew ? null : known.baseline(), setup.ignore());
        Item item = new Item(
                Tree.text(answer, "metadata", "uid"),
                change.after(),
                baseline.complete() ? Tree.text(answer, "metadata", "resourceVersion") : null,
                baseline);
        return new Done(
                new Result(change, null, Cause.NONE, note), item, setup.gate().first(answer));
    }

    private Map<String, @Nullable Object> apply(Change change, Map<String, @Nullable Object> content)
            throws ClusterException {
        ObjectKey key = change.key();
        return retry.call(
                () -> writer.apply(content, Applier.MANAGER, change.owned(), false),
                defined.contains(key.group() + "/" + key.kind()));
    }

    private Map<String, @Nullable Object> patch(
            Change change, Repair repair, @Nullable Map<String, @Nullable Object> applied) throws ClusterException {
        Map<String, @Nullable Object> patch = Tree.copy(repair.patch());
        String seen = applied == null ? change.resourceVersion() : Tree.text(applied, "metadata", "resourceVersion");
        Tree.set(patch, seen, "metadata", "resourceVersion");
        return writer.mergePatch(change.key(), patch, Applier.MANAGER);
    }

    /** Makes an object anew whose fields cannot be changed, where that is allowed. */
    private Map<String, @Nullable Object> replace(
            Change change, Map<String, @Nullable Object> content, ClusterException why) throws ClusterException {
        Optional<String> field = ImmutableField.in(why);
        if (field.isEmpty() || change.uid() == null) {
            throw why;
        }
        String allowed = Tree.text(content, "metadata", "annotations", ImmutableField.ANNOTATION);
        if (!allowed.equals(ImmutableField.ALLOWED)) {
            throw new ClusterException(
                    Reason.INVALID,
                    change.key(),
                    field.get() + " cannot be changed (" + why.getMessage()
                            + "); give the object another name, or let it be"
                            + " deleted and made anew with the annotation " + ImmutableField.ANNOTATION + ": "
                            + ImmutableField.ALLOWED);
        }
        deletion.replaced(change, setup.pause(), cancelled);
        return apply(change, content);
    }

    private static String message(Change change, ClusterException e) {
        String verb = change.action() == Action.DELETE ? "delete" : "apply";
        return "could not " + verb + " " + change.key().display() + ": " + e.getMessage();
    }
}
