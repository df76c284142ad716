package dev.plumbline.registry.finding;

/** How bad a Finding is; the later the constant, the worse. */
public enum Severity {
    /** Could be better. */
    ADVICE,
    /** Probably wrong; does not block a Release. */
    WARNING,
    /** Sure to be refused or to fail; blocks the Release. */
    ERROR
}
