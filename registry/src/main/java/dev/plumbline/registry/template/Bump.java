package dev.plumbline.registry.template;

/** Which part of a semantic version a change needs; the largest of several counts. */
public enum Bump {
    /** Nothing changed. */
    NONE,
    /** What it does changed, not how it is called. */
    PATCH,
    /** Callers may give or get more. */
    MINOR,
    /** Callers that were right may be wrong now. */
    MAJOR;

    /** The larger one. */
    public Bump or(Bump other) {
        return compareTo(other) < 0 ? other : this;
    }
}
