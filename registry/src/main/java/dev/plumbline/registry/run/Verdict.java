package dev.plumbline.registry.run;

/** What a run's executed content is, compared with Git. In the order in which the first that holds is given. */
public enum Verdict {
    /** Something ran whose content is in no commit. */
    DRIFT,
    /** What ran differs from its template by a patch or override of the run's own. */
    OVERRIDDEN,
    /** What ran cannot be known; the reasons say why. */
    UNVERIFIABLE,
    /** Each part is in Git, but no commit holds them all. */
    MIXED,
    /** It ran content that was in Git, but not what the Release in force asked for. */
    STALE,
    /** Every part is what the Release in force asked for. */
    MATCH
}
