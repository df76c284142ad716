package dev.plumbline.registry.validate;

/** Who would stop what a rule finds. */
public enum Group {
    /** Argo's own validation refuses it. */
    ARGO(1, true, "Argo's own validation refuses what breaks it."),
    /** A v4 cluster's API server refuses it. */
    SERVER(2, true, "The API server of a cluster with Argo Workflows v4 refuses what breaks it."),
    /** Nobody checks it before it runs. */
    UNCHECKED(3, false, "Nobody else checks it before a run fails."),
    /** Plumbline itself cannot work with it, or does not want it. */
    PLUMBLINE(4, true, "Plumbline itself needs it.");

    private final int number;
    private final boolean blocks;
    private final String description;

    Group(int number, boolean blocks, String description) {
        this.number = number;
        this.blocks = blocks;
        this.description = description;
    }

    /** Its number in the documentation. */
    public int number() {
        return number;
    }

    /** Who would stop what breaks its rules, in one sentence. */
    public String description() {
        return description;
    }

    /** Whether an error of this group keeps a commit from becoming a Release; those of the others are warnings there. */
    public boolean blocks() {
        return blocks;
    }
}
