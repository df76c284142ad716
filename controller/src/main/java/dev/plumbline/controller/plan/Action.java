package dev.plumbline.controller.plan;

/** What is to be done to one object. */
public enum Action {
    /** It does not exist. */
    CREATE,
    /** It differs. */
    UPDATE,
    /** It is no longer wanted. */
    DELETE,
    /** It is as wanted. */
    UNCHANGED,
    /** It is left alone for a stated reason. */
    SKIP
}
