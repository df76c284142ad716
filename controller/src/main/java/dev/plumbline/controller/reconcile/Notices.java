package dev.plumbline.controller.reconcile;

import dev.plumbline.controller.plan.Plan;
import dev.plumbline.controller.status.Notice;
import dev.plumbline.controller.status.Notice.Kind;
import dev.plumbline.controller.trigger.Trigger;
import dev.plumbline.registry.finding.Finding;
import dev.plumbline.registry.history.HistoryEntry;
import dev.plumbline.registry.history.RecordedChange;
import dev.plumbline.registry.metrics.Metric;
import dev.plumbline.registry.metrics.Metrics;
import dev.plumbline.registry.model.Commit;
import dev.plumbline.registry.model.SyncId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;

/** Says and counts what the corridor does. */
final class Notices {

    private static final int FINDINGS_SAID = 10;

    private final SyncId sync;
    private final Consumer<Notice> listener;
    private final Metrics metrics;
    private final InstantSource clock;
    private final Runnable settled;
    private String drift = "";
    private volatile int owned;

    Notices(SyncId sync, Consumer<Notice> listener, Runnable settled, Metrics metrics, InstantSource clock) {
        this.sync = sync;
        this.listener = listener;
        this.settled = settled;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** The worker rests: where the sync stands may be read. */
    void settled() {
        settled.run();
    }

    /** How many objects are owned, as was said last. */
    int owned() {
        return owned;
    }

    /** How long it is until then; not negative. */
    Duration until(Instant then) {
        Duration left = Duration.between(clock.instant(), then);
        return left.isNegative() ? Duration.ZERO : left.plusMillis(1);
    }

    void say(Kind kind, String text) {
        listener.accept(new Notice(clock.instant(), kind, text));
    }

    void polled(boolean answered) {
        metrics.count(Metric.POLLS, "outcome", answered ? "ok" : "failed");
    }

    void commit(Commit commit, HistoryEntry draft) {
        if (commit.id().equals(draft.previous())) {
            return; // The same head again: nothing new to say of it.
        }
        String forced = draft.forced() && draft.previous() != null
                ? " (the branch was forced away from " + draft.previous().abbreviated() + ")"
                : "";
        String passed = draft.passedOver().isEmpty()
                ? ""
                : " (passes over " + draft.passedOver().size() + " older)";
        say(
                forced.isEmpty() ? Kind.COMMIT : Kind.FORCED,
                commit.id().abbreviated() + " " + commit.subject() + forced + passed);
    }

    void plan(Plan plan, HistoryEntry draft) {
        String why = switch (Trigger.valueOf(draft.trigger())) {
            case DRIFT -> "changed by somebody else: ";
            case ROLLBACK -> "rollback: ";
            default -> "";
        };
        say(Kind.PLAN, draft.commit().abbreviated() + " " + why + plan.summary());
    }

    /** Drift that stays; the same is said once. */
    void drift(Plan plan) {
        String summary = plan.isEmpty() ? "" : plan.text();
        if (!summary.equals(drift)) {
            drift = summary;
            say(
                    Kind.INFO,
                    summary.isEmpty()
                            ? "no drift any more"
                            : "changed by somebody else, and left so: " + plan.summary());
        }
    }

    void ended(HistoryEntry entry) {
        metrics.count(Metric.RECONCILES, "outcome", entry.outcome().name());
        String commit = entry.commit().abbreviated();
        switch (entry.outcome()) {
            case APPLIED -> applied(entry);
            case UNCHANGED -> say(Kind.UNCHANGED, commit + " means the same as what is applied");
            case HELD -> say(Kind.HELD, commit + " is held: " + entry.reason());
            case BROKEN -> broken(entry);
            case SUPERSEDED -> say(Kind.FAILED, commit + " was not applied to the end: " + entry.reason());
            case FAILED -> say(Kind.FAILED, commit + " could not be applied: " + entry.reason());
        }
    }

    private void applied(HistoryEntry entry) {
        Duration took = Duration.between(entry.seen(), entry.finished());
        metrics.time(Metric.APPLY_SECONDS, took);
        for (RecordedChange change : entry.changes()) {
            metrics.count(Metric.WRITES, "action", change.action());
        }
        say(
                Kind.APPLIED,
                entry.commit().abbreviated() + " revision " + entry.revision() + ": "
                        + entry.changes().size()
                        + " changed in " + took.toMillis() + " ms"
                        + (entry.reason().isEmpty() ? "" : " (" + entry.reason() + ")"));
    }

    private void broken(HistoryEntry entry) {
        StringBuilder text = new StringBuilder(entry.commit().abbreviated() + " is broken and changes nothing:");
        entry.findings().stream()
                .filter(Finding::isError)
                .limit(FINDINGS_SAID)
                .forEach(finding -> text.append("\n  ").append(finding));
        say(Kind.BROKEN, text.toString());
    }

    /** How many objects are owned now. */
    void owned(int objects) {
        owned = objects;
        metrics.set(Metric.OWNED, sync, objects);
    }
}
