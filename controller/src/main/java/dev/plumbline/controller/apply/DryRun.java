package dev.plumbline.controller.apply;

import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.plan.Action;
import dev.plumbline.controller.plan.Change;
import dev.plumbline.controller.plan.Plan;
import java.util.ArrayList;
import java.util.List;

/** Asks a cluster, without leaving a trace, whether it would let the objects be adopted that a plan means to adopt. */
public final class DryRun {

    private DryRun() {}

    /**
     * The plan with a refusal for each adoption that the cluster refuses.
     *
     * @throws ClusterException when it does not answer
     */
    public static Plan of(Plan plan, ClusterWriter writer) throws ClusterException {
        List<Change> changes = new ArrayList<>();
        for (Change change : plan.changes()) {
            boolean adopts = change.action() == Action.UPDATE && change.before() == null && change.writes();
            changes.add(adopts ? tried(change, writer) : change);
        }
        return plan.with(changes);
    }

    private static Change tried(Change change, ClusterWriter writer) throws ClusterException {
        if (change.content() == null) {
            return change;
        }
        try {
            writer.apply(change.content(), Applier.MANAGER, change.owned(), true);
            return change;
        } catch (ClusterException e) {
            if (e.retryable()) {
                throw e;
            }
            return change.refused(
                    "adopting " + change.key() + " was tried without effect and refused: " + e.getMessage());
        }
    }
}
