package dev.plumbline.registry.oci;

/**
 * Whether an image is still where a run had it from.
 *
 * @param state what is known
 * @param why in words, what its registry answered or why nothing is known; empty where it is there
 */
public record ImageAnswer(State state, String why) {

    /** What is known of an image. */
    public enum State {
        /** Its registry has a manifest of that digest. */
        THERE,
        /** Its registry answers, and has none. */
        GONE,
        /** Its registry was not asked, or did not say. */
        UNKNOWN
    }

    static ImageAnswer unknown(String why) {
        return new ImageAnswer(State.UNKNOWN, why);
    }
}
