package dev.plumbline.registry.release;

/**
 * What a Release is made by, besides the rendering.
 *
 * @param sideBySide whether each template version is an object of its own (design section 6), or one object is changed in place
 * @param policiesEnforced whether what policies deny makes a commit broken; otherwise it is a warning
 */
public record ReleaseRules(boolean sideBySide, boolean policiesEnforced) {

    /** Versions side by side, policies enforced. */
    public static final ReleaseRules STANDARD = new ReleaseRules(true, true);
}
