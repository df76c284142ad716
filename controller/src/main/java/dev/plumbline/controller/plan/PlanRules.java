package dev.plumbline.controller.plan;

import dev.plumbline.controller.diff.IgnoreRules;

/**
 * What a sync allows.
 *
 * @param adoption of objects that it did not make
 * @param drift what becomes of drift
 * @param ignore which fields others may change
 */
public record PlanRules(Adoption adoption, DriftPolicy drift, IgnoreRules ignore) {

    /** Adopts what nobody manages, repairs drift, ignores what Plumbline's own rules name. */
    public static final PlanRules STANDARD =
            new PlanRules(Adoption.IF_UNMANAGED, DriftPolicy.REPAIR, IgnoreRules.STANDARD);

    /** What becomes of objects that exist and that the sync did not make. */
    public enum Adoption {
        /** Taken over where no other tool manages them and no field that is wanted otherwise belongs to somebody else. */
        IF_UNMANAGED,
        /** Taken over, with their fields. */
        ALWAYS,
        /** Refused. */
        NEVER
    }

    /** What becomes of drift. */
    public enum DriftPolicy {
        /** It is undone. */
        REPAIR,
        /** It is named. */
        REPORT
    }
}
