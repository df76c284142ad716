package dev.plumbline.registry.validate;

/** Who would stop what a rule finds. */
public enum Group {
    /** Argo's own validation refuses it. */
    ARGO(1, true),
    /** A v4 cluster's API server refuses it. */
    SERVER(2, true),
    /** Nobody checks it before it runs. */
    UNCHECKED(3, false),
    /** Plumbline itself cannot work with it, or does not want it. */
    PLUMBLINE(4, true);

    private final int number;
    private final boolean blocks;

    Group(int number, boolean blocks) {
        this.number = number;
        this.blocks = blocks;
    }

    /** Its number in the documentation. */
    public int number() {
        return number;
    }

    /** Whether an error of this group keeps a commit from becoming a Release; those of the others are warnings there. */
    public boolean blocks() {
        return blocks;
    }
}
