package dev.plumbline.controller.trigger;

/** Why a head is looked at. */
public enum Trigger {
    /** The poll saw a new commit. */
    POLL,
    /** The program started, and finishes what an earlier one began. */
    RESTART,
    /** A person asked. */
    MANUAL,
    /** A person rolled back. */
    ROLLBACK,
    /** An owned object was changed by somebody else. */
    DRIFT,
    /** What failed before is tried again. */
    RETRY,
    /** The sync is deleted together with its objects. */
    REMOVAL
}
