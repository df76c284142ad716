package dev.plumbline.controller.status;

import java.time.Instant;

/**
 * One thing that happened and that a person should know.
 *
 * @param at when
 * @param kind what sort of thing
 * @param text in one line
 */
public record Notice(Instant at, Kind kind, String text) {

    /** Sorts of notices. */
    public enum Kind {
        /** A new head. */
        COMMIT,
        /** A new head to which the branch was forced. */
        FORCED,
        /** What is to be done. */
        PLAN,
        /** What was done. */
        APPLIED,
        /** A head that changes nothing. */
        UNCHANGED,
        /** A head that waits. */
        HELD,
        /** A head that is wrong. */
        BROKEN,
        /** An apply that failed, or a poll. */
        FAILED,
        /** The repository is away. */
        SOURCE,
        /** The repository answers again. */
        RETURNED,
        /** A run began or ended. */
        RUN,
        /** A model was recorded. */
        MODEL,
        /** Anything else. */
        INFO
    }
}
