package dev.plumbline.controller.reconcile;

import dev.plumbline.controller.plan.PlanRules;
import dev.plumbline.controller.spec.PipelineSyncSpec.Mode;
import dev.plumbline.controller.spec.PipelineSyncSpec.OnFailure;

/**
 * How a sync acts.
 *
 * @param mode whether it writes
 * @param prune whether what Git no longer holds is deleted
 * @param plan what plans allow: adoption, drift, fields that others may change
 * @param onFailure what happens after an apply that failed for a reason in its content
 */
public record SyncRules(Mode mode, boolean prune, PlanRules plan, OnFailure onFailure) {

    /** What {@code up} does. */
    public static final SyncRules STANDARD = new SyncRules(Mode.APPLY, true, PlanRules.STANDARD, OnFailure.HOLD);
}
