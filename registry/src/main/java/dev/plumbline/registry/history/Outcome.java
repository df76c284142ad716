package dev.plumbline.registry.history;

/** What became of a head. */
public enum Outcome {
    /** It was applied: a revision. */
    APPLIED,
    /** It means the same as what was applied. */
    UNCHANGED,
    /** It waits: quarantined content, or deletions that nobody confirmed. */
    HELD,
    /** It does not render or must not be applied; nothing was changed. */
    BROKEN,
    /** A newer head came before it was applied to the end. */
    SUPERSEDED,
    /** The cluster refused something; what was done is in the changes. */
    FAILED
}
