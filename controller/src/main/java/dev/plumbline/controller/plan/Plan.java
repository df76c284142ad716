package dev.plumbline.controller.plan;

import dev.plumbline.controller.diff.FieldChange;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.registry.model.SyncId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is to be done to a cluster for one Release, in order. Printing it is the dry run.
 *
 * @param sync for which sync
 * @param commit the commit that the Release was rendered from
 * @param release the Release's digest
 * @param changes in the order in which they are done
 * @param confirmation null when the plan may go ahead; else the digest that a confirmation of its deletions must name
 */
public record Plan(
        SyncId sync,
        CommitId commit,
        Digest release,
        List<Change> changes,
        @Nullable Digest confirmation) {

    private static final int SHOWN_VALUE_LENGTH = 100;

    /** Keeps its own copy. */
    public Plan {
        changes = List.copyOf(changes);
    }

    /** Whether there is nothing to do, to give up or to refuse. */
    public boolean isEmpty() {
        return changes.stream()
                .noneMatch(change -> change.writes()
                        || change.released()
                        || !change.refusal().isEmpty());
    }

    /** What it may not do; with one of these, nothing of it is done. */
    public List<Change> refusals() {
        return changes.stream().filter(change -> !change.refusal().isEmpty()).toList();
    }

    /** The same plan with other changes. */
    public Plan with(List<Change> others) {
        return new Plan(sync, commit, release, others, confirmation);
    }

    /** How many changes have this action. */
    public long count(Action action) {
        return changes.stream().filter(change -> change.action() == action).count();
    }

    /** {@code 2 to create, 1 to update, 0 to delete, 9 unchanged}. */
    public String summary() {
        String skipped = count(Action.SKIP) == 0 ? "" : ", " + count(Action.SKIP) + " kept";
        return count(Action.CREATE) + " to create, " + count(Action.UPDATE) + " to update, " + count(Action.DELETE)
                + " to delete, " + count(Action.UNCHANGED) + " unchanged" + skipped;
    }

    /** The plan as text for people: one line per object that is written or kept, with its fields below it. */
    public String text() {
        StringBuilder out = new StringBuilder();
        for (Change change : changes) {
            String sign = switch (change.action()) {
                case CREATE -> "+";
                case UPDATE -> "~";
                case DELETE -> "-";
                case SKIP -> "=";
                case UNCHANGED -> "";
            };
            if (sign.isEmpty()) {
                continue;
            }
            if (!change.refusal().isEmpty()) {
                out.append("! ").append(change.refusal()).append('\n');
                continue;
            }
            out.append(sign).append(' ').append(change.key());
            out.append(change.note().isEmpty() ? "" : "  (" + change.note() + ")")
                    .append('\n');
            for (FieldChange field : change.fields()) {
                out.append("    ").append(field.path()).append(": ").append(shown(change.key(), field.before()));
                out.append(" -> ").append(shown(change.key(), field.after())).append('\n');
            }
        }
        out.append("Plan: ").append(summary()).append('.');
        if (!refusals().isEmpty()) {
            out.append("\nRefused: nothing is applied while ")
                    .append(refusals().size())
                    .append(" of these may not be done.");
        }
        if (confirmation != null) {
            out.append("\nHeld: it deletes more than the budget. To allow exactly these deletions: ")
                    .append("plumbline sync reconcile --confirm ")
                    .append(confirmation);
        }
        return out.toString();
    }

    /** The plan as a plain tree. Secret values are left out. */
    public Map<String, @Nullable Object> tree() {
        Map<String, @Nullable Object> root = new LinkedHashMap<>();
        root.put("sync", sync.toString());
        root.put("commit", commit.hex());
        root.put("release", release.value());
        root.put("summary", summary());
        root.put("confirmation", confirmation == null ? null : confirmation.value());
        List<Object> list = new ArrayList<>();
        for (Change change : changes) {
            Map<String, @Nullable Object> map = new LinkedHashMap<>();
            map.put("action", change.action().name());
            map.put("object", change.key().toString());
            map.put("wave", (long) change.wave());
            map.put("note", change.note());
            map.put("refusal", change.refusal());
            List<Object> fields = new ArrayList<>();
            for (FieldChange field : change.fields()) {
                Map<String, @Nullable Object> one = new LinkedHashMap<>();
                one.put("path", field.path());
                one.put("before", secret(change.key()) ? "(secret)" : Tree.copy(field.before()));
                one.put("after", secret(change.key()) ? "(secret)" : Tree.copy(field.after()));
                fields.add(one);
            }
            map.put("fields", fields);
            list.add(map);
        }
        root.put("changes", list);
        return root;
    }

    private static boolean secret(ObjectKey key) {
        return key.group().isEmpty() && key.kind().equals("Secret");
    }

    private static String shown(ObjectKey key, @Nullable Object value) {
        if (value == null) {
            return "(none)";
        }
        if (secret(key)) {
            return "(secret)";
        }
        String json = Json.write(value);
        return json.length() <= SHOWN_VALUE_LENGTH ? json : json.substring(0, SHOWN_VALUE_LENGTH) + "…";
    }
}
